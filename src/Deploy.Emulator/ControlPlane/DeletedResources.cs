using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Soft-deleted vaults, AI Services accounts and Log Analytics workspaces: list, show, purge. Azure lists no deleted hubs and projects.</summary>
internal sealed class DeletedResources(Cloud cloud)
{
    /// <summary>Null when the path is about something else.</summary>
    public ArmResponse? Answer(string method, ArmPath path, PageRequest page)
    {
        var isPurge = string.Equals(path.Trailing, "purge", StringComparison.OrdinalIgnoreCase);
        var collection = path.Trailing is null || isPurge ? (path.Pairs.Count > 0 ? path.Pairs[^1].Type : "") : path.Trailing;
        if (TypeOf(path.Namespace!, collection) is not { } type)
        {
            return null;
        }

        if (path.Trailing is not null && !isPurge)
        {
            return method == "GET"
                ? page.Of((after, limit) => cloud.Store.DeletedBelow(type, path.Scope, after, limit, cloud.Now), deleted => deleted.Key, deleted => IsIn(deleted, path), Show)
                : ArmErrors.NotSupported($"{method} on '{collection}'");
        }

        if (cloud.Store.DeletedNamed(type, path.Name, cloud.Now).FirstOrDefault(deleted => IsIn(deleted, path)) is not { } found)
        {
            return ArmErrors.Error(404, "DeletedResourceNotFound", $"The deleted resource '{path.Name}' does not exist.");
        }

        return (method, isPurge) switch
        {
            ("GET", false) => ArmResponse.Ok(Show(found)),
            ("POST", true) or ("DELETE", false) => Purge(found),
            _ => ArmErrors.NotSupported($"{method} on '{collection}'"),
        };
    }

    private static string? TypeOf(string ns, string collection) => (ns.ToLowerInvariant(), collection.ToLowerInvariant()) switch
    {
        ("microsoft.keyvault", "deletedvaults") => ResourceTypes.Vault,
        ("microsoft.cognitiveservices", "deletedaccounts") => ResourceTypes.CognitiveAccount,
        ("microsoft.operationalinsights", "deletedworkspaces") => ResourceTypes.LogAnalytics,
        _ => null,
    };

    // Paths name the location, and for accounts the resource group: .../locations/{l}/resourceGroups/{g}/deletedAccounts/{n}.
    private static bool IsIn(SoftDeleted deleted, ArmPath path) => path.Pairs.All(pair => pair.Type.ToLowerInvariant() switch
    {
        "locations" => deleted.Location == Cloud.Normalize(pair.Name),
        "resourcegroups" => deleted.Key.Contains($"/resourcegroups/{pair.Name.ToLowerInvariant()}/", StringComparison.Ordinal),
        _ => true,
    });

    private ArmResponse Purge(SoftDeleted deleted)
    {
        if (deleted.Body["properties"]?["enablePurgeProtection"] is JsonValue value && value.TryGetValue<bool>(out var isProtected) && isProtected)
        {
            return ArmErrors.Error(403, "Forbidden", $"Operation \"purge\" is not allowed because purge protection is enabled for this vault. '{deleted.Name}' is purged on {Cloud.Iso(deleted.PurgeAt)}.");
        }

        cloud.Store.Purge(deleted.Key);
        return new ArmResponse(200).AsWrite();
    }

    private JsonObject Show(SoftDeleted deleted) => deleted.Type switch
    {
        ResourceTypes.Vault => Vault(deleted),
        ResourceTypes.CognitiveAccount => Account(deleted),
        _ => deleted.Body.DeepClone().AsObject(),
    };

    private JsonObject Vault(SoftDeleted deleted) => new()
    {
        ["id"] = $"{cloud.Subscription}/providers/Microsoft.KeyVault/locations/{deleted.Location}/deletedVaults/{deleted.Name}",
        ["name"] = deleted.Name,
        ["type"] = "Microsoft.KeyVault/deletedVaults",
        ["properties"] = new JsonObject
        {
            ["vaultId"] = deleted.Body["id"]?.DeepClone(),
            ["location"] = deleted.Location,
            ["tags"] = deleted.Body["tags"]?.DeepClone(),
            ["deletionDate"] = Cloud.Iso(deleted.DeletedAt),
            ["scheduledPurgeDate"] = Cloud.Iso(deleted.PurgeAt),
            ["purgeProtectionEnabled"] = deleted.Body["properties"]?["enablePurgeProtection"]?.DeepClone() ?? false,
        },
    };

    private JsonObject Account(SoftDeleted deleted)
    {
        var group = ArmPath.OfId((string)deleted.Body["id"]!).Group;
        var shown = deleted.Body.DeepClone().AsObject();
        shown["id"] = $"{cloud.Subscription}/providers/Microsoft.CognitiveServices/locations/{deleted.Location}/resourceGroups/{group}/deletedAccounts/{deleted.Name}";
        shown["type"] = "Microsoft.CognitiveServices/locations/resourceGroups/deletedAccounts";
        shown["properties"]!["deletionDate"] = Cloud.Iso(deleted.DeletedAt);
        shown["properties"]!["scheduledPurgeDate"] = Cloud.Iso(deleted.PurgeAt);
        return shown;
    }
}
