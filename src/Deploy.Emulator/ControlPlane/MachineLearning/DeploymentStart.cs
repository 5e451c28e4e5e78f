using Azure.Core;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>
/// What Azure needs to start an online deployment, in the order in which it looks: network, what the workspace stands on, model, environment, rights of the endpoint's identity,
/// secrets. Each case is one of "Troubleshoot online endpoint deployment".
/// </summary>
internal sealed class DeploymentStart
{
    private static readonly string[] WorkspaceParts = ["storageAccount", "keyVault", "containerRegistry"];

    private readonly Cloud _cloud;
    private readonly StoredResource _deployment;
    private readonly StoredResource _endpoint;
    private readonly StoredResource _workspace;
    private readonly EndpointIdentity _identity;

    public DeploymentStart(Cloud cloud, StoredResource deployment)
    {
        _cloud = cloud;
        _deployment = deployment;
        _endpoint = cloud.Store.Get(ArmPath.OfId(deployment.Id).ParentId)!;
        _workspace = cloud.Store.Get(ArmPath.OfId(_endpoint.Id).ParentId)!;
        _identity = new EndpointIdentity(cloud, _endpoint, _workspace);
    }

    /// <summary>Null when nothing is in the way.</summary>
    public OperationFailure? Failure() => Network() ?? Dependencies() ?? Model() ?? Environment() ?? Authorization() ?? Secrets();

    private OperationFailure? Network() => ManagedNetwork.IsReady(_workspace, _cloud) ? null : DeploymentFailure.Of(
        "WorkspaceManagedNetworkNotReady", $"The managed virtual network of the workspace '{_workspace.Name}' is not provisioned yet. Provision it before you create an online deployment.");

    private OperationFailure? Dependencies()
    {
        var parts = WorkspaceParts.Select(part => (string?)_workspace.Properties[part]);
        var assets = new[] { (string?)_deployment.Properties["environmentId"], (string?)_deployment.Properties["codeConfiguration"]?["codeId"] };
        var missing = parts.Concat(assets).FirstOrDefault(id => id is not null && id.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && _cloud.Store.Get(id) is null);
        return missing is null ? null : DeploymentFailure.Of("ResourceNotFound", $"Azure Resource Manager can't find a required resource: '{missing}'.", 404);
    }

    private OperationFailure? Model()
    {
        var modelId = (string?)_deployment.Properties["model"] ?? "";
        if (modelId.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) && _cloud.Store.Get(modelId) is null)
        {
            return DeploymentFailure.Of("BadArgument", $"Unable to download user model '{modelId}': it is not registered.");
        }

        if (_cloud.Catalog.Registries.FindByModelId(modelId) is not { } registry || registry.Regions.Contains(new AzureLocation(_deployment.Location)))
        {
            return null;
        }

        return new OperationFailure("ModelRegistryError",
            $"Invalid region {_deployment.Location} for operation consume in registry {registry.Name}. Region {_deployment.Location} is not a supported region for registry {registry.Name}. " +
            $"Supported regions are {string.Join(", ", registry.Regions.Select(region => region.Name))}. Please make sure to have run an updated ARM deployment with the new region, before trying to consume in it");
    }

    private OperationFailure? Environment()
    {
        if ((string?)_deployment.Properties["environmentId"] is not { } id || _cloud.Store.Get(id) is not { } environment)
        {
            return null;
        }

        return environment.Properties["build"] is not null || environment.Properties["condaFile"] is not null ? Build() : Image((string?)environment.Properties["image"] ?? "");
    }

    // An image is built by the workspace's registry, which can do so behind a network only with a compute of the workspace.
    private OperationFailure? Build()
    {
        var registry = (string?)_workspace.Properties["containerRegistry"] is { } id ? _cloud.Store.Get(id) : null;
        return registry is null || !IsPrivate(registry) || _workspace.Properties["imageBuildCompute"] is not null ? null : DeploymentFailure.Of(
            "ImageBuildFailure", $"The image build failed to communicate with the workspace's container registry '{registry.Properties["loginServer"]}': it is private, and the workspace has no image build compute.");
    }

    private OperationFailure? Image(string image)
    {
        var host = image.Split('/')[0];
        if (!host.EndsWith(".azurecr.io", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        if (_cloud.Store.Named(ResourceTypes.Registry, host[..^".azurecr.io".Length]) is not [{ } registry, ..])
        {
            return DeploymentFailure.Of("BadArgument", $"Unable to download user container image '{image}': there is no container registry '{host}'.");
        }

        return !IsPrivate(registry) && _identity.Can("Microsoft.ContainerRegistry/registries/pull/read", registry.Id) ? null : DeploymentFailure.Of(
            "ResourceNotFound", $"Container registry authorization error: '{host}' is private or otherwise inaccessible to the endpoint's identity.", 404);
    }

    // A system-assigned identity is given these by the service.
    private OperationFailure? Authorization()
    {
        var storage = (string?)_workspace.Properties["storageAccount"];
        var registry = (string?)_workspace.Properties["containerRegistry"];
        var isAllowed = _identity.IsSystemAssigned
            || ((storage is null || _identity.CanWithData("Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read", storage))
                && (registry is null || _identity.Can("Microsoft.ContainerRegistry/registries/pull/read", registry)));
        return isAllowed ? null : DeploymentFailure.Of("BadArgument", "Startup task failed due to authorization error.");
    }

    private OperationFailure? Secrets() => new SecretReferences(_cloud, _workspace, _identity).Fault(_deployment.Properties["environmentVariables"]) is { } fault
        ? DeploymentFailure.Of("SecretsInjectionError", fault)
        : null;

    private static bool IsPrivate(StoredResource registry) => string.Equals((string?)registry.Properties["publicNetworkAccess"], "Disabled", StringComparison.OrdinalIgnoreCase);
}
