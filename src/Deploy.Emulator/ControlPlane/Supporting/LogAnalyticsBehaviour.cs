using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

internal sealed class LogAnalyticsBehaviour : ResourceBehaviour
{
    private static readonly TimeSpan Retention = TimeSpan.FromDays(14);

    public override string Type => ResourceTypes.LogAnalytics;

    public override TimeSpan? SoftDeleteFor(StoredResource resource) => Retention;

    // A deleted workspace comes back when it is written again where it was; anywhere else its name is taken. Source: Azure Monitor, "Delete and recover a workspace".
    public override ArmResponse? Check(WriteContext write) =>
        write.Existing is null && write.Cloud.Store.DeletedNamed(Type, write.Name, write.Cloud.Now).Any(deleted => deleted.Key != ArmPath.KeyOf(write.Id) || deleted.Location != write.Location)
            ? ArmErrors.Error(409, "Conflict", $"The workspace name '{write.Name}' is not unique", "name")
            : null;

    public override void Complete(WriteContext write)
    {
        var now = Cloud.Iso(write.Cloud.Now);
        write.Keep("customerId", () => Guid.NewGuid().ToString());
        write.Keep("createdDate", () => now);
        write.Properties["modifiedDate"] = now;
        write.Default("sku", new JsonObject { ["name"] = "PerGB2018" });
        write.Default("retentionInDays", 30);
        write.Default("publicNetworkAccessForIngestion", "Enabled");
        write.Default("publicNetworkAccessForQuery", "Enabled");
    }

    public override void Stored(WriteContext write)
    {
        if (write.Existing is null)
        {
            write.Cloud.Store.SetSecret(write.Id, "primary", Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
            write.Cloud.Store.SetSecret(write.Id, "secondary", Convert.ToBase64String(RandomNumberGenerator.GetBytes(64)));
        }
    }

    public override ArmResponse? Act(string action, StoredResource resource, JsonObject? body, Cloud cloud) =>
        action.Equals("sharedKeys", StringComparison.OrdinalIgnoreCase)
            ? ArmResponse.Ok(new JsonObject { ["primarySharedKey"] = cloud.Store.Secret(resource.Id, "primary"), ["secondarySharedKey"] = cloud.Store.Secret(resource.Id, "secondary") })
            : null;
}
