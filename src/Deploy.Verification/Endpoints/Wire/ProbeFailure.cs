using System.Net.Sockets;
using System.Security.Authentication;

namespace Deploy.Verification.Endpoints.Wire;

internal enum ProbeFailureKind
{
    NameNotResolved,
    NotConnected,
    ConnectTimedOut,
    TlsFailed,

    /// <summary>The certificate's time has passed or has not begun.</summary>
    CertificateExpired,

    /// <summary>The certificate is made out to another host.</summary>
    CertificateNameWrong,

    /// <summary>Nobody trusted here vouches for the certificate.</summary>
    CertificateUntrusted,

    ProxyRefused,

    /// <summary>The time limit of the request passed.</summary>
    TimedOut,

    /// <summary>A connection stood and broke.</summary>
    ConnectionLost,

    /// <summary>What came back is not HTTP.</summary>
    NotHttp,

    /// <summary>Anything else: a fault of this program or of its surroundings.</summary>
    Unexpected,
}

/// <summary>Why a request brought no response, or not all of it.</summary>
/// <param name="Kind">The cause, as far as it can be told.</param>
/// <param name="ConnectionStood">Whether the endpoint could hear the request.</param>
/// <param name="Message">The system's text.</param>
/// <param name="Limit">The time limit that passed; null for other kinds.</param>
internal sealed record ProbeFailure(ProbeFailureKind Kind, bool ConnectionStood, string Message, TimeSpan? Limit = null)
{
    public static ProbeFailure From(Exception exception, bool connectionStood)
    {
        var chain = Chain(exception).ToArray();
        var kind = KindOf(chain, connectionStood);
        return new(kind, connectionStood, string.Join(" ", chain.Select(item => item.Message).Distinct()));
    }

    private static ProbeFailureKind KindOf(Exception[] chain, bool connectionStood)
    {
        if (chain.OfType<CertificateRefusedException>().FirstOrDefault() is { } refused)
        {
            return refused.Reason;
        }

        var error = chain.OfType<HttpRequestException>().Select(item => (HttpRequestError?)item.HttpRequestError)
            .Concat(chain.OfType<HttpIOException>().Select(item => (HttpRequestError?)item.HttpRequestError))
            .FirstOrDefault(item => item is not (null or HttpRequestError.Unknown));
        return error switch
        {
            HttpRequestError.NameResolutionError => ProbeFailureKind.NameNotResolved,
            HttpRequestError.SecureConnectionError => ProbeFailureKind.TlsFailed,
            HttpRequestError.ProxyTunnelError => ProbeFailureKind.ProxyRefused,
            HttpRequestError.ResponseEnded => ProbeFailureKind.ConnectionLost,
            HttpRequestError.InvalidResponse or HttpRequestError.HttpProtocolError => ProbeFailureKind.NotHttp,
            HttpRequestError.ConnectionError when chain.Any(item => item is TimeoutException or TaskCanceledException) => ProbeFailureKind.ConnectTimedOut,
            HttpRequestError.ConnectionError => SocketKind(chain),
            _ when chain.Any(item => item is AuthenticationException) => ProbeFailureKind.TlsFailed,
            _ when connectionStood && chain.Any(item => item is IOException or SocketException) => ProbeFailureKind.ConnectionLost,
            _ when chain.Any(item => item is SocketException) => SocketKind(chain),
            _ => ProbeFailureKind.Unexpected,
        };
    }

    private static ProbeFailureKind SocketKind(Exception[] chain) => chain.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode switch
    {
        SocketError.HostNotFound or SocketError.TryAgain or SocketError.NoData => ProbeFailureKind.NameNotResolved,
        SocketError.TimedOut => ProbeFailureKind.ConnectTimedOut,
        _ => ProbeFailureKind.NotConnected,
    };

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (Exception? item = exception; item is not null; item = item.InnerException)
        {
            yield return item;
        }
    }
}
