using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Subscriptions;

/// <summary>A template of what a resource group holds. Names and ids are literal, as Azure exports them with <c>SkipAllParameterization</c>.</summary>
internal sealed class TemplateExport(Cloud cloud)
{
    private static readonly string[] Copied = ["kind", "location", "tags", "sku", "identity", "plan", "zones", "properties"];
    private static readonly string[] NeverExported = [ResourceTypes.RoleAssignment, ResourceTypes.RoleDefinition, ResourceTypes.Deployment];

    public ArmResponse Export(string groupName, JsonObject? body)
    {
        if (cloud.Store.Get($"{cloud.Subscription}/resourceGroups/{groupName}") is not { } group)
        {
            return ArmErrors.ResourceGroupNotFound(groupName);
        }

        var wanted = (body?["resources"] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString()).ToList();
        if (wanted.Count == 0)
        {
            return ArmErrors.BadRequest("The property 'resources' is required: [\"*\"], or the ids of resources in the group.");
        }

        var all = wanted.Contains("*") ? cloud.Store.Below(group.Id) : [.. wanted.Select(cloud.Store.Get).OfType<StoredResource>()];
        if (!wanted.Contains("*") && wanted.FirstOrDefault(id => cloud.Store.Get(id) is null) is { } missing)
        {
            return ArmErrors.Error(404, "ResourceNotFound", $"The resource '{missing}' could not be found.");
        }

        var exported = all.Where(resource => !NeverExported.Contains(resource.Type, StringComparer.OrdinalIgnoreCase)).ToList();
        var keys = exported.Select(resource => resource.Key).ToHashSet(StringComparer.Ordinal);
        return ArmResponse.Ok(new JsonObject
        {
            ["template"] = new JsonObject
            {
                ["$schema"] = "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
                ["contentVersion"] = "1.0.0.0",
                ["parameters"] = new JsonObject(),
                ["variables"] = new JsonObject(),
                ["resources"] = new JsonArray([.. exported.Select(resource => Show(resource, keys))]),
            },
        });
    }

    private JsonObject Show(StoredResource resource, HashSet<string> exported)
    {
        var path = ArmPath.OfId(resource.Id);
        var shown = new JsonObject
        {
            ["type"] = resource.Type,
            ["apiVersion"] = resource.ApiVersion,
            ["name"] = string.Join('/', path.Pairs.Select(pair => pair.Name)),
        };
        var body = cloud.Types.Find(resource.Type, resource.ApiVersion) is { } type ? type.ForWrite(resource.Body) : resource.Body;
        foreach (var name in Copied.Where(name => body[name] is not null))
        {
            shown[name] = Literal(body[name]!);
        }

        if (path.IsExtension)
        {
            shown["scope"] = path.Scope;
        }

        if ((path.IsNested || path.IsExtension) && exported.Contains(ArmPath.KeyOf(path.ParentId)))
        {
            var parent = ArmPath.OfId(path.ParentId);
            shown["dependsOn"] = new JsonArray($"[resourceId('{parent.Type}', {string.Join(", ", parent.Pairs.Select(pair => $"'{pair.Name}'"))})]");
        }

        return shown;
    }

    // A template reads a text that begins with a bracket as an expression.
    private static JsonNode Literal(JsonNode node) => node switch
    {
        JsonObject value => new JsonObject([.. value.Select(pair => KeyValuePair.Create(pair.Key, pair.Value is null ? null : Literal(pair.Value)))]),
        JsonArray values => new JsonArray([.. values.Select(value => value is null ? null : Literal(value))]),
        JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('[') => JsonValue.Create("[" + text),
        _ => node.DeepClone(),
    };
}
