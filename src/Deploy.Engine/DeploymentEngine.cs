using Deploy.Engine.Events;
using Deploy.Engine.Providers;

namespace Deploy.Engine;

/// <summary>
/// The embedded engine: runs a Pulumi program against the official protocol, plans what its resources need, and does it through providers in this process.
/// </summary>
/// <param name="providers">The packages that can be used.</param>
/// <param name="time">The clock.</param>
public sealed class DeploymentEngine(IReadOnlyList<IProviderFactory> providers, TimeProvider time)
{
    private readonly IReadOnlyList<IProviderFactory> _providers = providers;
    private readonly TimeProvider _time = time;

    /// <summary>Runs one operation to its end. Faults of any kind are in the result; nothing is thrown but programming errors.</summary>
    /// <param name="request">What to do.</param>
    /// <param name="sink">Receives everything that happens, as it happens.</param>
    /// <param name="graceful">Cancelled: begin nothing new, finish what is in flight, save, end with <see cref="RunResult.Cancelled"/>.</param>
    /// <param name="abort">Cancelled: give up what is in flight; the journal keeps what is known, and the next run continues from it.</param>
    public Task<EngineResult> RunAsync(EngineRequest request, IEngineEventSink sink, CancellationToken graceful, CancellationToken abort) =>
        throw new NotImplementedException();
}
