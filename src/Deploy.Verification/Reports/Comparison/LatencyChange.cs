using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Comparison;

internal enum ChangeKind
{
    /// <summary>Nothing that could not be chance, or nothing worth telling.</summary>
    None,
    Slower,
    Faster,

    /// <summary>So few measurements that no difference could be told from chance.</summary>
    TooFew,
}

/// <summary>How a measure changed between two runs.</summary>
internal sealed record LatencyChange(string Measure, ChangeKind Kind, TimeSpan Before, TimeSpan Now)
{
    // Both must hold: no chance, and large enough to matter. Three measures of an endpoint are judged, hence less than the usual one in twenty.
    private const double Significance = 0.01;
    private const double Ratio = 1.25;
    private static readonly TimeSpan Smallest = TimeSpan.FromMilliseconds(5);

    /// <summary>The measures that both runs have. Connecting is left out: it is the network's, not the endpoint's.</summary>
    public static IReadOnlyList<LatencyChange> Of(LatencyReport? before, LatencyReport? now) => before is null || now is null ? [] :
    [
        .. LatencyMeasures.All.Where(measure => measure != LatencyMeasures.Connect)
            .Select(measure => (measure, Before: before.TimesOf(measure), Now: now.TimesOf(measure)))
            .Where(item => item.Before.Count > 0 && item.Now.Count > 0)
            .Select(item => new LatencyChange(item.measure, Kinds(item.Before, item.Now), Percentiles.Of([.. item.Before])!.P50, Percentiles.Of([.. item.Now])!.P50)),
    ];

    private static ChangeKind Kinds(IReadOnlyList<TimeSpan> before, IReadOnlyList<TimeSpan> now)
    {
        if (RankTest.Smallest(before.Count, now.Count) > Significance)
        {
            return ChangeKind.TooFew;
        }

        return IsGreater(before, now) ? ChangeKind.Slower : IsGreater(now, before) ? ChangeKind.Faster : ChangeKind.None;
    }

    private static bool IsGreater(IReadOnlyList<TimeSpan> left, IReadOnlyList<TimeSpan> right)
    {
        var (less, more) = (Percentiles.Of([.. left])!.P50, Percentiles.Of([.. right])!.P50);
        return more >= less * Ratio && more - less >= Smallest
            && RankTest.Greater([.. left.Select(time => time.TotalMilliseconds)], [.. right.Select(time => time.TotalMilliseconds)]) <= Significance;
    }
}
