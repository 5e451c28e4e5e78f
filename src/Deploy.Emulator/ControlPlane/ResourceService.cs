using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>PUT, PATCH, GET, DELETE, list and actions for resources of every type.</summary>
internal sealed class ResourceService(Cloud cloud, Behaviours behaviours, Operations operations, Deletion deletion)
{
    private readonly ResourceWriter _writer = new(cloud, behaviours, operations);

    public ArmResponse Get(ArmPath path) => Find(path, out var resource) is { } missing ? missing : Shown(resource!);

    public ArmResponse Head(ArmPath path) => Find(path, out _) is { } missing ? missing with { Body = null } : ArmResponse.NoContent();

    public ArmResponse Put(ArmPath path, string apiVersion, JsonObject body, WriteConditions conditions) => _writer.Write(path, apiVersion, body, conditions);

    public ArmResponse Patch(ArmPath path, string apiVersion, JsonObject patch, WriteConditions conditions) =>
        Find(path, out var resource) is { } missing ? missing : _writer.Patch(path, apiVersion, resource!, patch, conditions);

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
            cloud.Store.Put(resource with { Version = resource.Version + 1 });
        }

        var operation = operations.Start(OperationKind.Delete, resource.Id, purges);
        return operations.Announce(new ArmResponse(202), operation, AsyncStyle.Location, resource.Type, resource.Location, apiVersion);
    }

    public ArmResponse List(ArmPath path, string? kind)
    {
        if (CheckScope(path) is { } missing)
        {
            return missing;
        }

        var type = path.CollectionType;
        var owner = path.Pairs.Count == 0 ? path.Scope : path.Id;
        if (path.Pairs.Count > 0 && cloud.Store.Get(path.Id) is null)
        {
            return ArmErrors.ResourceNotFound(path.Type, path.Name, path.Group);
        }

        if (cloud.Types.ApiVersions(type).Count == 0)
        {
            return UnknownType(type, "");
        }

        // A list at a subscription or group holds the type wherever it lies below; children of one resource are its own.
        return ArmResponse.List(cloud.Store.OfTypeBelow(type, owner)
            .Where(resource => kind is null || string.Equals((string?)resource.Body["kind"], kind, StringComparison.OrdinalIgnoreCase))
            .Select(Present));
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
            var target = ArmPath.Parse(path.Scope.Split('/', StringSplitOptions.RemoveEmptyEntries));
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
        if (!cloud.Store.DeletedOf(path.Type, cloud.Now).Any(deleted => deleted.Key == ArmPath.KeyOf(path.Id)))
        {
            return ArmResponse.NoContent();
        }

        cloud.Store.Purge(path.Id);
        return new ArmResponse(200).AsWrite();
    }

    private ArmResponse Shown(StoredResource resource) => ArmResponse.Ok(Present(resource)).With("ETag", resource.ETag);
}

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
