using Deploy.Core;

namespace Deploy.Environments.Reading;

/// <summary>The configuration of one stack as a neutral tree: what <see cref="StackFileReader"/> and <see cref="ProgramConfigReader"/> have in common.</summary>
public sealed record SettingsTree
{
    public required StackName Stack { get; init; }

    /// <summary>The file the tree was read from, as faults name it; null when it was not read from a file.</summary>
    public string? File { get; init; }

    /// <summary>The entries below <c>config</c>, with keys such as <c>phi:projects</c>.</summary>
    public required MappingNode Config { get; init; }
}

/// <summary>A tree, or why there is none.</summary>
public sealed record SettingsReading
{
    public SettingsTree? Tree { get; init; }

    /// <summary>Faults of form, each with its place; empty when the text is well formed.</summary>
    public required IReadOnlyList<DeployError> Faults { get; init; }
}
