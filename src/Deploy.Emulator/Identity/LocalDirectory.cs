using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Identity;

/// <summary>
/// The applications and issuers that the local authority knows. <c>identity.json</c> is read anew for every sign-in, so that what a user registers counts at once; the ids and
/// the secret that the host began with stay.
/// </summary>
internal sealed class LocalDirectory(StoreIdentity identity, StoreFolder folder, string ownIssuer)
{
    public string TenantId => identity.TenantId;

    public Principal Machine => new(identity.MachineClientId, identity.MachineObjectId);

    /// <summary>The issuer of tokens that other applications of this directory are given.</summary>
    public string OwnIssuer => ownIssuer;

    public string IdentityHeader => StoreIdentity.IdentityHeader(identity.ClientSecret);

    public Application? Find(string clientId) => All(Read()).FirstOrDefault(application => application.ClientId.Equals(clientId, StringComparison.OrdinalIgnoreCase));

    public TrustedIssuer? Issuer(string issuer) => Read().Issuers.FirstOrDefault(known => known.Issuer == issuer);

    /// <summary>The registered certificates of an application; whoever asks disposes of them.</summary>
    public IReadOnlyList<X509Certificate2> CertificatesOf(Application application)
    {
        var certificates = new X509Certificate2Collection();
        foreach (var pem in application.Certificates)
        {
            certificates.ImportFromPem(pem);
        }

        if (application.ClientId == identity.ClientId && File.Exists(folder.ClientCertificate))
        {
            certificates.ImportFromPem(File.ReadAllText(folder.ClientCertificate));
        }

        return [.. certificates];
    }

    private StoreIdentity Read() => StoreFolder.ReadJson<StoreIdentity>(folder.Identity) ?? identity;

    private IEnumerable<Application> All(StoreIdentity now) =>
    [
        new Application
        {
            ClientId = identity.ClientId,
            ObjectId = identity.ObjectId,
            DisplayName = "local",
            Secrets = [new ApplicationSecret(identity.ClientSecret), .. now.Secrets],
            Certificates = now.Certificates,

            // The machine's identity may become the service principal, as a managed identity may in Microsoft Entra.
            FederatedCredentials = [new FederatedCredential { Issuer = ownIssuer, Subject = identity.MachineObjectId }, .. now.FederatedCredentials],
        },
        .. now.Applications,
    ];
}
