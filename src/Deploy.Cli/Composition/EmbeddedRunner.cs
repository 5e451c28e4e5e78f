using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Projects;
using Deploy.Engine.Providers;

namespace Deploy.Cli.Composition;

/// <summary>Runs the embedded engine for one stack, with the providers of this toolkit.</summary>
internal sealed class EmbeddedRunner(CommandContext context, StackSession session, IReadOnlyList<IProviderFactory> providers, StackConfig config) : IEngineRunner
{
    public Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope scope, Task ready)
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
            Ready = ready,
            Targets = scope.Targets,
            Replaces = scope.Replaces,
            RefreshFirst = scope.RefreshFirst,
        };
        return engine.RunAsync(request, sink, context.Interrupt.Graceful, context.Interrupt.Abort);
    }
}
