using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>Reads what Azure says about quota and reports it against settings.</summary>
public sealed class QuotaReporter
{
    private static readonly ResourceType OnlineEndpoints = new("Microsoft.MachineLearningServices/workspaces/onlineEndpoints");
    private static readonly ResourceType OnlineDeployments = new("Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments");
    private static readonly ResourceType ServerlessEndpoints = new("Microsoft.MachineLearningServices/workspaces/serverlessEndpoints");

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
    public Task<QuotaReport> ReportAsync(EnvironmentSettings settings, string subscriptionId, EnvironmentHoldings holdings, CancellationToken cancellationToken) =>
        ReportAsync([new QuotaEnvironment { Settings = settings, SubscriptionId = subscriptionId, Holdings = holdings }], null, cancellationToken);

    /// <summary>The same for environments of one subscription and location, whose needs add up.</summary>
    /// <param name="environments">At least one.</param>
    /// <param name="held">Resource IDs of every stack of the project, compared without case, to find orphans; null not to look for them.</param>
    /// <param name="cancellationToken">Ends the reads.</param>
    public async Task<QuotaReport> ReportAsync(IReadOnlyList<QuotaEnvironment> environments, IReadOnlySet<string>? held, CancellationToken cancellationToken)
    {
        var readings = await ReadAsync(environments, held is not null, cancellationToken);
        return Report(environments, readings, held, _catalog);
    }

    /// <summary>The report when there is no way to Azure: everything that is needed is unverified.</summary>
    public static QuotaReport Unread(IReadOnlyList<QuotaEnvironment> environments, Core.DeployError why, AzureCatalog catalog) =>
        Report(environments, QuotaReadings.Failed(why), new HashSet<string>(), catalog);

    private static QuotaReport Report(IReadOnlyList<QuotaEnvironment> environments, QuotaReadings readings, IReadOnlySet<string>? held, AzureCatalog catalog)
    {
        var (orphans, reason) = held is null ? default : OrphanSearch.Find(readings, environments[0].Settings.Location, held);
        return new QuotaReport
        {
            Rows = QuotaPlanner.Plan(environments, readings, catalog),
            Stacks = [.. environments.Select(environment => environment.Settings.Stack.Value)],
            Orphans = orphans,
            OrphansReason = reason,
        };
    }

    private async Task<QuotaReadings> ReadAsync(IReadOnlyList<QuotaEnvironment> environments, bool withOrphans, CancellationToken cancellationToken)
    {
        var (subscription, location) = (environments[0].SubscriptionId, environments[0].Settings.Location);
        var computes = environments.SelectMany(environment => environment.Settings.Endpoints).Select(pair => pair.Endpoint.Compute).ToHashSet();
        var managed = computes.Contains(ComputeKind.Managed);
        var usages = managed ? _reads.ListUsagesAsync(subscription, location, cancellationToken) : null;
        var sizes = managed ? _reads.ListVmSizesAsync(subscription, location, cancellationToken) : null;
        var endpoints = managed || withOrphans ? _reads.ListResourcesAsync(subscription, OnlineEndpoints, cancellationToken) : null;
        var deployments = managed || withOrphans ? _reads.ListResourcesAsync(subscription, OnlineDeployments, cancellationToken) : null;
        var serverless = computes.Contains(ComputeKind.Serverless) || withOrphans ? await _reads.ListResourcesAsync(subscription, ServerlessEndpoints, cancellationToken) : null;
        return new QuotaReadings
        {
            Usages = usages is null ? null : await usages,
            VmSizes = sizes is null ? null : await sizes,
            OnlineEndpoints = endpoints is null ? null : await endpoints,
            OnlineDeployments = deployments is null ? null : await deployments,
            ServerlessEndpoints = serverless,
            Strangers = await StrangersAsync(environments, serverless?.Value ?? [], cancellationToken),
        };
    }

    /// <summary>The serverless endpoints in the environments' own projects that no state holds: each may be of a model that is planned.</summary>
    private async Task<IReadOnlyList<ReadResult<ServerlessEndpointReading>>> StrangersAsync(
        IReadOnlyList<QuotaEnvironment> environments, IReadOnlyList<TrackedResource> all, CancellationToken cancellationToken)
    {
        var workspaces = PlannedEndpoint.Of(environments).Where(item => item.Endpoint.Compute == ComputeKind.Serverless).Select(item => item.Workspace()?.ToString()).OfType<string>().ToHashSet(StringComparer.OrdinalIgnoreCase);
        var held = environments.SelectMany(environment => environment.Holdings.Serverless).Select(item => item.Id.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var strangers = all.Select(resource => resource.Id).Where(id => !held.Contains(id.ToString()) && workspaces.Contains(id.Parent?.ToString() ?? ""));
        return await Task.WhenAll(strangers.Select(id => _reads.GetServerlessEndpointAsync(id, cancellationToken)));
    }
}
