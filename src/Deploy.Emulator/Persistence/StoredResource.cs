using System.Text.Json.Nodes;

namespace Deploy.Emulator.Persistence;

/// <summary>One resource as it lies in the store.</summary>
internal sealed record StoredResource
{
    /// <summary>The id in the spelling of its first PUT.</summary>
    public required string Id { get; init; }

    /// <summary>Canonical type.</summary>
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>Lower-case, without blanks; empty when the type has none.</summary>
    public required string Location { get; init; }

    public required string ApiVersion { get; init; }

    /// <summary>What GET returns, apart from what is computed while reading.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>Counts the writes; the ETag is made of it.</summary>
    public long Version { get; init; }

    /// <summary>When it was first written; set by the store.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it was last written; set by the store.</summary>
    public DateTimeOffset ChangedAt { get; init; }

    public string Key => Id.ToLowerInvariant();

    public JsonObject Properties => Body["properties"] as JsonObject ?? [];

    public string ETag => $"\"{Version:x16}\"";
}

/// <summary>An asynchronous operation.</summary>
internal sealed record StoredOperation
{
    public required string Id { get; init; }

    public required OperationKind Kind { get; init; }

    /// <summary>The resource it works on.</summary>
    public required string ResourceKey { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    /// <summary><c>InProgress</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Canceled</c>.</summary>
    public required string Status { get; init; }

    /// <summary>What a deletion does at its end: see <see cref="ControlPlane.Deletion"/>.</summary>
    public bool Purges { get; init; }

    /// <summary>How it fails when it ends: <c>{ code, message }</c>; null when it succeeds.</summary>
    public JsonObject? Error { get; init; }
}

internal enum OperationKind
{
    Write,
    Delete,
    RegenerateKeys,

    /// <summary>A deletion that the resource itself announced: an endpoint on shared quota. Nobody waits for it, so it does not count as running.</summary>
    Expire,
}

/// <summary>A deleted resource whose name is still taken.</summary>
internal sealed record SoftDeleted
{
    public required string Key { get; init; }

    public required string Type { get; init; }

    public required string Name { get; init; }

    public required string Location { get; init; }

    public required JsonObject Body { get; init; }

    public required DateTimeOffset DeletedAt { get; init; }

    public required DateTimeOffset PurgeAt { get; init; }
}
