using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>The state of a stack: resources in an order in which each comes after everything it needs.</summary>
public sealed record Snapshot
{
    public static Snapshot Empty { get; } = new();

    public IReadOnlyList<ResourceState> Resources { get; init; } = [];

    /// <summary>What a killed run had begun and not ended.</summary>
    public IReadOnlyList<PendingOperation> PendingOperations { get; init; } = [];

    /// <summary>When it was written; null before that.</summary>
    public DateTimeOffset? Time { get; init; }

    public JsonObject? Metadata { get; init; }

    /// <summary>Keys of the deployment that this version does not know, kept as they are; null when there are none.</summary>
    public JsonObject? Extra { get; init; }

    public PropertyMap StackOutputs => Resources.FirstOrDefault(resource => resource.Urn.IsStack)?.Outputs ?? PropertyMap.Empty;
}

public enum PendingOperationType
{
    Creating,
    Updating,
    Deleting,
    Reading,
    Importing,
}

/// <summary>An operation in flight.</summary>
/// <param name="PollUrl">Where the service lets it be watched; null when it was not accepted yet, or is not long-running.</param>
public sealed record PendingOperation(ResourceState Resource, PendingOperationType Type, Uri? PollUrl)
{
    /// <summary>Keys of the file that this version does not know, kept as they are; null when there are none.</summary>
    public JsonObject? Extra { get; init; }
}
