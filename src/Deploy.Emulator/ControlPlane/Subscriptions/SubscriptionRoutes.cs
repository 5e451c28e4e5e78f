using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>Subscriptions, tenants, locations, providers, and the lists that cross types.</summary>
internal sealed class SubscriptionRoutes(Cloud cloud, ResourceService resources, AccessControl access)
{
    private readonly ResourceLists _lists = new(cloud, resources, access);
    private readonly TagNames _tagNames = new(cloud);
    private readonly TemplateExport _export = new(cloud);

    /// <summary>Null when the path belongs to a resource.</summary>
    public ArmResponse? Answer(string method, IReadOnlyList<string> segments, IQueryCollection query, PageRequest page, JsonObject? body, Caller caller)
    {
        string[] lower = [.. segments.Select(segment => segment.ToLowerInvariant())];
        return lower is ["subscriptions", var id, ..] && Known(id) is { } unknown ? unknown : (method, lower) switch
        {
            ("GET", ["tenants"]) => page.Of([Tenant()]),
            ("GET", ["subscriptions"]) => page.Of(access.HasAnyRole(caller) ? [Subscription()] : []),
            ("GET", ["subscriptions", _]) => access.HasAnyRole(caller) ? ArmResponse.Ok(Subscription()) : Forbidden(caller),
            ("GET", ["subscriptions", _, "locations"]) => page.Of(Locations()),
            ("GET", ["subscriptions", _, "providers"]) => page.Of(cloud.Types.Namespaces().Select(ns => Provider(ns, withTypes: false))),
            ("GET", ["subscriptions", _, "providers", _]) => OfProvider(segments[3], ns => ArmResponse.Ok(Provider(ns, withTypes: true))),
            ("POST", ["subscriptions", _, "providers", _, "register"]) => OfProvider(segments[3], Register),
            ("POST", ["subscriptions", _, "providers", _, "unregister"]) => OfProvider(segments[3], Unregister),
            ("GET", ["subscriptions", _, "resourcegroups"]) => _lists.Groups(query, page, caller),
            ("GET", ["subscriptions", _, "resources"]) => _lists.Resources(cloud.Subscription, query, page, caller),
            ("GET", ["subscriptions", _, "resourcegroups", _, "resources"]) => _lists.ResourcesInGroup(segments[3], query, page, caller),
            ("POST", ["subscriptions", _, "resourcegroups", _, "exporttemplate"]) => _export.Export(segments[3], body),
            (_, ["subscriptions", _, "tagnames", ..]) => _tagNames.Answer(method, [.. segments.Skip(3)], page),
            _ => null,
        };
    }

    private ArmResponse? Known(string subscription) =>
        subscription.Equals(cloud.Identity.SubscriptionId, StringComparison.OrdinalIgnoreCase) ? null : ArmErrors.SubscriptionNotFound(subscription);

    private ArmResponse Forbidden(Caller caller) => ArmErrors.AuthorizationFailed(caller.AppId, caller.ObjectId, "Microsoft.Resources/subscriptions/read", cloud.Subscription);

    private ArmResponse OfProvider(string ns, Func<string, ArmResponse> answer) =>
        cloud.Types.Namespaces().FirstOrDefault(known => known.Equals(ns, StringComparison.OrdinalIgnoreCase)) is { } found ? answer(found) : ArmErrors.InvalidNamespace(ns);

    private ArmResponse Register(string ns)
    {
        var state = cloud.Providers.Register(ns);
        var shown = Provider(ns, withTypes: true);
        shown["registrationState"] = state;
        return state == "Registered" ? ArmResponse.Ok(shown) : ArmResponse.Ok(shown).AsWrite();
    }

    private ArmResponse Unregister(string ns)
    {
        if (cloud.Providers.Unregister(ns) is { } refused)
        {
            return refused;
        }

        var shown = Provider(ns, withTypes: true);
        shown["registrationState"] = "Unregistering";
        return ArmResponse.Ok(shown).AsWrite();
    }

    private JsonObject Provider(string ns, bool withTypes) => new()
    {
        ["id"] = $"{cloud.Subscription}/providers/{ns}",
        ["namespace"] = ns,
        ["registrationState"] = cloud.Providers.StateOf(ns),
        ["registrationPolicy"] = ProviderRegistry.PolicyOf(ns),
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
}
