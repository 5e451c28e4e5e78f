using System.Text.Json.Nodes;
using Deploy.ArmTypes;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>What a resource type does beyond being stored. The base is a type of which nothing else is known.</summary>
internal class ResourceBehaviour
{
    /// <summary>The type this behaviour is for; empty for the base.</summary>
    public virtual string Type => "";

    public virtual AsyncStyle CreateStyle => AsyncStyle.None;

    public virtual AsyncStyle UpdateStyle => AsyncStyle.None;

    public virtual AsyncStyle DeleteStyle => AsyncStyle.None;

    /// <summary>The part of the poll URL that names operations of this type.</summary>
    public virtual string StatusSegment => "operationStatuses";

    /// <summary>The status of an answer to a PUT that made the resource at once.</summary>
    public virtual int CreatedStatus => 201;

    /// <summary>The answer to a DELETE that removed the resource at once.</summary>
    public virtual ArmResponse DeletedAnswer(StoredResource resource) => new(200);

    /// <summary>How long a deleted resource keeps its name; null when it is gone at once.</summary>
    public virtual TimeSpan? SoftDeleteFor(StoredResource resource) => null;

    /// <summary>Everything that Azure would refuse about this write, beyond the shape of its body; null when it is fine.</summary>
    public virtual ArmResponse? Check(WriteContext write) => null;

    /// <summary>Adds what the service makes: ids, addresses, defaults.</summary>
    public virtual void Complete(WriteContext write)
    {
    }

    /// <summary>After the resource was stored: keys, for instance.</summary>
    public virtual void Stored(WriteContext write)
    {
    }

    /// <summary>The asynchronous write has ended.</summary>
    public virtual void Settle(JsonObject properties)
    {
    }

    /// <summary>An operation that fails, in the words of the type's service.</summary>
    public virtual OperationFailure Failure(string code, string reason, int status) => new(code, reason, status);

    /// <summary>Why the asynchronous write that ends now fails, by what the cloud holds at this moment; null when it does not.</summary>
    public virtual OperationFailure? FailureOf(StoredResource resource, Cloud cloud) => null;

    /// <summary>The asynchronous operation has failed; <c>provisioningState</c> says so already.</summary>
    public virtual void Fail(JsonObject properties, OperationKind kind)
    {
    }

    /// <summary>The asynchronous deletion has begun; <c>provisioningState</c> says so already.</summary>
    public virtual void Deleting(JsonObject properties)
    {
    }

    /// <summary>When the resource is deleted by itself; null when never.</summary>
    public virtual DateTimeOffset? ExpiresAt(StoredResource resource) => null;

    public virtual ArmResponse? CheckDelete(StoredResource resource, Cloud cloud) => null;

    /// <summary>Resources that go with this one although they do not lie below it.</summary>
    public virtual IEnumerable<StoredResource> AlsoDeleted(StoredResource resource, Cloud cloud) => [];

    /// <summary>The resource as it is read now; for what depends on other resources or on the host's address.</summary>
    public virtual JsonObject Present(StoredResource resource, Cloud cloud) => resource.Body;

    /// <summary>A POST below the resource; null when the type has no such action.</summary>
    public virtual ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) => null;

    /// <summary>A GET below the resource that lists no resources; null when the type has no such list.</summary>
    public virtual IEnumerable<JsonNode>? Listed(string list, StoredResource resource, Cloud cloud) => null;
}

/// <summary>How an asynchronous operation is followed, in one of Azure Resource Manager's two styles.</summary>
internal enum AsyncStyle
{
    /// <summary>The answer is final.</summary>
    None,

    /// <summary>201 or 200 with the resource and an <c>Azure-AsyncOperation</c> header.</summary>
    AzureAsyncOperation,

    /// <summary>202 with a <c>Location</c> header.</summary>
    Location,
}

/// <summary>One PUT or PATCH on its way into the store.</summary>
internal sealed record WriteContext
{
    private static readonly string[] Kept = ["kind", "sku", "tags"];

    public required Cloud Cloud { get; init; }

    public required ArmPath Path { get; init; }

    public required ArmResourceType Type { get; init; }

    /// <summary>The canonical id.</summary>
    public required string Id { get; init; }

    public required string Location { get; init; }

    public StoredResource? Existing { get; init; }

    public required Caller Caller { get; init; }

    /// <summary>What the client wants, with its write-only values; of a PATCH, merged with what is there.</summary>
    public required JsonObject Body { get; init; }

    /// <summary>What will be stored.</summary>
    public required JsonObject Resource { get; init; }

    /// <summary>Writes another resource on the caller's behalf: path, api-version, body.</summary>
    public required Func<ArmPath, string, JsonObject, ArmResponse> WriteOther { get; init; }

    public string Name => Path.Name;

    public JsonObject Wanted => Body["properties"] as JsonObject ?? [];

    /// <summary>The stored <c>properties</c>, made when there are none.</summary>
    public JsonObject Properties
    {
        get
        {
            if (Resource["properties"] is not JsonObject properties)
            {
                Resource["properties"] = properties = [];
            }

            return properties;
        }
    }

    /// <summary>The soft-deleted resource that had this id; null when there is none, or the resource exists.</summary>
    public SoftDeleted? Deleted { get; init; }

    public string? Text(string property) => Wanted[property] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>A value that the service makes once and keeps.</summary>
    public void Keep(string property, Func<JsonNode> make) => Properties[property] = (Existing?.Properties ?? Deleted?.Body["properties"])?[property]?.DeepClone() ?? make();

    /// <summary>A value that the service fills in when the client leaves it out.</summary>
    public void Default(string property, JsonNode value) => Properties[property] ??= value;

    /// <summary>What a recovered resource had and the client leaves out is there again.</summary>
    public void Recover()
    {
        foreach (var (name, value) in Deleted?.Body["properties"] as JsonObject ?? [])
        {
            Properties[name] ??= value?.DeepClone();
        }

        foreach (var name in Kept.Where(name => Deleted?.Body[name] is not null))
        {
            Resource[name] ??= Deleted!.Body[name]!.DeepClone();
        }
    }
}
