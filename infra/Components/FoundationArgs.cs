using Pulumi;

namespace Infra.Components;

/// <summary>What the parts of a <see cref="Foundation"/> share.</summary>
public sealed class FoundationArgs : ResourceArgs
{
    /// <summary>The region, such as <c>eastus2</c>.</summary>
    public required Input<string> Location { get; init; }

    /// <summary>The Entra tenant that guards the key vault.</summary>
    public required Input<string> TenantId { get; init; }

    public InputMap<string> Tags { get; init; } = [];
}
