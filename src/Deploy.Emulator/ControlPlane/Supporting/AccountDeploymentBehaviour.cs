using System.Globalization;
using Deploy.Catalog;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Deployments in AI Services accounts: stored, and refused as Azure does for models of the catalog that it has deprecated. Nothing answers behind them.</summary>
internal sealed class AccountDeploymentBehaviour : ResourceBehaviour
{
    public override string Type => ResourceTypes.AccountDeployment;

    public override ArmResponse? Check(WriteContext write)
    {
        var model = write.Wanted["model"];
        var name = (string?)model?["name"] ?? "";
        if (write.Cloud.Options.Lifecycle != LifecycleServing.Real
            || write.Cloud.Catalog.Models.FindByRegistryId($"azureml://registries/azureml/models/{name}") is not { } found
            || found.Lifecycle.At(write.Cloud.Now) < LifecycleStage.Deprecated)
        {
            return null;
        }

        var since = found.Lifecycle.Deprecated?.ToString("MM/dd/yyyy", CultureInfo.InvariantCulture);
        return ArmErrors.Error(400, "ServiceModelDeprecated", $"The model 'Format:{model?["format"]},Name:{name},Version:{model?["version"]}' has been deprecated since {since} 00:00:00.");
    }
}
