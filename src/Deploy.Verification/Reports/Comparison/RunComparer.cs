using System.Globalization;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Comparison;

/// <summary>Says what differs between an earlier run and a report.</summary>
public static class RunComparer
{
    public static RunComparison Compare(EarlierRun baseline, VerificationReport report)
    {
        ArgumentNullException.ThrowIfNull(baseline);
        ArgumentNullException.ThrowIfNull(report);
        var names = report.Endpoints.Select(endpoint => endpoint.FullName).ToHashSet(StringComparer.Ordinal);
        return new()
        {
            BaselineStartedAt = baseline.StartedAt,
            Differences =
            [
                .. report.Endpoints.SelectMany(endpoint => Differences(baseline.Find(endpoint.FullName), endpoint)),
                .. baseline.Endpoints.Where(endpoint => !names.Contains(endpoint.FullName))
                    .Select(endpoint => new Difference(endpoint.FullName, "endpoint", VerificationJson.Text(endpoint.Status), "not there", IsWorse: true)),
            ],
        };
    }

    private static IEnumerable<Difference> Differences(EarlierEndpoint? before, EndpointReport now)
    {
        if (before is null)
        {
            return [new(now.FullName, "endpoint", "not there", VerificationJson.Text(now.Status), IsWorse: false)];
        }

        var model = before.Model == now.Model ? [] : new[] { new Difference(now.FullName, "model", before.Model ?? "unknown", now.Model ?? "unknown", IsWorse: false) };
        // What is slower has its own lines, with numbers.
        var checks = now.Checks.Where(check => check.Id != CheckId.Latency && before.Checks.TryGetValue(check.Id.Value, out var earlier) && earlier != check.Status)
            .Select(check => (check, Earlier: before.Checks[check.Id.Value]))
            .Select(item => new Difference(
                now.FullName, item.check.Id.Value, VerificationJson.Text(item.Earlier), VerificationJson.Text(item.check.Status), Rank(item.check.Status) > Rank(item.Earlier)));
        var times = LatencyChange.Of(before.Latency, now.Latency).Where(change => change.Kind is ChangeKind.Slower or ChangeKind.Faster)
            .Select(change => new Difference(now.FullName, LatencyMeasures.Words(change.Measure), Time(change.Before), Time(change.Now), change.Kind == ChangeKind.Slower));
        return [.. model, .. checks, .. times];
    }

    // That a check was not run says nothing about the endpoint.
    private static int Rank(CheckStatus status) => status switch
    {
        CheckStatus.Warn => 1,
        CheckStatus.Inconclusive => 2,
        CheckStatus.Fail => 3,
        _ => 0,
    };

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:#,0.#} ms");
}
