using System.Diagnostics.CodeAnalysis;
using Deploy.Core;

namespace Deploy.Environments.Settings;

/// <summary>Settings, or every fault that they have.</summary>
public sealed record SettingsResult
{
    /// <summary>Null when there is a fault.</summary>
    public EnvironmentSettings? Settings { get; init; }

    /// <summary>In the order of the text; empty when the settings are valid.</summary>
    public required IReadOnlyList<DeployError> Faults { get; init; }

    [MemberNotNullWhen(true, nameof(Settings))]
    public bool IsValid => Settings is not null;
}
