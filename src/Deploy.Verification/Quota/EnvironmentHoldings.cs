using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure.MachineLearning;

namespace Deploy.Verification.Quota;

/// <summary>What an environment already has in Azure: it need not be taken from the quota again, and its names are not taken by others.</summary>
public sealed record EnvironmentHoldings
{
    private const string ServerlessType = "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints";
    private const string OnlineType = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
    private const string DeploymentType = OnlineType + "/deployments";

    /// <summary>An environment of which nothing exists yet.</summary>
    public static EnvironmentHoldings None { get; } = new() { Serverless = [], OnlineEndpoints = [], Deployments = [], Others = [] };

    public required IReadOnlyList<HeldServerless> Serverless { get; init; }

    public required IReadOnlyList<ResourceIdentifier> OnlineEndpoints { get; init; }

    public required IReadOnlyList<HeldDeployment> Deployments { get; init; }

    /// <summary>Every other resource.</summary>
    public required IReadOnlyList<ResourceIdentifier> Others { get; init; }

    /// <summary>Every resource it has.</summary>
    public IEnumerable<ResourceIdentifier> Ids =>
        [.. Serverless.Select(item => item.Id), .. OnlineEndpoints, .. Deployments.Select(item => item.Id), .. Others];

    public bool IsEmpty => Serverless.Count + OnlineEndpoints.Count + Deployments.Count + Others.Count == 0;

    /// <summary>Reads the resources of a stack's state.</summary>
    /// <param name="resources">
    /// The ARM ID of each resource, and its outputs in the shape of azure-native 3.x (<c>properties.modelSettings.modelId</c>, <c>properties.instanceType</c>, <c>sku.capacity</c>)
    /// or of ARM itself, which has the same names. What has no ARM ID is left out by the caller.
    /// </param>
    public static EnvironmentHoldings From(IEnumerable<(ResourceIdentifier Id, JsonObject Outputs)> resources)
    {
        var all = resources.ToLookup(resource => resource.Id.ResourceType.ToString(), StringComparer.OrdinalIgnoreCase);
        string[] known = [ServerlessType, OnlineType, DeploymentType];
        return new EnvironmentHoldings
        {
            Serverless = [.. all[ServerlessType].Select(item => new HeldServerless(item.Id, item.Outputs.Child("properties")?.Child("modelSettings")?.Text("modelId")))],
            OnlineEndpoints = [.. all[OnlineType].Select(item => item.Id)],
            Deployments = [.. all[DeploymentType].Select(item => new HeldDeployment(
                item.Id, item.Outputs.Child("properties")?.Text("instanceType"), (int)(item.Outputs.Child("sku")?.Integer("capacity") ?? 1))
            {
                ModelId = item.Outputs.Child("properties")?.Text("model"),
            })],
            Others = [.. all.Where(group => !known.Contains(group.Key, StringComparer.OrdinalIgnoreCase)).SelectMany(group => group).Select(item => item.Id)],
        };
    }
}

/// <param name="ModelId">Such as <c>azureml://registries/azureml/models/Phi-4</c>; null when the state does not say.</param>
public sealed record HeldServerless(ResourceIdentifier Id, string? ModelId);

/// <param name="InstanceType">The VM size; null when the state does not say.</param>
public sealed record HeldDeployment(ResourceIdentifier Id, string? InstanceType, int Instances)
{
    /// <summary>The name in Azure of the online endpoint that it stands behind.</summary>
    public string EndpointName => Id.Parent?.Name ?? string.Empty;

    /// <summary>Such as <c>azureml://registries/azureml/models/Phi-4/versions/8</c>; null when the state does not say.</summary>
    public string? ModelId { get; init; }
}
