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
        return write.Existing is null && !restores && write.Cloud.Store.DeletedOf(Type, write.Cloud.Now).Any(deleted => deleted.Key == ArmPath.KeyOf(write.Id))
            ? ArmErrors.Error(409, "FlagMustBeSetForRestore", $"An existing resource with ID '{write.Id}' has been soft-deleted. To restore the resource, you must specify 'restore' to be 'true' in the property. If you don't want to restore existing resource, please purge it first.")
            : null;
    }

    public override void Complete(WriteContext write)
    {
        var domain = write.Text("customSubDomainName");
        write.Properties["endpoint"] = domain is null ? $"https://{write.Location}.api.cognitive.microsoft.com/" : $"https://{domain}.cognitiveservices.azure.com/";
        write.Keep("dateCreated", () => Cloud.Iso(write.Cloud.Now));
        write.Default("publicNetworkAccess", "Enabled");
    }

    public override void Stored(WriteContext write)
    {
        EndpointKeys.Ensure(write.Cloud, write.Id);
        write.Cloud.Store.Purge(write.Id);
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) =>
        action.Equals("listKeys", StringComparison.OrdinalIgnoreCase)
            ? ArmResponse.Ok(new JsonObject { ["key1"] = cloud.Store.Secret(resource.Id, "primaryKey"), ["key2"] = cloud.Store.Secret(resource.Id, "secondaryKey") })
            : null;
}
