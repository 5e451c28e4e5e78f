using Deploy.Core;
using Deploy.Environments;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports.Comparison;

namespace Deploy.Verification.Reports;

/// <summary>What one run of <c>deploy verify</c> or <c>deploy up</c> came to: what every format of a report is written from.</summary>
public sealed record RunReport
{
    /// <summary>The verb: <c>verify</c> or <c>up</c>.</summary>
    public required string Command { get; init; }

    /// <summary>Null for an endpoint that was given by its URI.</summary>
    public string? Stack { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary><c>succeeded</c>, <c>failed</c>, <c>cancelled</c> or <c>refused</c>, as in the command's own document.</summary>
    public required string Result { get; init; }

    /// <summary>Every error of the command, the deciding one first.</summary>
    public IReadOnlyList<DeployError> Errors { get; init; } = [];

    /// <summary>Null when the command ended before it, or without it: see <see cref="NotVerified"/>.</summary>
    public VerificationReport? Verification { get; init; }

    /// <summary>Why nothing was verified, as a sentence; null when something was.</summary>
    public NotVerified? NotVerified { get; init; }

    /// <summary>Null when the command did not get to it, or has none.</summary>
    public QuotaReport? Quota { get; init; }

    /// <summary>What differs from an earlier run; null when none was named.</summary>
    public RunComparison? Comparison { get; init; }

    /// <summary>Earlier runs, the oldest first.</summary>
    public IReadOnlyList<EarlierRun> History { get; init; } = [];

    /// <summary>Where an endpoint (<see cref="EndpointReport.FullName"/>) is written in the settings; empty when there are none.</summary>
    public IReadOnlyDictionary<string, SourceMark> Sources { get; init; } = new Dictionary<string, SourceMark>();

    /// <summary>What help links, such as <c>docs/errors.md#dep4301</c>, are relative to; null when the pages have no address that is known.</summary>
    public Uri? HelpRoot { get; init; }

    public StatusCounts Endpoints => StatusCounts.Of((Verification?.Endpoints ?? []).Select(endpoint => endpoint.Status));

    public StatusCounts Checks => StatusCounts.Of((Verification?.Endpoints ?? []).SelectMany(endpoint => endpoint.Checks).Select(check => check.Status));

    /// <summary>Requests and tokens of all endpoints.</summary>
    public CostReport Cost => new()
    {
        Requests = (Verification?.Endpoints ?? []).Sum(endpoint => endpoint.Cost.Requests),
        Tokens = (Verification?.Endpoints ?? []).Sum(endpoint => endpoint.Cost.Tokens),
    };

    /// <summary>The errors that are not merely the sum of verdicts which the report shows one by one.</summary>
    public IEnumerable<DeployError> OtherErrors =>
        Errors.Where(error => error.Definition != EndpointErrors.VerificationFailed && error.Definition != EndpointErrors.VerificationInconclusive);
}

/// <param name="Reason">Why, as a sentence.</param>
/// <param name="IsWanted">Whether the user left it out, rather than the command having ended before it.</param>
public sealed record NotVerified(string Reason, bool IsWanted);
