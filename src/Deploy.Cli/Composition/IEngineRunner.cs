using Deploy.Engine;
using Deploy.Engine.Events;

namespace Deploy.Cli.Composition;

/// <summary>An engine that works on one stack: the embedded one, or the Pulumi CLI.</summary>
internal interface IEngineRunner
{
    /// <summary>Runs one operation to its end; faults are in the result.</summary>
    Task<EngineResult> RunAsync(EngineOperation operation, IEngineEventSink sink, RunScope? scope = null, string message = "");
}

/// <summary>Chooses the engine.</summary>
internal static class EngineRunner
{
    public static async Task<IEngineRunner> CreateAsync(CommandContext context, StackSession session)
    {
        var azure = await session.AzureAsync(context.CancellationToken);
        return session.Pulumi is { } pulumi
            ? new PulumiRunner(context, session, pulumi)
            : new EmbeddedRunner(context, session, Providers.For(azure, session.Cloud, session.Name, context.Streams.TimeProvider), session.ReadConfig());
    }
}
