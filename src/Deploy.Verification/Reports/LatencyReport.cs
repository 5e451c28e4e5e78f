using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports;

/// <summary>How long the parts of a chat request took. A part that was not seen is null.</summary>
public sealed record LatencyReport
{
    /// <summary>Name resolution, TCP and TLS of the first connection; null when an open connection was used.</summary>
    public TimeSpan? Connect { get; init; }

    /// <summary>From sending a streamed request to its first token.</summary>
    public TimeSpan? FirstToken { get; init; }

    /// <summary>The median time between two tokens of the stream.</summary>
    public TimeSpan? BetweenTokens { get; init; }

    /// <summary>The whole of the request of <c>chat.basic</c>.</summary>
    public TimeSpan? Total { get; init; }

    /// <summary>Repeated measurements; null when they were not asked for.</summary>
    public LatencySamples? Samples { get; init; }

    /// <summary>Each part with its name as reports spell it.</summary>
    public IReadOnlyList<(string Name, TimeSpan? Time)> Measures() =>
        [(LatencyMeasures.Connect, Connect), (LatencyMeasures.FirstToken, FirstToken), (LatencyMeasures.BetweenTokens, BetweenTokens), (LatencyMeasures.Total, Total)];

    /// <summary>What is known of a measure: all repeated measurements, else the one of the checks, else nothing.</summary>
    public IReadOnlyList<TimeSpan> TimesOf(string measure)
    {
        var repeated = Samples?.Measures().Single(item => item.Name == measure).Times ?? [];
        return repeated.Count > 0 ? repeated : Measures().Single(item => item.Name == measure).Time is { } one ? [one] : [];
    }
}
