using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Subscriptions to models of other publishers; Microsoft's own need none.</summary>
internal sealed class MarketplaceSubscriptionBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.MarketplaceSubscription;

    public override AsyncStyle CreateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle UpdateStyle => AsyncStyle.AzureAsyncOperation;

    public override AsyncStyle DeleteStyle => AsyncStyle.Location;

    public override string StatusSegment => "mfeOperationsStatus";

    public override ArmResponse? Check(WriteContext write)
    {
        var modelId = write.Text("modelId") ?? "";
        return write.Cloud.Catalog.Models.FindByRegistryId(modelId) switch
        {
            { NeedsMarketplaceSubscription: false } => ArmErrors.UserError($"The model {modelId} is Microsoft's own and needs no marketplace subscription."),
            null when !modelId.StartsWith("azureml://registries/", StringComparison.OrdinalIgnoreCase) => ArmErrors.UserError($"'{modelId}' is not the id of a model in a registry."),
            _ => null,
        };
    }

    public override void Complete(WriteContext write)
    {
        var modelId = write.Text("modelId")!;
        var registry = modelId.Split('/', StringSplitOptions.RemoveEmptyEntries) is [_, _, var name, ..] ? name : "unknown";
        write.Properties["marketplaceSubscriptionStatus"] = "Subscribed";
        write.Properties["marketplacePlan"] = new JsonObject { ["publisherId"] = registry, ["offerId"] = modelId[(modelId.LastIndexOf('/') + 1)..].ToLowerInvariant(), ["planId"] = "consumption" };
    }
}
