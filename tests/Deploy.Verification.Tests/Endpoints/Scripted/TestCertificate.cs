using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>Certificates of one's own for loopback.</summary>
internal static class TestCertificate
{
    public static X509Certificate2 Create() => Create(IPAddress.Loopback, TimeSpan.FromDays(1));

    /// <param name="address">Whom it is made out to.</param>
    /// <param name="validFor">From now; negative for one that has expired.</param>
    public static X509Certificate2 Create(IPAddress address, TimeSpan validFor)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(address);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-10), DateTimeOffset.UtcNow + validFor);
    }
}
