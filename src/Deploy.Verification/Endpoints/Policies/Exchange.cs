using Deploy.Catalog;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>One request with all its attempts.</summary>
internal sealed record Exchange
{
    /// <summary>At least one, in order; all but the last were followed by a wait.</summary>
    public required IReadOnlyList<ProbeResult> Attempts { get; init; }

    /// <summary>Whether earlier checks had used so much of the time that silence proves nothing.</summary>
    public bool IsCutShort { get; init; }

    /// <summary>Why no further attempt was made after being throttled; null when that did not happen.</summary>
    public string? GaveUp { get; init; }

    public ProbeResult Last => Attempts[^1];

    /// <summary>The status of an attempt before the last that failed for another reason than throttling or starting up; null when there was none.</summary>
    public string? EarlierFailure { get; init; }
}

/// <summary>What policies may know about an endpoint besides the exchange at hand.</summary>
internal sealed record EndpointContext
{
    public required EndpointTarget Target { get; init; }

    /// <summary>Whether the catalog counts the model as retired today.</summary>
    public bool ModelIsRetired { get; init; }

    /// <summary>The retired model's successor; null when none is known.</summary>
    public string? Successor { get; init; }

    /// <summary>What becomes of system messages, as far as the catalog knows the model.</summary>
    public SystemRole SystemRole { get; init; }

    /// <summary>The names of every model that the catalog knows.</summary>
    public IReadOnlyList<string> KnownModels { get; init; } = [];

    /// <summary>Whether <c>/info</c> names the expected model.</summary>
    public bool InfoConfirms { get; init; }

    /// <summary>Where a chat route was found instead of where it should be; null when none was, or none was looked for.</summary>
    public RouteHint? Hint { get; init; }

    /// <summary>Whether <c>/info</c> answered with status 200: then something is deployed there.</summary>
    public bool InfoAnswered { get; init; }
}

/// <summary>What was found when no chat route was where it should be.</summary>
/// <param name="Uri">The base that answers.</param>
/// <param name="IsScoringOnly">Whether only <c>/score</c> answers.</param>
internal sealed record RouteHint(Uri Uri, bool IsScoringOnly);
