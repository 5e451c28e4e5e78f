using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>AI Services accounts: control plane only.</summary>
internal sealed class CognitiveAccountBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.CognitiveAccount;

    public override TimeSpan? SoftDeleteFor(StoredResource resource) => TimeSpan.FromHours(48);

    public override ArmResponse? Check(WriteContext write)
    {
        var restores = write.Wanted["restore"] is JsonValue value && value.TryGetValue<bool>(out var wanted) && wanted;
        if (write.Deleted is not null && !restores)
        {
            return ArmErrors.Error(409, "FlagMustBeSetForRestore", $"An existing resource with ID '{write.Id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.");
        }

        return write.Text("customSubDomainName") is { Length: > 0 } domain && write.Cloud.Store.OwnedBy(Type, domain).Any(other => other.Key != ArmPath.KeyOf(write.Id))
            ? ArmErrors.Error(409, "CustomDomainInUse", $"Please pick a different name. The subdomain name '{domain}' is not available as it's already used by a resource.")
            : null;
    }

    public override void Complete(WriteContext write)
    {
        write.Properties.Remove("restore");
        var domain = (string?)write.Properties["customSubDomainName"] ?? write.Text("customSubDomainName");
        write.Properties["endpoint"] = domain is null ? $"https://{write.Location}.api.cognitive.microsoft.com/" : $"https://{domain}.cognitiveservices.azure.com/";
        write.Keep("dateCreated", () => Cloud.Iso(write.Cloud.Now));
        write.Default("publicNetworkAccess", "Enabled");
    }

    public override void Stored(WriteContext write) => EndpointKeys.Ensure(write.Cloud, write.Id);

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) =>
        action.Equals("listKeys", StringComparison.OrdinalIgnoreCase)
            ? ArmResponse.Ok(new JsonObject { ["key1"] = cloud.Store.Secret(resource.Id, "primaryKey"), ["key2"] = cloud.Store.Secret(resource.Id, "secondaryKey") })
            : null;
}
