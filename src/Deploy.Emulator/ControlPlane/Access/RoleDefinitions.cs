using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Access;

/// <summary>Built-in roles as Microsoft documents them (those that stacks for Azure AI use), and the custom roles in the store.</summary>
internal sealed class RoleDefinitions(CloudStore store)
{
    private static readonly Lazy<IReadOnlyDictionary<string, Role>> BuiltIn = new(Load);

    private static readonly FilterFields Fields = new() { Fields = ["roleName", "type"], Functions = ["atScope", "atScopeAndBelow"] };

    /// <summary>The role with a guid; null when nobody defined it.</summary>
    public Role? Find(string id) => BuiltIn.Value.GetValueOrDefault(id) ?? (store.Named(ResourceTypes.RoleDefinition, id) is [{ } custom, ..] ? Custom(custom) : null);

    /// <summary>The built-in role with a guid, as Azure shows it; null when there is none.</summary>
    public static JsonObject? Show(string id) => BuiltIn.Value.TryGetValue(id, out var role) ? Show(role) : null;

    public ArmResponse List(string? filter, PageRequest page, Func<StoredResource, JsonObject> present)
    {
        var (wanted, fault) = ListFilter.Parse(filter, Fields);
        return fault ?? page.Of(BuiltIn.Value.Values.Select(Show).Concat(store.OfType(ResourceTypes.RoleDefinition).Select(present)).Where(role => wanted!.Matches(new FilterSubject(
            field => (string?)role["properties"]?[field],
            (_, _) => true))));
    }

    private static Role Custom(StoredResource stored) => new()
    {
        Id = stored.Name,
        Name = (string?)stored.Properties["roleName"] ?? stored.Name,
        Permissions = [.. (stored.Properties["permissions"] as JsonArray ?? []).OfType<JsonObject>().Select(permission => new RolePermission
        {
            Actions = Texts(permission["actions"]),
            NotActions = Texts(permission["notActions"]),
            DataActions = Texts(permission["dataActions"]),
            NotDataActions = Texts(permission["notDataActions"]),
        })],
    };

    private static IReadOnlyList<string> Texts(JsonNode? list) => [.. (list as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString())];

    private static JsonObject Show(Role role) => new()
    {
        ["id"] = $"/providers/{ResourceTypes.RoleDefinition}/{role.Id}",
        ["name"] = role.Id,
        ["type"] = ResourceTypes.RoleDefinition,
        ["properties"] = new JsonObject
        {
            ["roleName"] = role.Name,
            ["type"] = "BuiltInRole",
            ["assignableScopes"] = new JsonArray("/"),
            ["permissions"] = new JsonArray([.. role.Permissions.Select(permission => permission.Show())]),
        },
    };

    private static Dictionary<string, Role> Load()
    {
        using var stream = typeof(RoleDefinitions).Assembly.GetManifestResourceStream("builtInRoles.json")!;
        return JsonSerializer.Deserialize<List<Entry>>(stream, JsonSerializerOptions.Web)!.ToDictionary(
            entry => entry.Id,
            entry => new Role
            {
                Id = entry.Id,
                Name = entry.Name,
                Permissions = [new RolePermission { Actions = entry.Actions ?? [], NotActions = entry.NotActions ?? [], DataActions = entry.DataActions ?? [] }],
            },
            StringComparer.OrdinalIgnoreCase);
    }

    private sealed record Entry(string Id, string Name, IReadOnlyList<string>? Actions, IReadOnlyList<string>? NotActions, IReadOnlyList<string>? DataActions);
}
