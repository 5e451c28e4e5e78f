using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>PUT, PATCH, GET, DELETE, list and actions for resources of every type.</summary>
internal sealed class ResourceService(Cloud cloud, Behaviours behaviours, AccessControl access, Operations operations, OperationAnswers answers, Deletion deletion)
{
    private readonly ResourceWriter _writer = new(cloud, behaviours, access, operations, answers);

    public ArmResponse Get(ArmPath path) => Find(path, out var resource) is { } missing ? missing : Shown(resource!);

    public ArmResponse Head(ArmPath path) => Find(path, out _) is { } missing ? missing with { Body = null } : ArmResponse.NoContent();

    public ArmResponse Put(ArmPath path, WriteRequest request) => _writer.Write(path, request);

    public ArmResponse Patch(ArmPath path, WriteRequest request) => Find(path, out var resource) is { } missing ? missing : _writer.Patch(path, resource!, request);

    public ArmResponse Delete(ArmPath path, string apiVersion, bool purges, string? ifMatch)
    {
        if (CheckScope(path) is { } missing)
        {
            return missing;
        }

        if (cloud.Store.Get(path.Id) is not { } resource)
        {
            return path.IsResourceGroup ? ArmErrors.ResourceGroupNotFound(path.Name)
                : purges ? PurgeDeleted(path)
                : ArmResponse.NoContent();
        }

        if (ifMatch is not null and not "*" && ifMatch != resource.ETag)
        {
            return ArmErrors.PreconditionFailed($"The condition '{ifMatch}' in the If-Match header was not satisfied. The current etag is '{resource.ETag}'.");
        }

        var behaviour = behaviours.For(resource.Type);
        if (cloud.Store.RunningOperation(resource.Id) is { } running)
        {
            // Deleting twice is one deletion.
            return running.Kind == OperationKind.Delete
                ? answers.Announce(new ArmResponse(202), running, AsyncStyle.Location, resource, apiVersion)
                : ArmErrors.Conflict($"Another operation on the resource '{resource.Name}' is in progress. Please try again when it has ended.");
        }

        if (behaviour.CheckDelete(resource, cloud) is { } refused)
        {
            return refused;
        }

        if (behaviour.DeleteStyle == AsyncStyle.None)
        {
            deletion.Remove(resource.Id, purges);
            return behaviour.DeletedAnswer(resource).AsWrite();
        }

        if (resource.Properties.ContainsKey("provisioningState"))
        {
            resource.Properties["provisioningState"] = "Deleting";
            behaviour.Deleting(resource.Properties);
            cloud.Store.Put(resource with { Version = resource.Version + 1 });
        }

        return answers.Announce(new ArmResponse(202), operations.Start(OperationKind.Delete, resource, purges), AsyncStyle.Location, resource, apiVersion);
    }

    public ArmResponse List(ArmPath path, PageRequest page, Func<StoredResource, bool> isWanted)
    {
        if (CheckScope(path) is { } missing)
        {
            return missing;
        }

        var type = path.CollectionType;
        var owner = path.Pairs.Count == 0 ? path.Scope : path.Id;
        var parent = path.Pairs.Count > 0 ? cloud.Store.Get(path.Id) : null;
        if (path.Pairs.Count > 0 && parent is null)
        {
            return ArmErrors.ResourceNotFound(path.Type, path.Name, path.Group);
        }

        if (cloud.Types.ApiVersions(type).Count == 0)
        {
            return parent is null ? UnknownType(type, "")
                : behaviours.For(parent.Type).Listed(path.Trailing!, parent, cloud) is { } listed ? page.Of(listed)
                : ArmErrors.NotSupported($"GET on '{type}'");
        }

        // A list at a subscription or group holds the type wherever it lies below; children of one resource are its own.
        return page.Of((after, limit) => cloud.Store.OfTypeBelow(type, owner, after, limit), resource => resource.Key, isWanted, Present);
    }

    public ArmResponse Act(ArmPath path, JsonObject? body)
    {
        if (Find(path with { Trailing = null }, out var resource) is { } missing)
        {
            return missing;
        }

        return behaviours.For(resource!.Type).Act(path.Trailing!, resource, body, cloud) ?? ArmErrors.NotSupported($"the action '{path.Trailing}' of {resource.Type}");
    }

    public JsonObject Present(StoredResource resource) => behaviours.For(resource.Type).Present(resource, cloud);

    /// <summary>Null when subscription, resource group and the resource a path hangs on exist.</summary>
    public ArmResponse? CheckScope(ArmPath path)
    {
        if (path.Subscription is { } subscription && !subscription.Equals(cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.SubscriptionNotFound(subscription);
        }

        if (path.Group is { } group && cloud.Store.Get($"{cloud.Subscription}/resourceGroups/{group}") is null)
        {
            return ArmErrors.ResourceGroupNotFound(group);
        }

        if (path.IsExtension && cloud.Store.Get(path.Scope) is null)
        {
            var target = ArmPath.OfId(path.Scope);
            return target.Pairs.Count == 0 ? ArmErrors.BadRequest($"'{path.Scope}' is not a resource.") : ArmErrors.ResourceNotFound(target.Type, target.Name, target.Group);
        }

        return null;
    }

    public ArmResponse UnknownType(string type, string apiVersion)
    {
        var known = cloud.Types.ApiVersions(type);
        var ns = type[..type.IndexOf('/', StringComparison.Ordinal)];
        return known.Count == 0 && cloud.Types.TypesOf(ns).Count == 0 ? ArmErrors.InvalidNamespace(ns) : ArmErrors.InvalidType(type, apiVersion, known);
    }

    private ArmResponse? Find(ArmPath path, out StoredResource? resource)
    {
        resource = null;
        if (CheckScope(path) is { } missing)
        {
            return missing;
        }

        resource = cloud.Store.Get(path.Id);
        return resource is not null ? null
            : path.IsResourceGroup ? ArmErrors.ResourceGroupNotFound(path.Name)
            : ArmErrors.ResourceNotFound(path.Type, path.Name, path.Group);
    }

    private ArmResponse PurgeDeleted(ArmPath path)
    {
        if (cloud.Store.Deleted(path.Id, cloud.Now) is null)
        {
            return ArmResponse.NoContent();
        }

        cloud.Store.Purge(path.Id);
        return new ArmResponse(200).AsWrite();
    }

    private ArmResponse Shown(StoredResource resource) => ArmResponse.Ok(Present(resource)).With("ETag", resource.ETag);
}

/// <summary>A PUT or PATCH as it came.</summary>
internal sealed record WriteRequest(string ApiVersion, JsonObject Body, WriteConditions Conditions, Caller Caller);

/// <summary>The condition headers of a write.</summary>
internal sealed record WriteConditions(string? IfMatch, string? IfNoneMatch)
{
    public ArmResponse? Check(StoredResource? existing) => this switch
    {
        { IfNoneMatch: "*" } when existing is not null => ArmErrors.PreconditionFailed("The resource already exists, and the If-None-Match header allows only its creation."),
        { IfMatch: { } wanted } when existing is null => ArmErrors.PreconditionFailed($"The condition '{wanted}' in the If-Match header was not satisfied. The resource does not exist."),
        { IfMatch: { } wanted and not "*" } when wanted != existing!.ETag => ArmErrors.PreconditionFailed($"The condition '{wanted}' in the If-Match header was not satisfied. The current etag is '{existing.ETag}'."),
        _ => null,
    };
}
