using System.Reflection;

namespace Pulumi;

/// <summary>Tells the engine each failure of the program once.</summary>
internal sealed class FailureReport(EngineLogger logger)
{
    private readonly HashSet<Exception> _told = new(ReferenceEqualityComparer.Instance);

    /// <summary>Null as long as nothing failed.</summary>
    public int? ExitCode { get; private set; }

    public async Task AddAsync(Exception failure)
    {
        // Everything that waited for what failed fails with the same exception, or one around it.
        if (!_told.Add(failure) || (failure.InnerException is { } inner && !_told.Add(inner)))
        {
            return;
        }

        // The engine ends and has said why.
        if (GrpcEngine.IsShutdown(failure))
        {
            ExitCode ??= Deployment.ExitAlreadyReported;
            return;
        }

        if (failure is LogException)
        {
            await Console.Error.WriteLineAsync(failure.Message).ConfigureAwait(false);
            ExitCode ??= 1;
            return;
        }

        var (message, resource) = failure switch
        {
            RunException => (failure.Message, null),
            ResourceException { HideStack: true } known => (known.Message, known.Resource),
            ResourceException known => (known.ToString(), known.Resource),
            _ => ($"Running program '{Assembly.GetEntryAssembly()?.Location}' failed with an unhandled exception:\n{failure}", null),
        };
        await logger.WriteAsync(Pulumirpc.LogSeverity.Error, message, resource).ConfigureAwait(false);
        ExitCode = Deployment.ExitAlreadyReported;
    }
}
