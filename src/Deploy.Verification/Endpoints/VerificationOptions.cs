using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Endpoints;

/// <summary>How much time and how many requests a run may take.</summary>
public sealed record VerificationOptions
{
    /// <summary>Bounds all checks of one endpoint together, waiting for <c>Retry-After</c> included; default 60 s.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// Added to <see cref="Timeout"/> for an endpoint that is not there yet: no connection, 424 without a model's answer, 502, 503, 504, no traffic.
    /// Default zero: what is not ready now is judged now.
    /// </summary>
    public TimeSpan Wait { get; init; } = TimeSpan.Zero;

    /// <summary>
    /// Endpoints verified at the same time; default 32. Within one endpoint, requests follow one another. One that waits (<c>Retry-After</c>, readiness) lets another
    /// go on; hosts take turns.
    /// </summary>
    public int Parallel { get; init; } = 32;

    /// <summary>Tokens a first answer may take; default 64. An answer that is cut by it gets one more try with <see cref="LongAnswerTokens"/>.</summary>
    public int AnswerTokens { get; init; } = 64;

    /// <summary>Tokens the second try of an answer that was cut may take (models that think aloud); default 2,048.</summary>
    public int LongAnswerTokens { get; init; } = 2048;

    /// <summary>
    /// Requests one endpoint may take, repetitions included, waiting for readiness not; default 60. A healthy endpoint takes about 13. What is not asked
    /// because of it is reported so.
    /// </summary>
    public int MostRequests { get; init; } = 60;

    /// <summary>Tokens one endpoint may take before nothing more is asked; default 20,000. A healthy endpoint takes about 600, a reasoning model some thousands.</summary>
    public long MostTokens { get; init; } = 20_000;

    /// <summary>Requests that all endpoints of the run may take together; null for no such limit.</summary>
    public long? RunRequests { get; init; }

    /// <summary>Tokens that all endpoints may take together; what an answer may have at most is reserved before it is asked for. Null for no such limit.</summary>
    public long? RunTokens { get; init; }

    /// <summary>Time that the run may take, waiting for readiness included; null for no such limit.</summary>
    public TimeSpan? RunTime { get; init; }

    /// <summary>Measurements of latency for each endpoint; 1, the default, takes those of the checks.</summary>
    public int Repeat { get; init; } = 1;

    /// <summary>How slow an endpoint may be; null for no limit.</summary>
    public LatencyLimits? LatencyLimits { get; init; }

    /// <summary>An earlier run to compare latency with; null for none.</summary>
    public EarlierRun? Baseline { get; init; }

    /// <summary>
    /// A text that an endpoint with content safety must filter. Sent as a user message, and never repeated in a report. Null, the default, skips the check
    /// <c>safety</c>: which text is harmful enough is the user's to say.
    /// </summary>
    public string? SafetyProbe { get; init; }
}
