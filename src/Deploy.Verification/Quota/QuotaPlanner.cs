using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Environments;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>The arithmetic of quota, apart from reading it.</summary>
public static class QuotaPlanner
{
    private const string Subscription = "subscription";

    /// <summary>One row per limit that the settings touch, in a stable order.</summary>
    /// <param name="settings">The plan.</param>
    /// <param name="subscriptionId">Needed to know which held endpoint is which: endpoint names in Azure follow from it.</param>
    /// <param name="holdings">What the environment already has.</param>
    /// <param name="readings">What Azure said; may be null when the plan has no managed compute, and gives unverified rows when it has.</param>
    /// <param name="catalog">Limits and VM sizes.</param>
    public static IReadOnlyList<QuotaReportRow> Plan(
        EnvironmentSettings settings, string subscriptionId, EnvironmentHoldings holdings, QuotaReadings? readings, AzureCatalog catalog)
    {
        var planned = settings.Endpoints
            .Select(pair => new Planned(pair.Project.Name, pair.Endpoint, Naming.EndpointName(subscriptionId, settings.Stack, pair.Project.Name, pair.Endpoint.Name)))
            .ToArray();
        var serverless = planned.Where(item => item.Endpoint.Compute == ComputeKind.Serverless).ToArray();
        var managed = planned.Where(item => item.Endpoint.Compute == ComputeKind.Managed).ToArray();
        return
        [
            .. ServerlessQuota.Rows(serverless, settings.Location, holdings, catalog.Limits.Serverless),
            .. ManagedQuota.Rows(managed, settings.Location, holdings, readings, catalog),
        ];
    }

    /// <summary>One endpoint of the plan with its name in Azure.</summary>
    internal sealed record Planned(string Project, EndpointSettings Endpoint, string AzureName)
    {
        public string Label => $"{Project}/{Endpoint.Name}";
    }

    /// <summary>A row judged by its numbers.</summary>
    internal static QuotaReportRow Judge(QuotaKind kind, string scope, AzureLocation location, long? used, long? limit, long needed, IReadOnlyList<string> consumers, string? family = null, long reserve = 0, string? unreadable = null)
    {
        var isUnlimited = limit == -1;
        var headroom = isUnlimited ? null : limit - used - needed - reserve;
        var status = needed + reserve == 0 || isUnlimited || headroom >= 0 ? QuotaStatus.Pass
            : headroom is null ? QuotaStatus.Unverified
            : QuotaStatus.Fail;
        return new QuotaReportRow
        {
            Kind = kind,
            Scope = scope,
            Location = location.Name,
            Family = family,
            Used = used,
            Limit = limit,
            Needed = needed,
            Reserve = reserve,
            Headroom = headroom,
            Status = status,
            Reason = Reason(status, unreadable, needed + reserve, limit - used),
            Consumers = consumers,
        };
    }

    internal static string SubscriptionScope => Subscription;

    private static string? Reason(QuotaStatus status, string? unreadable, long wanted, long? free) => status switch
    {
        QuotaStatus.Fail => $"{wanted} needed, {free} free: {wanted - free} too few",
        _ => unreadable,
    };
}
