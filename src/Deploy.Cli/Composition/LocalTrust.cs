using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Deploy.Cli.Composition;

/// <summary>Trust in the local Azure: one certificate, on loopback, and nowhere else.</summary>
internal static class LocalTrust
{
    /// <summary>Accepts exactly this certificate on a loopback address; everything else is left to the system's own judgement.</summary>
    public static RemoteCertificateValidationCallback Only(X509Certificate2 trusted) => (sender, certificate, _, errors) =>
        errors == SslPolicyErrors.None
        || (certificate is not null && sender is SslStream { TargetHostName: var host } && IsLoopback(host) && certificate.GetRawCertData().AsSpan().SequenceEqual(trusted.RawData));

    private static bool IsLoopback(string host) => IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address);
}
