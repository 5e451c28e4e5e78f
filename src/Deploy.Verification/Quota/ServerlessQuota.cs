using Azure.Core;
using Deploy.Catalog;
using Deploy.Core;

namespace Deploy.Verification.Quota;

/// <summary>The limits of serverless endpoints, which Azure sets per deployment and reports no use of.</summary>
internal static class ServerlessQuota
{
    public static IEnumerable<QuotaReportRow> Rows(
        IReadOnlyList<QuotaPlanner.Planned> planned, AzureLocation location, EnvironmentHoldings holdings, ServerlessLimits limits)
    {
        var held = holdings.Serverless.Select(item => item.Id.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var item in planned)
        {
            yield return Rate(QuotaKind.TokensPerMinute, item, location, limits.TokensPerMinute);
            yield return Rate(QuotaKind.RequestsPerMinute, item, location, limits.RequestsPerMinute);
        }

        foreach (var group in planned.GroupBy(item => (item.Project, item.Endpoint.Model)))
        {
            var used = group.Count(item => held.Contains(item.AzureName));
            yield return QuotaPlanner.Judge(
                QuotaKind.DeploymentsPerModel,
                $"{group.Key.Project}/{group.Key.Model}",
                location,
                used,
                limits.DeploymentsPerModelAndProject,
                group.Count() - used,
                [.. group.Select(item => item.Label)]);
        }
    }

    private static QuotaReportRow Rate(QuotaKind kind, QuotaPlanner.Planned item, AzureLocation location, long limit) => new()
    {
        Kind = kind,
        Scope = item.Label,
        Location = location.Name,
        Limit = limit,
        Status = QuotaStatus.Pass,
        Reason = "per deployment; Azure reports no use of it",
        Consumers = [item.Label],
    };
}
