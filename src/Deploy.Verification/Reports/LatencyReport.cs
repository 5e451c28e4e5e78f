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
}
