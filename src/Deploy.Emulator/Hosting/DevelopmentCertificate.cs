using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Deploy.Emulator.Hosting;

/// <summary>The store's own server certificate for 127.0.0.1, made once and again shortly before it ends.</summary>
internal static class DevelopmentCertificate
{
    // Some clients refuse server certificates that live longer than 825 days.
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(820);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(7);

    public static X509Certificate2 ReadOrMake(StoreFolder folder, DateTimeOffset now, IPAddress? listen)
    {
        if (File.Exists(folder.Certificate) && File.Exists(folder.CertificateKey))
        {
            var existing = X509Certificate2.CreateFromPemFile(folder.Certificate, folder.CertificateKey);
            if (existing.NotAfter.ToUniversalTime() - RenewBefore > now.UtcDateTime && existing.MatchesHostname(StorePorts.Authority(listen).Trim('[', ']')))
            {
                return Usable(existing);
            }

            existing.Dispose();
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Local Azure of this folder", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        if (listen is not null && StorePorts.Authority(listen) != "127.0.0.1")
        {
            names.AddIpAddress(listen);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], true));
        var subject = new X509SubjectKeyIdentifierExtension(request.PublicKey, false);
        request.CertificateExtensions.Add(subject);
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(subject));
        var made = request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
        StoreFolder.WriteSecret(folder.CertificateKey, key.ExportPkcs8PrivateKeyPem() + "\n");
        StoreFolder.WriteSecret(folder.Certificate, made.ExportCertificatePem() + "\n");
        return Usable(made);
    }

    // Windows' TLS does not take a key that lives in memory only.
    private static X509Certificate2 Usable(X509Certificate2 certificate) => OperatingSystem.IsWindows()
        ? X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null)
        : certificate;
}
