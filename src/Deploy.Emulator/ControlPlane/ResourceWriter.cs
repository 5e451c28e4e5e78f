using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.ArmTypes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Takes one PUT or PATCH through everything that Azure checks and makes, in Azure's order.</summary>
internal sealed class ResourceWriter(Cloud cloud, Behaviours behaviours, Operations operations)
{
    public ArmResponse Write(ArmPath path, string apiVersion, JsonObject body, WriteConditions conditions)
    {
        if (path.Subscription is { } subscription && !subscription.Equals(cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.SubscriptionNotFound(subscription);
        }

        if (cloud.Types.Find(path.Type, apiVersion) is not { } type)
        {
            return cloud.Types.TypesOf(path.Namespace!).Count == 0 ? ArmErrors.InvalidNamespace(path.Namespace!) : ArmErrors.InvalidType(path.Type, apiVersion, cloud.Types.ApiVersions(path.Type));
        }

        return CheckPlace(path, type, out var id) ?? CheckBody(type, path, body) ?? Store(path, type, id, body, conditions, isPatch: false);
    }

    public ArmResponse Patch(ArmPath path, string apiVersion, StoredResource existing, JsonObject patch, WriteConditions conditions)
    {
        if (cloud.Types.Find(path.Type, apiVersion) is not { } type)
        {
            return ArmErrors.InvalidType(path.Type, apiVersion, cloud.Types.ApiVersions(path.Type));
        }

        var merged = type.ForWrite(existing.Body);
        Merge(merged, patch, isTop: true);

        // What another api-version has written stays; only this one's part is the client's to answer for.
        var shown = type.ForThisVersion(type.ForWrite(existing.Body));
        Merge(shown, patch, isTop: true);
        return CheckBody(type, path, shown) ?? Store(path, type, existing.Id, merged, conditions, isPatch: true);
    }

    private ArmResponse Store(ArmPath path, ArmResourceType type, string id, JsonObject body, WriteConditions conditions, bool isPatch)
    {
        var existing = cloud.Store.Get(id);
        if (CheckLocation(path, type, existing, body, out var location) is { } misplaced)
        {
            return misplaced;
        }

        if ((conditions.Check(existing) ?? CheckIdle(existing)) is { } refused)
        {
            return refused;
        }

        var write = new WriteContext
        {
            Cloud = cloud,
            Path = path,
            Type = type,
            Id = id,
            Location = location,
            Existing = existing,
            Body = body,
            Resource = Envelope(id, path.Name, type, body, location),
            WriteOther = (other, apiVersion, content) => Write(other, apiVersion, content, new WriteConditions(null, null)),
        };
        var behaviour = behaviours.For(type.Name);
        if ((behaviour.Check(write) ?? AddIdentity(write)) is { } fault)
        {
            return fault;
        }

        var style = existing is null ? behaviour.CreateStyle : behaviour.UpdateStyle;
        AddStamps(write, style);
        behaviour.Complete(write);
        var stored = new StoredResource { Id = id, Type = type.Name, Name = path.Name, Location = location, ApiVersion = type.ApiVersion, Body = write.Resource, Version = (existing?.Version ?? 0) + 1 };
        cloud.Store.Put(stored);
        behaviour.Stored(write);
        cloud.Store.Put(stored);
        return Answer(stored, behaviour, style, isNew: existing is null, isPatch);
    }

    private ArmResponse Answer(StoredResource stored, ResourceBehaviour behaviour, AsyncStyle style, bool isNew, bool isPatch)
    {
        var shown = behaviour.Present(stored, cloud);
        if (style == AsyncStyle.None)
        {
            return new ArmResponse(isNew ? behaviour.CreatedStatus : 200, shown).With("ETag", stored.ETag).AsWrite();
        }

        // A PATCH of a type with asynchronous updates is followed by Location, its PUT by Azure-AsyncOperation.
        var followed = isPatch ? AsyncStyle.Location : style;
        var status = followed == AsyncStyle.Location ? 202 : isNew ? 201 : 200;
        var operation = operations.Start(OperationKind.Write, stored.Id);
        return operations.Announce(new ArmResponse(status, shown).With("ETag", stored.ETag), operation, followed, stored.Type, stored.Location, stored.ApiVersion);
    }

    private ArmResponse? CheckPlace(ArmPath path, ArmResourceType type, out string id)
    {
        id = path.Id;
        if (path.Group is { } group)
        {
            if (cloud.Store.Get($"{cloud.Subscription}/resourceGroups/{group}") is not { } stored)
            {
                return ArmErrors.ResourceGroupNotFound(group);
            }

            id = stored.Id + id[stored.Id.Length..];
        }

        if (type.ValidateName(path.Name) is [{ } fault, ..])
        {
            return ArmErrors.InvalidName(type.Name, fault);
        }

        if (path.IsNested || path.IsExtension)
        {
            if (cloud.Store.Get(path.ParentId) is not { } parent)
            {
                return ArmErrors.ParentNotFound(type.Name, path.ParentId);
            }

            id = parent.Id + id[parent.Id.Length..];
        }

        id = cloud.Store.Get(id)?.Id ?? Canonical(id, path, type);
        return null;
    }

    // The client's spelling of names, the definitions' spelling of the type.
    private static string Canonical(string id, ArmPath path, ArmResourceType type)
    {
        if (IsGroup(type))
        {
            return id;
        }

        var tail = $"{type.Name[(type.Name.LastIndexOf('/') + 1)..]}/{path.Name}";
        var head = id[..^tail.Length];
        var ns = type.Name[..type.Name.IndexOf('/', StringComparison.Ordinal)];
        return path.IsNested ? head + tail : head[..^(ns.Length + 1)] + ns + "/" + tail;
    }

    private static bool IsGroup(ArmResourceType type) => type.Name == ResourceTypes.ResourceGroup;

    private static ArmResponse? CheckBody(ArmResourceType type, ArmPath path, JsonObject body)
    {
        if (body["name"] is JsonValue name && (!name.TryGetValue<string>(out var given) || !given.Equals(path.Name, StringComparison.OrdinalIgnoreCase)) && type.Name != "Microsoft.Insights/autoscaleSettings")
        {
            return ArmErrors.Error(400, "InvalidResourceName", $"The resource name '{name}' in the body does not match the name '{path.Name}' in the path.", "name");
        }

        // Azure Resource Manager itself asks for the location, before the resource provider sees the body.
        var faults = type.Validate(body).Where(fault => fault.Path != "location" || fault.Kind != ArmBodyFaultKind.MissingRequired).ToList();
        return faults.Count > 0 ? ArmErrors.InvalidBody(faults) : null;
    }

    private ArmResponse? CheckLocation(ArmPath path, ArmResourceType type, StoredResource? existing, JsonObject body, out string location)
    {
        var given = body["location"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        location = Cloud.Normalize(given.Length > 0 ? given : existing?.Location ?? "");
        var isTracked = type.RequiresLocation || type.Name == ResourceTypes.Workspace;
        if (location.Length == 0)
        {
            return isTracked ? ArmErrors.LocationRequired() : null;
        }

        if (isTracked && location != "global" && cloud.Catalog.Regions.Find(new AzureLocation(location)) is null)
        {
            return ArmErrors.LocationUnknown(given, type.Name, cloud.Catalog.Regions.All.Select(region => region.Location.Name));
        }

        if (existing is { Location.Length: > 0 } && existing.Location != location)
        {
            return IsGroup(type)
                ? ArmErrors.Error(409, "InvalidResourceGroupLocation", $"Invalid resource group location '{location}'. The Resource group already exists in location '{existing.Location}'.")
                : ArmErrors.LocationChanged(existing.Name, existing.Location, path.Group ?? "", location);
        }

        return null;
    }

    private ArmResponse? CheckIdle(StoredResource? existing) =>
        existing is not null && cloud.Store.RunningOperation(existing.Id) is not null
            ? ArmErrors.Conflict($"Another operation on the resource '{existing.Name}' is in progress. Please try again when it has ended.")
            : null;

    private static JsonObject Envelope(string id, string name, ArmResourceType type, JsonObject body, string location)
    {
        var resource = type.ForRead(type.ForWrite(body));
        resource["id"] = id;
        resource["name"] = name;
        resource["type"] = type.Name;
        resource.Remove("apiVersion");
        if (location.Length > 0)
        {
            resource["location"] = location;
        }

        return resource;
    }

    private void AddStamps(WriteContext write, AsyncStyle style)
    {
        if (write.Type.Has("properties", "provisioningState"))
        {
            write.Properties["provisioningState"] = style == AsyncStyle.None ? "Succeeded" : write.Existing is null ? "Creating" : "Updating";
        }

        if (!write.Type.HasSystemData || IsGroup(write.Type))
        {
            return;
        }

        var now = Cloud.Iso(cloud.Now);
        var before = write.Existing?.Body["systemData"] as JsonObject;
        write.Resource["systemData"] = new JsonObject
        {
            ["createdBy"] = before?["createdBy"]?.DeepClone() ?? cloud.Identity.ClientId,
            ["createdByType"] = before?["createdByType"]?.DeepClone() ?? "Application",
            ["createdAt"] = before?["createdAt"]?.DeepClone() ?? now,
            ["lastModifiedBy"] = cloud.Identity.ClientId,
            ["lastModifiedByType"] = "Application",
            ["lastModifiedAt"] = now,
        };
    }

    private ArmResponse? AddIdentity(WriteContext write)
    {
        if (write.Resource["identity"] is not JsonObject identity || identity["type"] is not JsonValue kind || !kind.TryGetValue<string>(out var text))
        {
            return null;
        }

        if (text.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase))
        {
            identity["principalId"] = write.Existing?.Body["identity"]?["principalId"]?.DeepClone() ?? Guid.NewGuid().ToString();
            identity["tenantId"] = cloud.Identity.TenantId;
        }

        foreach (var (id, _) in (identity["userAssignedIdentities"] as JsonObject ?? []).ToList())
        {
            if (cloud.Store.Get(id) is not { } assigned)
            {
                return ArmErrors.Error(400, "FailedIdentityOperation", $"Identity operation for resource '{write.Id}' failed with error 'The resource {id} was not found'.");
            }

            identity["userAssignedIdentities"]![id] = new JsonObject
            {
                ["principalId"] = assigned.Properties["principalId"]?.DeepClone(),
                ["clientId"] = assigned.Properties["clientId"]?.DeepClone(),
            };
        }

        return null;
    }

    // Tags are replaced as a whole, everything else is merged; null removes.
    private static void Merge(JsonObject target, JsonObject patch, bool isTop)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject inner && target[name] is JsonObject existing && !(isTop && name == "tags"))
            {
                Merge(existing, inner, isTop: false);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
