using Azure.Core;
using Deploy.Catalog;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>Whether a model can be had, as Azure would decide it at this moment.</summary>
internal static class ModelOffer
{
    public static ArmResponse? CheckServerless(Cloud cloud, string modelId, string location, out CatalogModel? model)
    {
        model = cloud.Catalog.Models.FindByRegistryId(modelId);
        if (modelId.Contains("/versions/", StringComparison.OrdinalIgnoreCase))
        {
            return ArmErrors.UserError($"The model id '{modelId}' names a version. A serverless endpoint always serves the newest: leave the version out.");
        }

        var regions = model is null ? [] : IsReal(cloud) ? model.Serverless.CurrentRegions : model.Serverless.EveryRegion;
        var isOffered = model is { Serverless.IsOffered: true } && CanDeploy(cloud, model) && regions.Any(region => Cloud.Normalize(region.Name) == location);
        return isOffered ? null : ArmErrors.UserError($"The requested model {modelId} is not available in region {cloud.DisplayNameOf(location)}.", "serverless");
    }

    /// <param name="cloud">The cloud.</param>
    /// <param name="modelId">As the deployment names it.</param>
    /// <param name="location">Where the deployment is to be.</param>
    /// <param name="model">Null also when the id is accepted, although nothing can come of it: <see cref="DeploymentStart"/> says so, as Azure does, when the operation ends.</param>
    public static ArmResponse? CheckManaged(Cloud cloud, string modelId, string location, out CatalogModel? model)
    {
        model = cloud.Catalog.Models.FindByRegistryId(modelId);
        var at = modelId.LastIndexOf("/versions/", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            return ArmErrors.UserError($"The model id '{modelId}' names no version. A deployment on managed compute needs '.../versions/<number>'.");
        }

        if (IsOfWorkspace(modelId))
        {
            return cloud.Store.Get(modelId) is null ? null : ArmErrors.NotSupported("deployments of models that a workspace has registered");
        }

        if (cloud.Catalog.Registries.FindByModelId(modelId) is { } registry && !registry.Regions.Contains(new AzureLocation(location)))
        {
            return null;
        }

        if (model is not { Managed.IsOffered: true } || model.HasVersion(modelId[(at + "/versions/".Length)..]) == false)
        {
            return ArmErrors.Error(400, "ModelRegistryError", $"The model '{modelId}' does not exist in the registry.");
        }

        return CanDeploy(cloud, model) ? null : ArmErrors.UserError($"The model '{model.Name}' was deprecated on {model.Lifecycle.Deprecated:yyyy-MM-dd} and cannot be deployed any more.");
    }

    /// <summary>Whether existing endpoints of the model still answer.</summary>
    public static bool IsServed(Cloud cloud, CatalogModel model) => !IsReal(cloud) || model.Lifecycle.At(cloud.Now) != LifecycleStage.Retired;

    private static bool IsOfWorkspace(string modelId) => modelId.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase);

    private static bool CanDeploy(Cloud cloud, CatalogModel model) => !IsReal(cloud) || model.Lifecycle.At(cloud.Now) < LifecycleStage.Deprecated;

    private static bool IsReal(Cloud cloud) => cloud.Options.Lifecycle == LifecycleServing.Real;
}
