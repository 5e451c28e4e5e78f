using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Deploy.Verification.Endpoints.Wire;

/// <summary>A server's certificate was refused, with the reason that the system's own exception tells in its text only.</summary>
internal sealed class CertificateRefusedException(ProbeFailureKind reason, string message) : AuthenticationException(message)
{
    /// <summary>One of the certificate's kinds of failure.</summary>
    public ProbeFailureKind Reason { get; } = reason;

    public static CertificateRefusedException Of(X509Certificate? presented, SslPolicyErrors errors, DateTimeOffset now)
    {
        if (presented is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNotAvailable))
        {
            return new(ProbeFailureKind.CertificateUntrusted, "The host presents no certificate.");
        }

        using var certificate = new X509Certificate2(presented);
        if (now > certificate.NotAfter)
        {
            return new(ProbeFailureKind.CertificateExpired, $"The certificate of {Subject(certificate)} expired on {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}.");
        }

        if (now < certificate.NotBefore)
        {
            return new(ProbeFailureKind.CertificateExpired, $"The certificate of {Subject(certificate)} is valid from {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} only.");
        }

        return errors == SslPolicyErrors.RemoteCertificateNameMismatch
            ? new(ProbeFailureKind.CertificateNameWrong, $"The certificate is made out to {Subject(certificate)}.")
            : new(ProbeFailureKind.CertificateUntrusted, $"The certificate of {Subject(certificate)} was issued by {certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: true)}, which is not trusted here.");
    }

    private static string Subject(X509Certificate2 certificate) => certificate.GetNameInfo(X509NameType.SimpleName, forIssuer: false);
}
