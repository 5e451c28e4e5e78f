using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>
/// The transport of verification: follows no redirect, keeps no cookie, sends nothing for a loopback address through a proxy, and notes for each request
/// whether and when a connection stood.
/// </summary>
public sealed class EndpointTransport : HttpPipelineTransport, IDisposable
{
    private const string RequestIdHeader = "x-ms-client-request-id";

    // Below the default time limit of an endpoint, so that packets dropped on the way are told apart from silence.
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    private readonly ConcurrentDictionary<string, ConnectionFacts> _open = new(StringComparer.Ordinal);
    private readonly LoopbackBypassingProxy _proxy = new(HttpClient.DefaultProxy);
    private readonly TimeProvider _timeProvider;
    private readonly HttpClient _client;
    private readonly HttpClientTransport _inner;

    /// <param name="timeProvider">Clock of the measurements.</param>
    /// <param name="serverCertificateValidation">Decides about a server's certificate, for an authority of one's own; null leaves it to the system.</param>
    public EndpointTransport(TimeProvider timeProvider, RemoteCertificateValidationCallback? serverCertificateValidation = null)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        _timeProvider = timeProvider;
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // Asked for or not, some gateways compress.
            AutomaticDecompression = DecompressionMethods.All,
            Proxy = _proxy,
            ConnectTimeout = ConnectTimeout,
            ConnectCallback = ConnectAsync,
            PlaintextStreamFilter = NoteReadyAsync,
        };
        handler.SslOptions.RemoteCertificateValidationCallback = Explain(serverCertificateValidation);
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        _inner = new HttpClientTransport(_client);
    }

    /// <summary>A transport with the system's clock.</summary>
    /// <param name="trusted">A certificate to trust besides the system's, on loopback addresses only: that of the local Azure. Null for none.</param>
    public static EndpointTransport Create(X509Certificate2? trusted) => new(TimeProvider.System, trusted is null ? null : Trust(trusted));

    public override Request CreateRequest() => _inner.CreateRequest();

    public override void Process(HttpMessage message) => _inner.Process(message);

    public override async ValueTask ProcessAsync(HttpMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var id = message.Request.ClientRequestId;
        if (message.TryGetProperty(typeof(ConnectionFacts), out var value) && value is ConnectionFacts facts)
        {
            facts.Observe(_proxy.GetProxy(message.Request.Uri.ToUri()) is not null);
            message.Request.Headers.SetValue(RequestIdHeader, id);
            _open[id] = facts;
        }

        try
        {
            await _inner.ProcessAsync(message).ConfigureAwait(false);
        }
        finally
        {
            _open.TryRemove(id, out _);
        }
    }

    public void Dispose()
    {
        _inner.Dispose();
        _client.Dispose();
    }

    // A plain "no" would end in an exception whose text alone tells an expired certificate from an untrusted one.
    private RemoteCertificateValidationCallback Explain(RemoteCertificateValidationCallback? decide) => (sender, presented, chain, errors) =>
        (decide is null ? errors == SslPolicyErrors.None : decide(sender, presented, chain, errors))
            ? true
            : throw CertificateRefusedException.Of(presented, errors, _timeProvider.GetUtcNow());

    private static RemoteCertificateValidationCallback Trust(X509Certificate2 trusted)
    {
        var expected = trusted.RawData;
        return (sender, presented, _, errors) => errors == SslPolicyErrors.None
            || (sender is SslStream { TargetHostName: var host } && IsLoopback(host) && presented is not null && presented.GetRawCertData().AsSpan().SequenceEqual(expected));
    }

    private static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var facts = FactsOf(context.InitialRequestMessage);
        facts?.Started(_timeProvider.GetTimestamp());
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    // Called once TCP, proxy tunnel and TLS stand.
    private ValueTask<Stream> NoteReadyAsync(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        FactsOf(context.InitialRequestMessage)?.Ready(_timeProvider);
        return ValueTask.FromResult(context.PlaintextStream);
    }

    private ConnectionFacts? FactsOf(HttpRequestMessage request) =>
        request.Headers.TryGetValues(RequestIdHeader, out var ids) && _open.TryGetValue(ids.First(), out var facts) ? facts : null;

    private sealed class LoopbackBypassingProxy(IWebProxy inner) : IWebProxy
    {
        public ICredentials? Credentials
        {
            get => inner.Credentials;
            set => inner.Credentials = value;
        }

        public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : inner.GetProxy(destination);

        public bool IsBypassed(Uri host) => host.IsLoopback || inner.IsBypassed(host);
    }
}
