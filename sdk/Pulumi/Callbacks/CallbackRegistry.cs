using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Pulumi.Waiting;
using Pulumirpc;

namespace Pulumi.Callbacks;

/// <summary>The functions of the program that the engine may call, by token.</summary>
internal sealed class CallbackRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, Entry> _entries = new();
    private readonly Deployment _deployment;
    private readonly Lazy<Task<CallbackServer>>? _server;

    /// <param name="deployment">The run.</param>
    /// <param name="isServed">Whether the engine calls over a connection; mocks do not.</param>
    public CallbackRegistry(Deployment deployment, bool isServed)
    {
        _deployment = deployment;
        _server = isServed ? new(() => CallbackServer.StartAsync(this)) : null;
    }

    /// <summary>Makes a transform callable.</summary>
    public Task<Callback> AddAsync(ResourceTransform transform) => AddAsync(
        transform,
        async (bytes, cancellationToken) =>
        {
            var request = TransformRequest.Parser.ParseFrom(bytes);
            return await RunAsync($"a transform of {request.Type} '{request.Name}'", waiter => ResourceTransformCallback.RunAsync(_deployment, waiter, transform, request, cancellationToken)).ConfigureAwait(false);
        });

    /// <inheritdoc cref="AddAsync(ResourceTransform)"/>
    public Task<Callback> AddAsync(InvokeTransform transform) => AddAsync(
        transform,
        async (bytes, cancellationToken) =>
        {
            var request = TransformInvokeRequest.Parser.ParseFrom(bytes);
            return await RunAsync($"a transform of function '{request.Token}'", waiter => InvokeTransformCallback.RunAsync(_deployment, waiter, transform, request, cancellationToken)).ConfigureAwait(false);
        });

    /// <summary>The function behind a callback.</summary>
    public T Find<T>(Callback callback)
        where T : Delegate => (T)_entries[callback.Token].Function;

    /// <summary>Calls one.</summary>
    public Task<ByteString> InvokeAsync(string token, ByteString request, CancellationToken cancellationToken) => _entries.TryGetValue(token, out var entry)
        ? entry.InvokeAsync(request, cancellationToken)
        : throw new RpcException(new Status(StatusCode.InvalidArgument, $"No callback has the token '{token}'."));

    public async ValueTask DisposeAsync()
    {
        if (_server is { IsValueCreated: true })
        {
            var server = await _server.Value.ConfigureAwait(false);
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<Callback> AddAsync(Delegate function, Func<ByteString, CancellationToken, Task<ByteString>> invokeAsync)
    {
        var callback = new Callback { Token = Guid.NewGuid().ToString() };
        _entries[callback.Token] = new(function, invokeAsync);
        if (_server is not null)
        {
            callback.Target = (await _server.Value.ConfigureAwait(false)).Address;
        }

        return callback;
    }

    /// <summary>Runs a callback as part of the run, and tells the engine what failed: it fails the registration, so the program learns of it that way.</summary>
    private async Task<ByteString> RunAsync<T>(string description, Func<Waiter, Task<T>> body)
        where T : IMessage
    {
        var waiter = new Waiter(description, _deployment.Pulse) { ValueNoun = "value" };
        try
        {
            var response = await _deployment.Pulse.AnswerAsync(() => _deployment.RunWithinAsync(() => waiter.RunAsync(() => body(waiter)))).ConfigureAwait(false);
            return response.ToByteString();
        }
        catch (Exception exception) when (exception is not RpcException)
        {
            _deployment.Logger.Write(LogSeverity.Debug, $"{description} failed:\n{exception}");
            throw new RpcException(new Status(StatusCode.Unknown, $"{description} failed: {exception.Message}"));
        }
    }

    private sealed record Entry(Delegate Function, Func<ByteString, CancellationToken, Task<ByteString>> InvokeAsync);
}
