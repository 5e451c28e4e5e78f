namespace Deploy.Verification.Reports.Latency;

/// <summary>The measurements of <c>--repeat</c>: one streamed chat request each, over a connection of its own.</summary>
public sealed record LatencySamples
{
    /// <summary>Requests that were sent.</summary>
    public required int Asked { get; init; }

    /// <summary>Requests that were answered in full; only these were measured.</summary>
    public required int Answered { get; init; }

    /// <summary>Name resolution, TCP and TLS.</summary>
    public IReadOnlyList<TimeSpan> Connect { get; init; } = [];

    /// <summary>From sending to the first token.</summary>
    public IReadOnlyList<TimeSpan> FirstToken { get; init; } = [];

    /// <summary>For each answer the median time between two of its tokens.</summary>
    public IReadOnlyList<TimeSpan> BetweenTokens { get; init; } = [];

    /// <summary>From sending to the end of the answer.</summary>
    public IReadOnlyList<TimeSpan> Total { get; init; } = [];

    /// <summary>Each measure with its name as reports spell it.</summary>
    public IReadOnlyList<(string Name, IReadOnlyList<TimeSpan> Times)> Measures() =>
        [(LatencyMeasures.Connect, Connect), (LatencyMeasures.FirstToken, FirstToken), (LatencyMeasures.BetweenTokens, BetweenTokens), (LatencyMeasures.Total, Total)];
}
