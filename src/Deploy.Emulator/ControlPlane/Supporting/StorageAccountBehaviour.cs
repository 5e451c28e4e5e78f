using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

internal sealed class StorageAccountBehaviour : ResourceBehaviour
{
    private static readonly string[] Services = ["blob", "queue", "table", "file", "web", "dfs"];

    private static readonly string[] KeyNames = ["key1", "key2"];

    public override string Type => ResourceTypes.StorageAccount;

    public override AsyncStyle CreateStyle => AsyncStyle.Location;

    public override string StatusSegment => "asyncoperations";

    public override ArmResponse? Check(WriteContext write) =>
        write.Cloud.Store.Named(Type, write.Name).Any(other => other.Key != ArmPath.KeyOf(write.Id))
            ? ArmErrors.Error(409, "StorageAccountAlreadyTaken", $"The storage account named {write.Name} is already taken.")
            : null;

    public override void Complete(WriteContext write)
    {
        var sku = (string?)write.Resource["sku"]?["name"] ?? "";
        write.Resource["sku"]!["tier"] = sku.StartsWith("Premium", StringComparison.OrdinalIgnoreCase) ? "Premium" : "Standard";
        write.Properties["primaryEndpoints"] = new JsonObject([.. Services.Select(service => KeyValuePair.Create<string, JsonNode?>(service, $"https://{write.Name}.{service}.core.windows.net/"))]);
        write.Properties["primaryLocation"] = write.Location;
        write.Properties["statusOfPrimary"] = "available";
        write.Keep("creationTime", () => Cloud.Iso(write.Cloud.Now));
        write.Default("supportsHttpsTrafficOnly", true);
        write.Default("networkAcls", new JsonObject { ["bypass"] = "AzureServices", ["virtualNetworkRules"] = new JsonArray(), ["ipRules"] = new JsonArray(), ["defaultAction"] = "Allow" });
    }

    public override void Stored(WriteContext write)
    {
        if (write.Existing is null)
        {
            write.Cloud.Store.SetSecret(write.Id, "key1", NewKey());
            write.Cloud.Store.SetSecret(write.Id, "key2", NewKey());
        }
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud)
    {
        switch (action.ToLowerInvariant())
        {
            case "listkeys":
                return ArmResponse.Ok(Keys(resource, cloud));
            case "regeneratekey":
                var name = (string?)body?["keyName"] ?? "";
                if (name is not ("key1" or "key2"))
                {
                    return ArmErrors.BadRequest($"There is no key '{name}'; there are key1 and key2.");
                }

                cloud.Store.SetSecret(resource.Id, name, NewKey());
                return ArmResponse.Ok(Keys(resource, cloud)).AsWrite();
            default:
                return null;
        }
    }

    private static JsonObject Keys(StoredResource account, Cloud cloud) => new()
    {
        ["keys"] = new JsonArray([.. KeyNames.Select(name => new JsonObject
        {
            ["creationTime"] = account.Properties["creationTime"]?.DeepClone(),
            ["keyName"] = name,
            ["value"] = cloud.Store.Secret(account.Id, name),
            ["permissions"] = "FULL",
        })]),
    };

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
}
