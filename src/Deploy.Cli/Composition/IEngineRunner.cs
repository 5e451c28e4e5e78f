using Deploy.Engine;
using Deploy.Engine.Events;

namespace Deploy.Cli.Composition;

/// <summary>An engine that works on one stack: the embedded one, or the Pulumi CLI.</summary>
internal interface IEngineRunner
{
    /// <summary>Runs one operation to its end; faults are in the result.</summary>
    /// <param name="operation">What to do.</param>
    /// <param name="sink">Hears everything that happens.</param>
    /// <param name="scope">What part of the stack.</param>
    /// <param name="ready">What must have succeeded before anything is done; a failure of it is the caller's to tell.</param>
    Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope scope, Task ready);
}

/// <summary>Chooses the engine.</summary>
internal static class EngineRunner
{
    public static IEngineRunner Create(CommandContext context, StackSession session)
    {
        var providers = Providers.For(session, context.Streams.TimeProvider, context.CancellationToken);
        return session.Pulumi is { } pulumi ? new PulumiRunner(context, session, pulumi) : new EmbeddedRunner(context, session, providers, session.ReadConfig());
    }
}
