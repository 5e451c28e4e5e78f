using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.ArmTypes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>What Azure Resource Manager itself checks of a write, before the resource provider sees it.</summary>
internal sealed class WriteChecks(Cloud cloud)
{
    /// <summary>Where the resource goes: its canonical id.</summary>
    public ArmResponse? Place(ArmPath path, ArmResourceType type, out string id)
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

    public static ArmResponse? Body(ArmResourceType type, ArmPath path, JsonObject body)
    {
        if (body["name"] is JsonValue name && (!name.TryGetValue<string>(out var given) || !given.Equals(path.Name, StringComparison.OrdinalIgnoreCase)) && type.Name != "Microsoft.Insights/autoscaleSettings")
        {
            return ArmErrors.Error(400, "InvalidResourceName", $"The resource name '{name}' in the body does not match the name '{path.Name}' in the path.", "name");
        }

        // Azure Resource Manager itself asks for the location, before the resource provider sees the body.
        var faults = type.Validate(body).Where(fault => fault.Path != "location" || fault.Kind != ArmBodyFaultKind.MissingRequired).ToList();
        return faults.Count > 0 ? ArmErrors.InvalidBody(faults) : null;
    }

    public ArmResponse? Location(ArmPath path, ArmResourceType type, StoredResource? existing, JsonObject body, out string location)
    {
        var given = body["location"] is JsonValue value && value.TryGetValue<string>(out var text) ? text : "";
        location = Cloud.Normalize(given.Length > 0 ? given : existing?.Location ?? "");
        var isTracked = type.RequiresLocation || type.Name == ResourceTypes.Workspace;
        if (location.Length == 0)
        {
            return isTracked ? ArmErrors.LocationRequired() : null;
        }

        // Also where none is needed: what is kept as the place of a resource goes into the addresses of its operations.
        if (location != "global" && cloud.Catalog.Regions.Find(new AzureLocation(location)) is null)
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
}
