using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Identity;

/// <summary>The certificate with which the store's service principal may sign in, with its key in one PEM file as Azure's clients take it; made when first asked for.</summary>
internal static class ClientCertificate
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(365);
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(7);

    /// <summary>The path of a file that is good now.</summary>
    public static string ReadyPath(StoreFolder folder, DateTimeOffset now)
    {
        if (File.Exists(folder.ClientCertificate))
        {
            using var existing = X509Certificate2.CreateFromPem(File.ReadAllText(folder.ClientCertificate));
            if (existing.NotAfter.ToUniversalTime() - RenewBefore > now.UtcDateTime)
            {
                return folder.ClientCertificate;
            }
        }

        // Microsoft Entra takes RSA only.
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Service principal of this folder's local Azure", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(now.AddDays(-1), now + Lifetime);
        StoreFolder.WriteSecret(folder.ClientCertificate, $"{key.ExportPkcs8PrivateKeyPem()}\n{made.ExportCertificatePem()}\n");
        return folder.ClientCertificate;
    }
}
