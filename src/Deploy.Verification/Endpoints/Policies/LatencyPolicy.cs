using System.Globalization;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges <c>latency</c>: by the limits that were set, and by an earlier run.</summary>
internal static class LatencyPolicy
{
    public static Finding Judge(LatencyReport latency, LatencyLimits? limits, EarlierEndpoint? baseline)
    {
        var medians = LatencyMeasures.All.Select(measure => (Measure: measure, Percentiles.Of([.. latency.TimesOf(measure)])?.P50)).Where(item => item.P50 is not null).ToArray();
        var told = $"Median {string.Join(", ", medians.Select(item => $"{LatencyMeasures.Words(item.Measure)} {Time(item.P50!.Value)}"))}{Count(latency)}.";
        var over = medians.Where(item => limits?.Most.TryGetValue(item.Measure, out var most) == true && item.P50 > most)
            .Select(item => $"{LatencyMeasures.Words(item.Measure)} {Time(item.P50!.Value)}, at most {Time(limits!.Most[item.Measure])} is allowed").ToArray();
        if (over.Length > 0)
        {
            return Finding.Of(limits!.Fails ? EndpointErrors.LatencyOverLimit : EndpointErrors.LatencyHigh, $"Too slow: {string.Join("; ", over)}{Count(latency)}.");
        }

        var changes = LatencyChange.Of(baseline?.Latency, latency);
        var slower = changes.Where(change => change.Kind == ChangeKind.Slower).Select(change => $"{LatencyMeasures.Words(change.Measure)} {Time(change.Before)} then, {Time(change.Now)} now").ToArray();
        if (slower.Length > 0)
        {
            return Finding.Of(EndpointErrors.SlowerThanBaseline, $"Slower than in the earlier run: {string.Join("; ", slower)} (medians{Count(latency)}).");
        }

        if (latency.Samples is { } samples && samples.Answered < samples.Asked)
        {
            return Finding.Of(EndpointErrors.RepeatUnanswered, $"{samples.Asked - samples.Answered} of {samples.Asked} repeated requests got no complete answer. {told}");
        }

        if (changes.Count > 0 && changes.All(change => change.Kind == ChangeKind.TooFew))
        {
            return Finding.Pass($"{told} Too few measurements to compare with the earlier run; use --repeat 5 or more in both.");
        }

        return limits is null && baseline is null && latency.Samples is null
            ? Finding.Skip("Not judged: no limit is set (phi:verify), no --baseline is named, nothing was repeated.")
            : Finding.Pass(told);
    }

    private static string Count(LatencyReport latency) =>
        latency.Samples is { Answered: > 0 } samples ? string.Create(CultureInfo.InvariantCulture, $" of {samples.Answered} measurements") : "";

    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:#,0.#} ms");
}
