using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>Lists of resource groups, and of resources of every type, with their filters.</summary>
internal sealed class ResourceLists(Cloud cloud, ResourceService resources, AccessControl access)
{
    private static readonly FilterFields ResourceFields = new() { Fields = ["resourceType", "name", "location", "resourceGroup", "tagName", "tagValue"] };
    private static readonly FilterFields GroupFields = new() { Fields = ["name", "tagName", "tagValue"] };
    private static readonly string[] Shown = ["id", "name", "type", "kind", "location", "sku", "identity", "tags", "managedBy", "zones", "plan"];
    private static readonly string[] Expandable = ["createdTime", "changedTime", "provisioningState"];

    public ArmResponse Groups(IQueryCollection query, PageRequest page, Caller caller)
    {
        var (filter, fault) = ListFilter.Parse(query["$filter"], GroupFields);
        return fault ?? page.Of(
            (after, limit) => cloud.Store.OfTypeBelow(ResourceTypes.ResourceGroup, cloud.Subscription, after, limit),
            group => group.Key,
            group => Matches(filter!, group) && access.Allows(caller, "Microsoft.Resources/subscriptions/resourceGroups/read", group.Id),
            resources.Present);
    }

    public ArmResponse ResourcesInGroup(string group, IQueryCollection query, PageRequest page, Caller caller) =>
        cloud.Store.Get($"{cloud.Subscription}/resourceGroups/{group}") is { } found ? Resources(found.Id, query, page, caller) : ArmErrors.ResourceGroupNotFound(group);

    public ArmResponse Resources(string scope, IQueryCollection query, PageRequest page, Caller caller)
    {
        var expanded = query["$expand"].ToString().Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (expanded.FirstOrDefault(name => !Expandable.Contains(name, StringComparer.OrdinalIgnoreCase)) is { } unknown)
        {
            return ArmErrors.Error(400, "InvalidExpandInQueryString", $"Invalid $expand '{unknown}' specified in the query string; supported are {string.Join(", ", Expandable)}.");
        }

        var (filter, fault) = ListFilter.Parse(query["$filter"], ResourceFields);
        return fault ?? page.Of(
            (after, limit) => cloud.Store.TrackedBelow(scope, after, limit),
            resource => resource.Key,
            resource => resource.Type != ResourceTypes.ResourceGroup && Matches(filter!, resource) && access.Allows(caller, $"{resource.Type}/read", resource.Id),
            resource => Short(resource, expanded));
    }

    // A condition on tags holds when one tag fulfils the whole of it: tagName eq 'a' and tagValue eq 'b' speaks of one tag.
    private static bool Matches(ListFilter filter, StoredResource resource)
    {
        var tags = filter.Speaks("tag") && resource.Body["tags"] is JsonObject given ? given.ToList() : [];
        return tags.Count == 0
            ? filter.Matches(new FilterSubject(field => Field(resource, field)))
            : tags.Any(tag => filter.Matches(new FilterSubject(field => field switch { "tagName" => tag.Key, "tagValue" => (string?)tag.Value, _ => Field(resource, field) })));
    }

    private static string? Field(StoredResource resource, string field) => field switch
    {
        "resourceType" => resource.Type,
        "name" => resource.Name,
        "location" => resource.Location,
        "resourceGroup" => resource.Id.Split('/') is [_, _, _, _, var group, ..] ? group : null,
        _ => null,
    };

    private static JsonObject Short(StoredResource resource, string[] expanded)
    {
        var shown = new JsonObject();
        foreach (var name in Shown.Where(name => resource.Body[name] is not null))
        {
            shown[name] = resource.Body[name]!.DeepClone();
        }

        foreach (var name in expanded)
        {
            var (property, value) = name.ToLowerInvariant() switch
            {
                "createdtime" => ("createdTime", JsonValue.Create(Cloud.Iso(resource.CreatedAt))),
                "changedtime" => ("changedTime", JsonValue.Create(Cloud.Iso(resource.ChangedAt))),
                _ => ("provisioningState", resource.Properties["provisioningState"]?.DeepClone() ?? JsonValue.Create("Succeeded")),
            };
            shown[property] = value;
        }

        return shown;
    }
}
