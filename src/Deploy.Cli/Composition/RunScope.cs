namespace Deploy.Cli.Composition;

/// <summary>What a run of the engine is limited to, and what it does before.</summary>
internal sealed record RunScope
{
    public static RunScope Everything { get; } = new();

    /// <summary>URN patterns; empty means all.</summary>
    public IReadOnlyList<string> Targets { get; init; } = [];

    /// <summary>URN patterns of what is replaced even when nothing has changed.</summary>
    public IReadOnlyList<string> Replaces { get; init; } = [];

    public bool RefreshFirst { get; init; }
}
