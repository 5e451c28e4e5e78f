using Deploy.Core;

namespace Deploy.Verification.Reports;

/// <summary>The verdict on a run. <see cref="VerificationJson"/> renders it.</summary>
public sealed record VerificationReport
{
    /// <summary>In the order of the targets.</summary>
    public required IReadOnlyList<EndpointReport> Endpoints { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>Null when the run had no budget of its own.</summary>
    public BudgetReport? Budget { get; init; }

    public CheckStatus Status => StatusRule.OfRun(Endpoints);

    /// <summary>10 when an endpoint failed, else 11 when one could not be judged, else 0.</summary>
    public ExitCode ExitCode => Status switch
    {
        CheckStatus.Fail => ExitCode.VerificationFailed,
        CheckStatus.Inconclusive => ExitCode.VerificationInconclusive,
        _ => ExitCode.Ok,
    };

    /// <summary>The error a command ends with: which endpoints, which checks; null when the exit code is 0.</summary>
    public DeployError? ToError() => VerificationErrorSummary.Of(this);
}
