using Pulumirpc;

namespace Pulumi;

/// <summary>Sends messages to the engine in the order in which the program wrote them.</summary>
internal sealed class EngineLogger(IEngineLog log, TaskRunner runner)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private volatile bool _hasErrors;

    /// <summary>Whether an error was written; the program then fails although it went on.</summary>
    public bool HasErrors => _hasErrors;

    public void Write(LogSeverity severity, string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        runner.Register($"log {severity}", WriteAsync(severity, message, resource, streamId, ephemeral));

    public Task WriteAsync(LogSeverity severity, string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null)
    {
        if (severity == LogSeverity.Error)
        {
            _hasErrors = true;
        }

        lock (_gate)
        {
            return _last = SendAfterAsync(_last, new LogRequest { Severity = severity, Message = message, StreamId = streamId ?? 0, Ephemeral = ephemeral ?? false }, resource);
        }
    }

    private async Task SendAfterAsync(Task previous, LogRequest request, Resource? resource)
    {
        // Whoever wrote the previous message learns of its failure.
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ForceYielding);
        if (resource is not null)
        {
            // A resource whose registration failed has no URN; the message is still worth telling.
            var urn = resource.Urn.DataTask;
            await ((Task)urn).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            request.Urn = urn.IsCompletedSuccessfully ? urn.Result.Value ?? "" : "";
        }

        try
        {
            await log.LogAsync(request).ConfigureAwait(false);
        }
        catch (Grpc.Core.RpcException exception)
        {
            throw new LogException(exception);
        }
    }
}
