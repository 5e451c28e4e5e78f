using System.Collections.Concurrent;
using Deploy.Core;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>Calls functions of the program, which serves them at an address of its own.</summary>
internal sealed class Callbacks : IDisposable
{
    private readonly ConcurrentDictionary<string, Lazy<GrpcChannel>> _channels = new(StringComparer.Ordinal);

    /// <param name="callback">The function.</param>
    /// <param name="request">What it is given.</param>
    /// <param name="parser">Reads its answer.</param>
    /// <param name="what">Names the call where it fails.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    public async Task<T> InvokeAsync<T>(Callback callback, IMessage request, MessageParser<T> parser, string what, CancellationToken cancellationToken)
        where T : IMessage<T>
    {
        var channel = _channels.GetOrAdd(callback.Target, target => new(() => Open(target))).Value;
        try
        {
            var call = new CallbackInvokeRequest { Token = callback.Token, Request = request.ToByteString() };
            var answer = await new Pulumirpc.Callbacks.CallbacksClient(channel).InvokeAsync(call, cancellationToken: cancellationToken);
            return parser.ParseFrom(answer.Response);
        }
        catch (RpcException exception) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DeployException(EngineErrors.InvalidRegistration.With($"{what}: {exception.Status.Detail}"), exception);
        }
        catch (InvalidProtocolBufferException exception)
        {
            throw new DeployException(EngineErrors.InvalidRegistration.With($"{what}: the answer cannot be read: {exception.Message}"), exception);
        }
    }

    public void Dispose()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.IsValueCreated))
        {
            channel.Value.Dispose();
        }
    }

    private static GrpcChannel Open(string target) => GrpcChannel.ForAddress(
        $"http://{target}", new() { MaxReceiveMessageSize = ProtocolServer.MaxMessageBytes, MaxSendMessageSize = ProtocolServer.MaxMessageBytes });
}
