using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Subscriptions, tenants, locations, providers, and the lists that cross types.</summary>
internal sealed partial class SubscriptionRoutes(Cloud cloud, ResourceService resources)
{
    /// <summary>Null when the path belongs to a resource.</summary>
    public ArmResponse? Answer(string method, IReadOnlyList<string> segments, IQueryCollection query)
    {
        var lower = segments.Select(segment => segment.ToLowerInvariant()).ToArray();
        return (method, lower) switch
        {
            ("GET", ["tenants"]) => ArmResponse.List([Tenant()]),
            ("GET", ["subscriptions"]) => ArmResponse.List([Subscription()]),
            ("GET", ["subscriptions", var id]) => Known(id) ?? ArmResponse.Ok(Subscription()),
            ("GET", ["subscriptions", var id, "locations"]) => Known(id) ?? ArmResponse.List(Locations()),
            ("GET", ["subscriptions", var id, "providers"]) => Known(id) ?? ArmResponse.List(cloud.Types.Namespaces().Select(ns => Provider(ns, withTypes: false))),
            ("GET", ["subscriptions", var id, "providers", _]) => Known(id) ?? ProviderOf(segments[3]),
            ("POST", ["subscriptions", var id, "providers", _, "register" or "unregister"]) => Known(id) ?? ProviderOf(segments[3]),
            ("GET", ["subscriptions", var id, "resourcegroups"]) => Known(id) ?? ArmResponse.List(cloud.Store.OfType(ResourceTypes.ResourceGroup).Select(resources.Present)),
            ("GET", ["subscriptions", var id, "resources"]) => Known(id) ?? Resources(cloud.Subscription, query),
            ("GET", ["subscriptions", var id, "resourcegroups", var group, "resources"]) => Known(id) ?? InGroup(segments[3], query),
            ("GET", [.., "providers", "microsoft.authorization", "roledefinitions"]) => ArmResponse.List(RoleDefinitions.All()),
            ("GET", [.., "providers", "microsoft.authorization", "roledefinitions", var role]) =>
                RoleDefinitions.Find(role) is { } found ? ArmResponse.Ok(found) : ArmErrors.Error(404, "RoleDefinitionDoesNotExist", $"The specified role definition with ID '{role}' does not exist."),
            ("GET", [.., "providers", "microsoft.authorization", "permissions"]) => ArmResponse.List([OwnPermissions()]),
            _ => null,
        };
    }

    // The one service principal of a local Azure owns it.
    private static JsonObject OwnPermissions() => new()
    {
        ["actions"] = new JsonArray("*"),
        ["notActions"] = new JsonArray(),
        ["dataActions"] = new JsonArray("*"),
        ["notDataActions"] = new JsonArray(),
    };

    private ArmResponse? Known(string subscription) =>
        subscription.Equals(cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase) ? null : ArmErrors.SubscriptionNotFound(subscription);

    private ArmResponse InGroup(string group, IQueryCollection query) => cloud.Store.Get($"{cloud.Subscription}/resourceGroups/{group}") is { } found
        ? Resources(found.Id, query)
        : ArmErrors.ResourceGroupNotFound(group);

    private ArmResponse Resources(string scope, IQueryCollection query)
    {
        var all = cloud.Store.Below(scope).Where(resource => resource.Type != ResourceTypes.ResourceGroup && resource.Location.Length > 0);
        if (query["$filter"].ToString() is { Length: > 0 } filter)
        {
            var match = Filter().Match(filter);
            if (!match.Success)
            {
                return ArmErrors.NotSupported($"the filter '{filter}'; supported are resourceType eq, name eq, location eq and tagName eq ... and tagValue eq");
            }

            all = all.Where(resource => Matches(resource, match));
        }

        return ArmResponse.List(all.Select(Short));
    }

    private static bool Matches(StoredResource resource, Match match)
    {
        var value = match.Groups["value"].Value;
        return match.Groups["field"].Value.ToLowerInvariant() switch
        {
            "resourcetype" => resource.Type.Equals(value, StringComparison.OrdinalIgnoreCase),
            "name" => resource.Name.Equals(value, StringComparison.OrdinalIgnoreCase),
            "location" => resource.Location == Cloud.Normalize(value),
            _ => resource.Body["tags"] is JsonObject tags && tags.Any(tag => tag.Key.Equals(value, StringComparison.OrdinalIgnoreCase)
                && (!match.Groups["tag"].Success || (string?)tag.Value == match.Groups["tag"].Value)),
        };
    }

    private static JsonObject Short(StoredResource resource)
    {
        var shown = new JsonObject();
        foreach (var name in new[] { "id", "name", "type", "kind", "location", "sku", "identity", "tags" })
        {
            if (resource.Body[name] is { } value)
            {
                shown[name] = value.DeepClone();
            }
        }

        return shown;
    }

    private ArmResponse ProviderOf(string ns) => cloud.Types.Namespaces().FirstOrDefault(known => known.Equals(ns, StringComparison.OrdinalIgnoreCase)) is { } found
        ? ArmResponse.Ok(Provider(found, withTypes: true))
        : ArmErrors.InvalidNamespace(ns);

    private JsonObject Provider(string ns, bool withTypes) => new()
    {
        ["id"] = $"{cloud.Subscription}/providers/{ns}",
        ["namespace"] = ns,
        ["registrationState"] = "Registered",
        ["registrationPolicy"] = "RegistrationRequired",
        ["resourceTypes"] = withTypes ? new JsonArray([.. cloud.Types.TypesOf(ns).Select(ResourceType)]) : new JsonArray(),
    };

    private JsonObject ResourceType(string type) => new()
    {
        ["resourceType"] = type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..],
        ["locations"] = new JsonArray([.. cloud.Catalog.Regions.All.Where(region => region.Cloud == "public").Select(region => JsonValue.Create(region.DisplayName))]),
        ["apiVersions"] = new JsonArray([.. cloud.Types.ApiVersions(type).Reverse().Select(version => JsonValue.Create(version))]),
        ["capabilities"] = "None",
    };

    private JsonObject Tenant() => new()
    {
        ["id"] = $"/tenants/{cloud.Identity.TenantId}",
        ["tenantId"] = cloud.Identity.TenantId,
        ["displayName"] = "Local Azure",
        ["tenantCategory"] = "Home",
    };

    private JsonObject Subscription() => new()
    {
        ["id"] = cloud.Subscription,
        ["subscriptionId"] = cloud.Identity.SubscriptionId,
        ["tenantId"] = cloud.Identity.TenantId,
        ["displayName"] = "Local Azure",
        ["state"] = "Enabled",
        ["authorizationSource"] = "RoleBased",
        ["subscriptionPolicies"] = new JsonObject { ["locationPlacementId"] = "Internal_2014-09-01", ["quotaId"] = "Internal_2014-09-01", ["spendingLimit"] = "Off" },
    };

    private IEnumerable<JsonNode> Locations() => cloud.Catalog.Regions.All.Where(region => region.Cloud == "public").Select(region => new JsonObject
    {
        ["id"] = $"{cloud.Subscription}/locations/{region.Location.Name}",
        ["name"] = region.Location.Name,
        ["type"] = "Region",
        ["displayName"] = region.DisplayName,
        ["regionalDisplayName"] = region.DisplayName,
        ["metadata"] = new JsonObject { ["regionType"] = "Physical", ["regionCategory"] = "Recommended" },
    });

    [GeneratedRegex(@"^\s*(?<field>resourceType|name|location|tagName)\s+eq\s+'(?<value>[^']*)'(\s+and\s+tagValue\s+eq\s+'(?<tag>[^']*)')?\s*$", RegexOptions.IgnoreCase)]
    private static partial Regex Filter();
}
