using Azure.Core.Pipeline;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Verifies many endpoints at the same time, each with its own time limit.</summary>
internal sealed class VerificationRun(HttpPipelineTransport transport, RunSettings settings, Random random)
{
    private readonly InferenceClient _client = new(transport, settings.TimeProvider);
    private readonly RunBudget _budget = new(settings.Options, settings.TimeProvider);

    public async Task<VerificationReport> RunAsync(IReadOnlyList<ResolvedEndpoint> endpoints, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var started = settings.TimeProvider.GetTimestamp();
        var slots = new FairSlots(settings.Options.Parallel);
        // Seeds are drawn here, in order, because the source need not be safe for several threads.
        var runs = endpoints.Select(endpoint => (endpoint, Seed: random.Next())).ToArray();
        var reports = await Task.WhenAll(runs.Select(run => RunAsync(run.endpoint, run.Seed, slots, cancellationToken))).ConfigureAwait(false);
        return new() { Endpoints = reports, Budget = _budget.ToReport(), Duration = settings.TimeProvider.GetElapsedTime(started) };
    }

    private async Task<EndpointReport> RunAsync(ResolvedEndpoint endpoint, int seed, FairSlots slots, CancellationToken cancellationToken)
    {
        if (endpoint.Target is not { } target)
        {
            return endpoint.Report!;
        }

        var slot = new EndpointSlot(slots, target.Uri.Authority);
        await slot.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            settings.Progress?.EndpointStarted(target);
            var session = new EndpointSession(target, _client, settings, slot, _budget);
            var report = await RunAsync(new EndpointRun(target, session, settings, seed), cancellationToken).ConfigureAwait(false);
            settings.Progress?.EndpointFinished(target, report);
            return report;
        }
        finally
        {
            slot.Leave();
        }
    }

    private static async Task<EndpointReport> RunAsync(EndpointRun run, CancellationToken cancellationToken)
    {
        try
        {
            return await run.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            // One endpoint must not take the others' verdicts with it.
            return run.ToBrokenReport(exception);
        }
    }
}
