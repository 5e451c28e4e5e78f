using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Projects;
using Deploy.Engine.Providers;

namespace Deploy.Cli.Composition;

/// <summary>Runs the embedded engine for one stack, with the providers of this toolkit.</summary>
internal sealed class EmbeddedRunner(CommandContext context, StackSession session, IReadOnlyList<IProviderFactory> providers, StackConfig config) : IEngineRunner
{
    public Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope? scope = null, string message = "", Task? ready = null)
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
            Ready = ready ?? Task.CompletedTask,
            Targets = scope?.Targets ?? [],
            Replaces = scope?.Replaces ?? [],
            RefreshFirst = scope?.RefreshFirst ?? false,
        };
        return engine.RunAsync(request, sink, context.Interrupt.Graceful, context.Interrupt.Abort);
    }
}
