namespace Deploy.Verification.Reports;

/// <summary>How verdicts add up.</summary>
public static class StatusRule
{
    /// <summary><c>fail</c> if any check fails, else <c>inconclusive</c> if any is or none was judged, else <c>warn</c> or <c>pass</c>.</summary>
    public static CheckStatus OfEndpoint(IReadOnlyList<CheckReport> checks)
    {
        ArgumentNullException.ThrowIfNull(checks);
        return Sum(checks.Select(check => check.Status).Where(status => status != CheckStatus.Skip));
    }

    /// <summary>The same rule over endpoints; a run over no endpoint has nothing to complain about and passes.</summary>
    public static CheckStatus OfRun(IReadOnlyList<EndpointReport> endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        return endpoints.Count == 0 ? CheckStatus.Pass : Sum(endpoints.Select(endpoint => endpoint.Status));
    }

    private static CheckStatus Sum(IEnumerable<CheckStatus> statuses)
    {
        var seen = statuses.ToHashSet();
        return seen.Contains(CheckStatus.Fail) ? CheckStatus.Fail
            : seen.Count == 0 || seen.Contains(CheckStatus.Inconclusive) ? CheckStatus.Inconclusive
            : seen.Contains(CheckStatus.Warn) ? CheckStatus.Warn
            : CheckStatus.Pass;
    }
}
