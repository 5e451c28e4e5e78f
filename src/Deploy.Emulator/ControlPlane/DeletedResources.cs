using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Soft-deleted vaults, AI Services accounts and Log Analytics workspaces: list, show, purge.</summary>
internal sealed class DeletedResources(Cloud cloud)
{
    public ArmResponse? Answer(string method, ArmPath path)
    {
        var collection = path.Trailing ?? (path.Pairs.Count > 0 ? path.Pairs[^1].Type : "");
        var type = (path.Namespace!.ToLowerInvariant(), collection.ToLowerInvariant()) switch
        {
            ("microsoft.keyvault", "deletedvaults") => ResourceTypes.Vault,
            ("microsoft.keyvault", "purge") when path.Pairs[^1].Type.Equals("deletedVaults", StringComparison.OrdinalIgnoreCase) => ResourceTypes.Vault,
            ("microsoft.cognitiveservices", "deletedaccounts") => ResourceTypes.CognitiveAccount,
            ("microsoft.operationalinsights", "deletedworkspaces") => ResourceTypes.LogAnalytics,
            _ => null,
        };
        if (type is null)
        {
            return null;
        }

        var all = cloud.Store.DeletedOf(type, cloud.Now);
        if (path.Trailing is not null && !path.Trailing.Equals("purge", StringComparison.OrdinalIgnoreCase))
        {
            return method == "GET" ? ArmResponse.List(all.Where(deleted => IsBelow(deleted, path.Scope)).Select(Show)) : ArmErrors.NotSupported($"{method} on '{collection}'");
        }

        var found = all.FirstOrDefault(deleted => deleted.Name.Equals(path.Pairs[^1].Name, StringComparison.OrdinalIgnoreCase));
        if (found is null)
        {
            return ArmErrors.Error(404, "DeletedResourceNotFound", $"The deleted resource '{path.Pairs[^1].Name}' does not exist.");
        }

        return (method, path.Trailing) switch
        {
            ("GET", null) => ArmResponse.Ok(Show(found)),
            ("POST", not null) or ("DELETE", null) => Purge(found),
            _ => ArmErrors.NotSupported($"{method} on '{collection}'"),
        };
    }

    private ArmResponse Purge(SoftDeleted deleted)
    {
        if (deleted.Body["properties"]?["enablePurgeProtection"] is JsonValue value && value.TryGetValue<bool>(out var isProtected) && isProtected)
        {
            return ArmErrors.Error(403, "Forbidden", $"Operation \"purge\" is not allowed because purge protection is enabled for this vault. '{deleted.Name}' is purged on {Cloud.Iso(deleted.PurgeAt)}.");
        }

        cloud.Store.Purge(deleted.Key);
        return new ArmResponse(200).AsWrite();
    }

    private JsonObject Show(SoftDeleted deleted)
    {
        var ns = deleted.Type[..deleted.Type.IndexOf('/', StringComparison.Ordinal)];
        var kind = deleted.Type == ResourceTypes.Vault ? "deletedVaults" : deleted.Type == ResourceTypes.CognitiveAccount ? "deletedAccounts" : "deletedWorkspaces";
        return new JsonObject
        {
            ["id"] = $"{cloud.Subscription}/providers/{ns}/locations/{deleted.Location}/{kind}/{deleted.Name}",
            ["name"] = deleted.Name,
            ["type"] = $"{ns}/{kind}",
            ["location"] = deleted.Location,
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
    }

    private static bool IsBelow(SoftDeleted deleted, string scope) => scope.Length == 0 || deleted.Key.StartsWith(ArmPath.KeyOf(scope) + "/", StringComparison.Ordinal);
}
