using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi;

/// <summary>Sends messages to the engine in the order in which the program wrote them.</summary>
internal sealed class EngineLogger(IEngineLog log, TaskRunner runner, Pulse pulse)
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;
    private readonly TaskCompletionSource _isReleased = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hasErrors;

    /// <summary>Whether an error was written; the program then fails although it went on.</summary>
    public bool HasErrors => _hasErrors;

    public void Write(LogSeverity severity, string message, Resource? resource = null, int? streamId = null, bool? ephemeral = null) =>
        runner.Register(WriteAsync(severity, message, resource, streamId, ephemeral));

    /// <summary>Lets messages go without the URN of their resource, which may never come.</summary>
    public void Release() => _isReleased.TrySetResult();

    /// <summary>Sends a message at once, before those that still wait for the URN of their resource.</summary>
    public Task WarnNowAsync(string message) => SendAsync(new LogRequest { Severity = LogSeverity.Warning, Message = message });

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
            await Task.WhenAny(urn, _isReleased.Task).ConfigureAwait(false);
            request.Urn = urn.IsCompletedSuccessfully ? urn.Result.Value ?? "" : "";
        }

        await SendAsync(request).ConfigureAwait(false);
    }

    private async Task SendAsync(LogRequest request)
    {
        try
        {
            await pulse.CallAsync(() => log.LogAsync(request)).ConfigureAwait(false);
        }
        catch (Grpc.Core.RpcException exception)
        {
            throw new LogException(exception);
        }
    }
}
