using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>Reads what Azure says about quota and reports it against the settings.</summary>
public sealed class QuotaReporter
{
    private static readonly ResourceType OnlineEndpoints = new("Microsoft.MachineLearningServices/workspaces/onlineEndpoints");
    private static readonly ResourceType OnlineDeployments = new("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments");

    private readonly IMachineLearningReads _reads;
    private readonly AzureCatalog _catalog;

    public QuotaReporter(IMachineLearningReads reads, AzureCatalog catalog)
    {
        _reads = reads;
        _catalog = catalog;
    }

    /// <summary>Reports every limit that the settings touch. What Azure does not tell makes a row unverified; nothing is thrown for it.</summary>
    /// <param name="settings">The plan.</param>
    /// <param name="subscriptionId">The subscription that the environment lives in.</param>
    /// <param name="holdings">What the environment already has.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<QuotaReport> ReportAsync(EnvironmentSettings settings, string subscriptionId, EnvironmentHoldings holdings, CancellationToken cancellationToken)
    {
        var readings = await ReadAsync(settings, subscriptionId, cancellationToken);
        return new QuotaReport { Rows = QuotaPlanner.Plan(settings, subscriptionId, holdings, readings, _catalog) };
    }

    private async Task<QuotaReadings?> ReadAsync(EnvironmentSettings settings, string subscriptionId, CancellationToken cancellationToken)
    {
        // The limits of serverless endpoints are per deployment and Azure reports no use of them.
        if (settings.Endpoints.All(pair => pair.Endpoint.Compute == ComputeKind.Serverless))
        {
            return null;
        }

        var usages = _reads.ListUsagesAsync(subscriptionId, settings.Location, cancellationToken);
        var sizes = _reads.ListVmSizesAsync(subscriptionId, settings.Location, cancellationToken);
        var endpoints = _reads.ListResourcesAsync(subscriptionId, OnlineEndpoints, cancellationToken);
        var deployments = _reads.ListResourcesAsync(subscriptionId, OnlineDeployments, cancellationToken);
        return new QuotaReadings
        {
            Usages = await usages,
            VmSizes = await sizes,
            OnlineEndpoints = await endpoints,
            OnlineDeployments = await deployments,
        };
    }
}
