using Azure.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>
/// What verification, quota and preflight read of Azure Machine Learning. Nothing here changes anything; what Azure refuses or lacks is told by
/// <see cref="ReadResult{T}.Status"/>, not by exceptions.
/// </summary>
public interface IMachineLearningReads
{
    /// <summary>The usages of a location: cores in use and allowed, per VM family and in total. GET <c>.../locations/{location}/usages</c>.</summary>
    Task<ReadResult<IReadOnlyList<QuotaUsage>>> ListUsagesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken);

    /// <summary>The quotas assigned to VM families and workspaces of a location. GET <c>.../locations/{location}/quotas</c>.</summary>
    Task<ReadResult<IReadOnlyList<QuotaRow>>> ListQuotasAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken);

    /// <summary>The VM sizes that a location offers to this subscription. GET <c>.../locations/{location}/vmSizes</c>.</summary>
    Task<ReadResult<IReadOnlyList<OfferedVmSize>>> ListVmSizesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken);

    /// <summary>Every resource of one type in the subscription. GET <c>/subscriptions/{id}/resources</c>, api-version 2021-04-01.</summary>
    /// <param name="subscriptionId">The subscription's GUID.</param>
    /// <param name="type">Such as <c>Microsoft.MachineLearningServices/workspaces/onlineEndpoints</c>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    Task<ReadResult<IReadOnlyList<TrackedResource>>> ListResourcesAsync(string subscriptionId, ResourceType type, CancellationToken cancellationToken);

    /// <summary>One serverless endpoint. GET <c>.../workspaces/{project}/serverlessEndpoints/{name}</c>.</summary>
    Task<ReadResult<ServerlessEndpointReading>> GetServerlessEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken);

    /// <summary>One online endpoint. GET <c>.../workspaces/{project}/onlineEndpoints/{name}</c>.</summary>
    Task<ReadResult<OnlineEndpointReading>> GetOnlineEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken);

    /// <summary>The deployments behind an online endpoint. GET <c>.../onlineEndpoints/{name}/deployments</c>.</summary>
    Task<ReadResult<IReadOnlyList<OnlineDeploymentReading>>> ListDeploymentsAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken);

    /// <summary>The keys of a serverless or online endpoint. POST <c>{endpoint}/listKeys</c>.</summary>
    Task<ReadResult<EndpointKeys>> ListKeysAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken);

    /// <summary>A short-lived token of an online endpoint with authMode AMLToken. POST <c>{endpoint}/token</c>.</summary>
    Task<ReadResult<EndpointToken>> GetTokenAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken);
}
