using System.CommandLine;
using Deploy.Cli.Composition;

namespace Deploy.Cli.Options;

/// <summary>The options that limit what a run of the engine touches.</summary>
internal sealed class ScopeOptions
{
    private readonly Option<string[]> _target = NewTarget();

    private readonly Option<string[]>? _replace;

    private readonly Option<bool> _refresh = new("--refresh") { Description = "Read every resource from the cloud first, so that drift is corrected, too." };

    /// <param name="withReplace">Whether the verb can replace resources.</param>
    public ScopeOptions(bool withReplace) => _replace = withReplace
        ? new("--replace") { Description = "Replace the resources of this URN even when nothing has changed; * and ** as in --target.", HelpName = "URN" }
        : null;

    public static Option<string[]> NewTarget() => new("--target")
    {
        Description = "Touch only the resources of this URN; * is any text without a colon, ** any text. May be given more than once.",
        HelpName = "URN",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_target);
        if (_replace is not null)
        {
            command.Options.Add(_replace);
        }

        command.Options.Add(_refresh);
    }

    public RunScope Read(ParseResult parsed) => new()
    {
        Targets = parsed.GetValue(_target) ?? [],
        Replaces = _replace is null ? [] : parsed.GetValue(_replace) ?? [],
        RefreshFirst = parsed.GetValue(_refresh),
    };
}
