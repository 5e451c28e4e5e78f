using System.Text.Json.Nodes;
using Deploy.ArmTypes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>What every resource carries around its properties: id, name, type, location, identity, stamps.</summary>
internal static class ResourceEnvelope
{
    public static JsonObject Of(string id, string name, ArmResourceType type, JsonObject body, string location)
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

    public static void AddStamps(WriteContext write, AsyncStyle style)
    {
        if (write.Type.Has("properties", "provisioningState"))
        {
            write.Properties["provisioningState"] = style == AsyncStyle.None ? "Succeeded" : write.Existing is null ? "Creating" : "Updating";
        }

        if (!write.Type.HasSystemData || write.Type.Name == ResourceTypes.ResourceGroup)
        {
            return;
        }

        var now = Cloud.Iso(write.Cloud.Now);
        var before = write.Existing?.Body["systemData"] as JsonObject;
        write.Resource["systemData"] = new JsonObject
        {
            ["createdBy"] = before?["createdBy"]?.DeepClone() ?? write.Caller.AppId,
            ["createdByType"] = before?["createdByType"]?.DeepClone() ?? "Application",
            ["createdAt"] = before?["createdAt"]?.DeepClone() ?? now,
            ["lastModifiedBy"] = write.Caller.AppId,
            ["lastModifiedByType"] = "Application",
            ["lastModifiedAt"] = now,
        };
    }

    public static ArmResponse? AddIdentity(WriteContext write)
    {
        if (write.Resource["identity"] is not JsonObject identity || identity["type"] is not JsonValue kind || !kind.TryGetValue<string>(out var text))
        {
            return null;
        }

        if (text.Contains("SystemAssigned", StringComparison.OrdinalIgnoreCase))
        {
            identity["principalId"] = write.Existing?.Body["identity"]?["principalId"]?.DeepClone() ?? Guid.NewGuid().ToString();
            identity["tenantId"] = write.Cloud.Identity.TenantId;
            write.Cloud.Store.AddPrincipal((string)identity["principalId"]!);
        }

        foreach (var (id, _) in (identity["userAssignedIdentities"] as JsonObject ?? []).ToList())
        {
            if (write.Cloud.Store.Get(id) is not { } assigned)
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
    public static void Merge(JsonObject target, JsonObject patch, bool isTop)
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
