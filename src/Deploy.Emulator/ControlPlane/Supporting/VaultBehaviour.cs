using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

internal sealed class VaultBehaviour : ResourceBehaviour
{
    private const int DefaultRetentionDays = 90;

    public override string Type => ResourceTypes.Vault;

    public override int CreatedStatus => 200;

    public override TimeSpan? SoftDeleteFor(StoredResource resource) =>
        TimeSpan.FromDays(resource.Properties["softDeleteRetentionInDays"] is JsonValue value && value.TryGetValue<int>(out var days) ? days : DefaultRetentionDays);

    public override ArmResponse? Check(WriteContext write)
    {
        if (write.Existing is not null)
        {
            return null;
        }

        if (write.Cloud.Store.Named(Type, write.Name).Count > 0)
        {
            return ArmErrors.Error(409, "VaultAlreadyExists", $"The vault name '{write.Name}' is already in use. Vault names are globally unique so it is possible that the name is already taken.");
        }

        var deleted = Deleted(write);
        var recovers = string.Equals(write.Text("createMode"), "recover", StringComparison.OrdinalIgnoreCase);
        if (deleted is not null && !recovers)
        {
            return ArmErrors.Error(409, "ConflictError", "A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft delete.");
        }

        return deleted is null && recovers ? ArmErrors.Error(404, "NotFound", $"There is no deleted vault named '{write.Name}' to recover.") : null;
    }

    public override void Complete(WriteContext write)
    {
        write.Properties["vaultUri"] = $"https://{write.Name}.vault.azure.net/";
        write.Default("enableSoftDelete", true);
        write.Default("softDeleteRetentionInDays", DefaultRetentionDays);
        write.Default("accessPolicies", new JsonArray());
        write.Default("publicNetworkAccess", "Enabled");
        write.Properties["provisioningState"] = "Succeeded";
    }

    public override void Stored(WriteContext write)
    {
        if (write.Existing is null && Deleted(write) is { } deleted)
        {
            write.Cloud.Store.Purge(deleted.Key);
        }
    }

    private SoftDeleted? Deleted(WriteContext write) =>
        write.Cloud.Store.DeletedNamed(Type, write.Name, write.Cloud.Now) is [{ } deleted, ..] ? deleted : null;
}
