using System.Globalization;
using System.Reflection;
using System.Text;
using Deploy.Core;

namespace Deploy.Cli.Documents;

/// <summary>The page <c>docs/errors.md</c>, made of the definitions that the code raises, so that the two cannot differ.</summary>
internal static class ErrorReference
{
    private static readonly (int From, string Title)[] Areas =
    [
        (1000, "Settings, lifecycle and preflight (1xxx)"),
        (2000, "Azure access and sign-in (2xxx)"),
        (3000, "Engine, state and programs (3xxx)"),
        (4000, "Verification (4xxx)"),
        (5000, "Quota (5xxx)"),
        (6000, "Local Azure (6xxx)"),
        (7000, "Command line (7xxx)"),
        (9000, "Internal (9xxx)"),
    ];

    /// <summary>Every definition of every class <c>…Errors</c> in this program and the assemblies of this repository it is made of, by code.</summary>
    public static IReadOnlyList<ErrorDefinition> Definitions() =>
    [
        .. Assemblies(Assembly.GetExecutingAssembly(), []).SelectMany(assembly => assembly.GetTypes())
            .Where(type => type.Name.EndsWith("Errors", StringComparison.Ordinal))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field.FieldType == typeof(ErrorDefinition))
            .Select(field => (ErrorDefinition)field.GetValue(null)!)
            .OrderBy(definition => definition.Code, StringComparer.Ordinal),
    ];

    public static string Render(IReadOnlyList<ErrorDefinition> definitions)
    {
        var text = new StringBuilder(
            """
            # Errors

            <!-- Made by `./deploy docs errors > docs/errors.md` from the definitions in the code; a test compares. Not edited by hand. -->

            Every error has a code that stays. With `-o json` it is `error.code`; the help line of an error leads here. The exit code is that of a command that
            ends with this error; a code with exit code 0 is a remark and fails nothing. Several errors at once: the first one decides.
            """.ReplaceLineEndings("\n"));
        text.Append('\n');
        foreach (var (index, area) in Areas.Index())
        {
            var end = index + 1 < Areas.Length ? Areas[index + 1].From : int.MaxValue;
            var members = definitions.Where(definition => Number(definition) >= area.From && Number(definition) < end).ToArray();
            text.Append(CultureInfo.InvariantCulture, $"\n# {area.Title}\n");
            Array.ForEach(members, definition => Append(text, definition));
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, ErrorDefinition definition)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n## {definition.Code}\n\n**{definition.Title}.**");
        text.Append(definition.Suggestion is { } suggestion ? $" {suggestion}\n" : " The message says what exactly.\n");
        text.Append(CultureInfo.InvariantCulture, $"\nExit code {(int)definition.ExitCode} ({Words(definition.ExitCode)}). ");
        text.Append(definition.Retryable ? "The same command can succeed later without a change.\n" : "The same command will not succeed without a change.\n");
    }

    private static int Number(ErrorDefinition definition) => int.Parse(definition.Code.AsSpan("DEP".Length), CultureInfo.InvariantCulture);

    private static string Words(ExitCode exitCode) => exitCode switch
    {
        ExitCode.Ok => "a remark",
        ExitCode.Generic => "general failure",
        ExitCode.Configuration => "configuration or validation",
        ExitCode.Authentication => "authentication or permission",
        ExitCode.ResourceOperation => "resource operation",
        ExitCode.Policy => "policy",
        ExitCode.StackNotFound => "stack not found",
        ExitCode.UnexpectedChanges => "changes where none were expected",
        ExitCode.Cancelled => "cancelled",
        ExitCode.Timeout => "timeout",
        ExitCode.VerificationFailed => "an endpoint failed verification",
        ExitCode.VerificationInconclusive => "verification inconclusive",
        _ => "internal",
    };

    private static IEnumerable<Assembly> Assemblies(Assembly root, HashSet<string> seen)
    {
        if (!seen.Add(root.GetName().Name!))
        {
            return [];
        }

        var referenced = root.GetReferencedAssemblies().Where(name => name.Name!.StartsWith("Deploy.", StringComparison.Ordinal));
        return [root, .. referenced.SelectMany(name => Assemblies(Assembly.Load(name), seen))];
    }
}
