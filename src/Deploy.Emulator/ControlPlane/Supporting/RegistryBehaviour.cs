using System.Text.Json.Nodes;
using Deploy.Emulator.ControlPlane.MachineLearning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Container registries.</summary>
internal sealed class RegistryBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.Registry;

    public override ArmResponse? Check(WriteContext write) =>
        write.Cloud.Store.Named(Type, write.Name).Any(other => other.Key != ArmPath.KeyOf(write.Id))
            ? ArmErrors.Error(409, "AlreadyInUse", $"The registry DNS name {write.Name.ToLowerInvariant()}.azurecr.io is already in use.")
            : null;

    public override void Complete(WriteContext write)
    {
        write.Properties["loginServer"] = $"{write.Name.ToLowerInvariant()}.azurecr.io";
        write.Keep("creationDate", () => Cloud.Iso(write.Cloud.Now));
        write.Resource["sku"]!["tier"] = write.Resource["sku"]!["name"]!.DeepClone();
        write.Default("adminUserEnabled", false);
    }

    public override void Stored(WriteContext write) => EndpointKeys.Ensure(write.Cloud, write.Id);

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud)
    {
        if (!action.Equals("listCredentials", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return resource.Properties["adminUserEnabled"] is JsonValue value && value.TryGetValue<bool>(out var isEnabled) && isEnabled
            ? ArmResponse.Ok(new JsonObject
            {
                ["username"] = resource.Name,
                ["passwords"] = new JsonArray(
                    new JsonObject { ["name"] = "password", ["value"] = cloud.Store.Secret(resource.Id, "primaryKey") },
                    new JsonObject { ["name"] = "password2", ["value"] = cloud.Store.Secret(resource.Id, "secondaryKey") }),
            })
            : ArmErrors.Error(400, "UnAuthorizedForCredentialOperations", $"Admin user is disabled for registry {resource.Name}.");
    }
}
