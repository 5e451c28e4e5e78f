using Deploy.Catalog;
using Deploy.Verification.Quota;

namespace Deploy.Preflight.Checks;

/// <summary>Whether the quota suffices: at most a warning, because only Azure decides.</summary>
internal static class QuotaCheck
{
    public static async Task<(IReadOnlyList<PreflightCheck> Checks, QuotaReport? Report)> RunAsync(PreflightRequest request, AzureCatalog catalog, CancellationToken cancellationToken)
    {
        if (request.Azure is not { } azure)
        {
            return ([Findings.NotAsked(PreflightChecks.Quota, "Whether the quota suffices")], null);
        }

        var report = await new QuotaReporter(azure.MachineLearning, catalog).ReportAsync(request.Settings, azure.SubscriptionId, request.Holdings, cancellationToken);
        PreflightCheck[] checks =
        [
            .. report.Rows.Where(row => row.Status == QuotaStatus.Fail).Select(row => Findings.Warn(PreflightChecks.Quota, QuotaErrors.Insufficient.With($"{Subject(row)}: {row.Reason}{Reserve(row)}."))),
            .. report.Rows.Where(row => row.Status == QuotaStatus.Unverified).Select(row => Findings.Unverified(PreflightChecks.Quota, QuotaErrors.Unverified.With($"{Subject(row)}: {row.Reason}"))),
        ];
        return (checks.Length > 0 ? checks : [Findings.Pass(PreflightChecks.Quota, Summary(report))], report);
    }

    private static string Subject(QuotaReportRow row) => row.Kind switch
    {
        QuotaKind.Cores => $"Cores of {row.Family ?? "all families"} in {row.Location} (for {string.Join(", ", row.Consumers)})",
        QuotaKind.Endpoints => $"Online endpoints in {row.Location}",
        QuotaKind.Deployments when row.Scope.Contains('/', StringComparison.Ordinal) => $"Deployments behind {row.Scope}",
        QuotaKind.Deployments => $"Deployments in {row.Location}",
        QuotaKind.Instances => $"Instances of {row.Scope}",
        QuotaKind.DeploymentsPerModel => $"Serverless deployments of {row.Scope}",
        _ => $"{row.Kind} of {row.Scope}",
    };

    private static string Reserve(QuotaReportRow row) => row.Reserve == 0 ? string.Empty : $" ({row.Needed} for the instances, {row.Reserve} as upgrade reserve)";

    private static string Summary(QuotaReport report)
    {
        var cores = report.Rows.Where(row => row is { Kind: QuotaKind.Cores, Family: not null } && row.Needed + row.Reserve > 0)
            .Select(row => $"{row.Needed + row.Reserve} cores of {row.Family}, {(row.Limit == -1 ? "no limit" : $"{row.Limit - row.Used} free")}")
            .ToArray();
        return cores.Length == 0 ? "The quota suffices." : $"The quota suffices: {string.Join("; ", cores)}.";
    }
}
