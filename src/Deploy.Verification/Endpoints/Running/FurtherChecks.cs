using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Running.Checks;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>The checks of an endpoint that has answered <c>chat.basic</c> with status 200, one after another.</summary>
internal sealed class FurtherChecks(Conversation conversation, EndpointSession session, Verdicts verdicts, string? safetyProbe)
{
    // Those that only an endpoint whose chat works is asked.
    private static readonly CheckId[] Finer = [CheckId.ChatParameters, CheckId.ChatSystem, CheckId.ChatExtra, CheckId.Safety];

    /// <param name="reject">The check that no wrong credential is let in.</param>
    /// <param name="latency">What was measured before.</param>
    /// <returns>What was measured, the stream included.</returns>
    public async Task<LatencyReport> RunAsync(RejectCheck reject, LatencyReport latency, CancellationToken cancellationToken)
    {
        await RunAsync(CheckId.AuthRejected, reject.RunAsync, cancellationToken).ConfigureAwait(false);
        await RunAsync(CheckId.ChatStream, StreamAsync, cancellationToken).ConfigureAwait(false);
        if (verdicts[CheckId.ChatBasic].Status is CheckStatus.Fail or CheckStatus.Inconclusive)
        {
            // What follows rests on right answers.
            foreach (var id in Finer)
            {
                verdicts.Record(id, Finding.Skip("Not run, because chat.basic did not pass."));
            }
        }
        else
        {
            await RunFinerAsync(cancellationToken).ConfigureAwait(false);
        }

        return latency;

        async Task<CheckOutcome> StreamAsync(CancellationToken token)
        {
            (var outcome, latency) = await new StreamCheck(conversation).RunAsync(latency, token).ConfigureAwait(false);
            return outcome;
        }
    }

    private async Task RunFinerAsync(CancellationToken cancellationToken)
    {
        var parameters = new ParametersCheck(conversation);
        await RunAsync(CheckId.ChatParameters, parameters.RunAsync, cancellationToken).ConfigureAwait(false);
        await RunAsync(CheckId.ChatSystem, token => new SystemCheck(conversation).RunAsync(parameters.LongPromptTokens, token), cancellationToken).ConfigureAwait(false);
        await RunAsync(CheckId.ChatExtra, new ExtraCheck(conversation).RunAsync, cancellationToken).ConfigureAwait(false);
        var safety = new SafetyCheck(conversation, safetyProbe);
        if (safety.ReasonToSkip is { } reason)
        {
            verdicts.Record(CheckId.Safety, Finding.Skip(reason));
        }
        else
        {
            await RunAsync(CheckId.Safety, safety.RunAsync, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(CheckId id, Func<CancellationToken, Task<CheckOutcome>> check, CancellationToken cancellationToken)
    {
        verdicts.Start(id);
        var started = session.Elapsed;
        var (finding, evidence) = await check(cancellationToken).ConfigureAwait(false);
        // The finer checks come last: when the run's time is used up, that says nothing about the endpoint.
        if (finding.Definition == EndpointErrors.BudgetSpent && Finer.Contains(id))
        {
            finding = Finding.Skip($"Not judged: {finding.Message}");
        }

        verdicts.Record(id, finding, session.Elapsed - started, evidence);
    }
}
