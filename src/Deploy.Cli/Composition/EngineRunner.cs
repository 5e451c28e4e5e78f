using Deploy.Core;
using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Projects;
using Deploy.Engine.Providers;

namespace Deploy.Cli.Composition;

/// <summary>Runs the embedded engine for one stack, with the providers of this toolkit.</summary>
internal sealed class EngineRunner(CommandContext context, StackSession session, IReadOnlyList<IProviderFactory> providers, StackConfig config)
{
    public static async Task<EngineRunner> CreateAsync(CommandContext context, StackSession session)
    {
        var config = session.ReadConfig();
        var azure = await session.AzureAsync(context.CancellationToken);
        return new EngineRunner(context, session, Providers.For(azure, session.Cloud, session.Name, context.Streams.TimeProvider), config);
    }

    public Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope? scope = null, string message = "")
    {
        var engine = new DeploymentEngine(providers, context.Streams.TimeProvider);
        var request = new EngineRequest
        {
            Operation = operation,
            Project = session.Project,
            Stack = session.Store,
            Config = config,
            Secrets = session.Secrets,
            Parallel = context.Global.Parallel,
            ProgramBinary = OwnProgram.BinaryFor(session.Project),
            Message = message,
            Targets = scope?.Targets ?? [],
            Replaces = scope?.Replaces ?? [],
            RefreshFirst = scope?.RefreshFirst ?? false,
        };
        return engine.RunAsync(request, sink, context.Interrupt.Graceful, context.Interrupt.Abort);
    }

    /// <summary>The faults of a run that did not succeed; the engine reported every one of them as an event already.</summary>
    public static IReadOnlyList<DeployError> FaultsOf(EngineResult result) => result.Error is { } error ? [error] : [];
}
