namespace Deploy.Verification.Reports.Latency;

/// <summary>How slow an endpoint may be.</summary>
public sealed record LatencyLimits
{
    /// <summary>The most that the median of a measure may be, by its name in <see cref="LatencyMeasures"/>; a measure without an entry has no limit.</summary>
    public required IReadOnlyDictionary<string, TimeSpan> Most { get; init; }

    /// <summary>Whether too slow is a failure; else it is a warning.</summary>
    public bool Fails { get; init; }
}
