using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi;

/// <summary>What the engine tells the program through its environment.</summary>
internal sealed record ProgramSettings
{
    private static readonly ImmutableArray<string> Required = ["PULUMI_MONITOR", "PULUMI_ENGINE", "PULUMI_PROJECT", "PULUMI_STACK"];

    public string Monitor { get; init; } = "";

    public string Engine { get; init; } = "";

    public required string Project { get; init; }

    public required string Stack { get; init; }

    public string Organization { get; init; } = "organization";

    public string RootDirectory { get; init; } = "";

    public bool IsDryRun { get; init; }

    public bool DisableResourceReferences { get; init; }

    public ImmutableDictionary<string, string> Config { get; init; } = ImmutableDictionary<string, string>.Empty;

    public static ProgramSettings FromEnvironment(Func<string, string?> read)
    {
        var missing = Required.Where(name => string.IsNullOrEmpty(read(name))).ToList();
        if (!bool.TryParse(read("PULUMI_DRY_RUN"), out var isDryRun))
        {
            missing.Add("PULUMI_DRY_RUN");
        }

        if (missing.Count > 0)
        {
            throw new InvalidOperationException($"This program is started by an engine, e.g. by `pulumi up`; it cannot run on its own. Not set: {string.Join(", ", missing)}.");
        }

        return new ProgramSettings
        {
            Monitor = read("PULUMI_MONITOR")!,
            Engine = read("PULUMI_ENGINE")!,
            Project = read("PULUMI_PROJECT")!,
            Stack = read("PULUMI_STACK")!,
            Organization = read("PULUMI_ORGANIZATION") is { Length: > 0 } organization ? organization : "organization",
            RootDirectory = read("PULUMI_ROOT_DIRECTORY") ?? "",
            IsDryRun = isDryRun,
            DisableResourceReferences = read("PULUMI_DISABLE_RESOURCE_REFERENCES") is { } flag && (flag == "1" || string.Equals(flag, "true", StringComparison.OrdinalIgnoreCase)),
            Config = ParseConfig(read("PULUMI_CONFIG")),
        };
    }

    /// <summary>Configuration arrives as a JSON object of texts; older engines write <c>ns:config:key</c>.</summary>
    public static ImmutableDictionary<string, string> ParseConfig(string? json)
    {
        if (string.IsNullOrEmpty(json))
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        using var entries = JsonDocument.Parse(json);
        return entries.RootElement.EnumerateObject().ToImmutableDictionary(entry => CleanKey(entry.Name), entry => entry.Value.GetString()!);
    }

    private static string CleanKey(string key) => key.Split(':', 3) is [var space, "config", var name] ? $"{space}:{name}" : key;
}
