using System.Net.Sockets;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Pulumirpc;

namespace Pulumi;

/// <summary>Monitor and engine over gRPC: plaintext HTTP/2 to an address that the engine gave.</summary>
internal sealed class GrpcEngine : IMonitor, IEngineLog, IDisposable
{
    public const int MaxMessageBytes = 400 * 1024 * 1024;

    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly GrpcChannel _monitorChannel;
    private readonly GrpcChannel _engineChannel;
    private readonly ResourceMonitor.ResourceMonitorClient _monitor;
    private readonly Engine.EngineClient _engine;
    private volatile bool _isDisposed;

    public GrpcEngine(string monitorAddress, string engineAddress)
    {
        _monitorChannel = CreateChannel(monitorAddress, OnMonitorConnectionEnded);
        _engineChannel = engineAddress == monitorAddress ? _monitorChannel : CreateChannel(engineAddress, () => { });
        _monitor = new(_monitorChannel);
        _engine = new(_engineChannel);
    }

    public Task Closed => _closed.Task;

    public bool CallsBack => true;

    public async Task<bool> SupportsFeatureAsync(string feature)
    {
        try
        {
            return (await _monitor.SupportsFeatureAsync(new() { Id = feature }).ConfigureAwait(false)).HasSupport;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            return false;
        }
    }

    public async Task<RegisterResourceResponse> RegisterResourceAsync(Resource resource, RegisterResourceRequest request) =>
        await _monitor.RegisterResourceAsync(request).ConfigureAwait(false);

    public async Task<ReadResourceResponse> ReadResourceAsync(Resource resource, ReadResourceRequest request) =>
        await _monitor.ReadResourceAsync(request).ConfigureAwait(false);

    public async Task RegisterResourceOutputsAsync(RegisterResourceOutputsRequest request) =>
        await _monitor.RegisterResourceOutputsAsync(request).ConfigureAwait(false);

    public async Task RegisterStackTransformAsync(Callback callback) => await _monitor.RegisterStackTransformAsync(callback).ConfigureAwait(false);

    public async Task RegisterStackInvokeTransformAsync(Callback callback) => await _monitor.RegisterStackInvokeTransformAsync(callback).ConfigureAwait(false);

    public async Task<InvokeResponse> InvokeAsync(ResourceInvokeRequest request) => await _monitor.InvokeAsync(request).ConfigureAwait(false);

    public async Task RequireVersionAsync(string range) => await _engine.RequirePulumiVersionAsync(new() { PulumiVersionRange = range }).ConfigureAwait(false);

    public async Task SignalAndWaitForShutdownAsync()
    {
        try
        {
            await _monitor.SignalAndWaitForShutdownAsync(new Empty()).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented || IsShutdown(exception))
        {
            // An older engine needs no signal, and one that is gone is done.
            return;
        }
    }

    public async Task LogAsync(LogRequest request) => await _engine.LogAsync(request).ConfigureAwait(false);

    public void Dispose()
    {
        _isDisposed = true;
        _monitorChannel.Dispose();
        _engineChannel.Dispose();
    }

    /// <summary>Whether a call failed because the engine is ending, which it has reported itself.</summary>
    public static bool IsShutdown(Exception exception) => exception is RpcException { StatusCode: StatusCode.Unavailable or StatusCode.Cancelled };

    private static GrpcChannel CreateChannel(string address, Action onConnectionEnded) => GrpcChannel.ForAddress($"http://{address}", new GrpcChannelOptions
    {
        MaxReceiveMessageSize = MaxMessageBytes,
        MaxSendMessageSize = MaxMessageBytes,
        DisposeHttpClient = true,
        HttpHandler = new SocketsHttpHandler
        {
            UseProxy = false,

            // Registrations block until their step is done; more of them than one connection has streams must not wait for each other.
            EnableMultipleHttp2Connections = true,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            ConnectCallback = async (context, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                try
                {
                    await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
                    return new WatchedStream(new NetworkStream(socket, ownsSocket: true), onConnectionEnded);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        },
    });

    /// <summary>An engine may end an idle connection and still be there. So ask on a new one, which is watched again.</summary>
    private void OnMonitorConnectionEnded()
    {
        if (!_isDisposed)
        {
            _ = ProbeAsync();
        }
    }

    private async Task ProbeAsync()
    {
        try
        {
            await _monitor.SupportsFeatureAsync(new() { Id = "resourceReferences" }).ConfigureAwait(false);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.Unimplemented)
        {
            // An answer, though not a useful one: the engine is there.
            return;
        }
        catch (Exception exception) when (exception is RpcException or ObjectDisposedException)
        {
            if (!_isDisposed)
            {
                _closed.TrySetResult();
            }
        }
    }
}
