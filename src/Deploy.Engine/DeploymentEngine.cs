using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Execution;
using Deploy.Engine.Providers;
using Deploy.Engine.Values;

namespace Deploy.Engine;

/// <summary>
/// The embedded engine: runs a Pulumi program against the official protocol, plans what its resources need, and does it through providers in this process.
/// </summary>
/// <param name="providers">The packages that can be used.</param>
/// <param name="time">The clock.</param>
public sealed class DeploymentEngine(IReadOnlyList<IProviderFactory> providers, TimeProvider time)
{
    /// <summary>Runs one operation to its end. Faults of any kind are in the result; nothing is thrown but programming errors.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="sink">Receives everything that happens, as it happens.</param>
    /// <param name="graceful">Cancelled: begin nothing new, finish what is in flight, save, end with <see cref="RunResult.Cancelled"/>.</param>
    /// <param name="abort">Cancelled: give up what is in flight; the journal keeps what is known, and the next run continues from it.</param>
    public async Task<EngineResult> RunAsync(EngineRequest request, IEngineEventSink sink, CancellationToken graceful, CancellationToken abort)
    {
        var started = time.GetTimestamp();
        try
        {
            if (request.ExpectNoChanges && PlanOf(request.Operation) is { } plan)
            {
                var planned = await RunOnceAsync(request with { Operation = plan }, new SilentSink(), graceful, abort);
                if (planned.Result != RunResult.Succeeded)
                {
                    return planned with { Duration = time.GetElapsedTime(started) };
                }
            }

            return await RunOnceAsync(request, sink, graceful, abort);
        }
        catch (DeployException exception)
        {
            return Ended(RunResult.Refused, exception.Error, started);
        }
        catch (OperationCanceledException) when (graceful.IsCancellationRequested || abort.IsCancellationRequested)
        {
            return Ended(RunResult.Cancelled, EngineErrors.Cancelled.With("the run was cancelled before anything was touched"), started);
        }
    }

    private Task<EngineResult> RunOnceAsync(EngineRequest request, IEngineEventSink sink, CancellationToken graceful, CancellationToken abort) =>
        new DeploymentRun(request, providers, sink, time).ExecuteAsync(graceful, abort);

    private static EngineOperation? PlanOf(EngineOperation operation) => operation switch
    {
        EngineOperation.Update => EngineOperation.Preview,
        EngineOperation.Destroy => EngineOperation.PreviewDestroy,
        EngineOperation.Refresh => EngineOperation.PreviewRefresh,
        _ => null,
    };

    private EngineResult Ended(RunResult result, DeployError error, long started) => new()
    {
        Result = result,
        Error = error,
        Changes = ChangeSummary.None,
        Outputs = PropertyMap.Empty,
        Duration = time.GetElapsedTime(started),
    };

    private sealed class SilentSink : IEngineEventSink
    {
        public void Emit(EngineEvent engineEvent)
        {
            // The plan is only asked whether it holds changes; its result carries its error.
        }
    }
}
