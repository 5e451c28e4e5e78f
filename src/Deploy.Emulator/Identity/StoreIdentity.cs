using System.Security.Cryptography;
using System.Text;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Identity;

/// <summary>
/// The tenant, subscription and service principal of a local Azure, and whatever else its user registered: <c>identity.json</c>. Ids are the same everywhere; the secret is the
/// store's own.
/// </summary>
internal sealed record StoreIdentity
{
    public string SubscriptionId { get; init; } = "10ca1a2e-0000-4000-8000-000000000001";

    public string TenantId { get; init; } = "10ca1a2e-0000-4000-8000-000000000002";

    public string ClientId { get; init; } = "10ca1a2e-0000-4000-8000-000000000003";

    /// <summary>The service principal's object in the directory, as role assignments name it.</summary>
    public string ObjectId { get; init; } = "10ca1a2e-0000-4000-8000-000000000004";

    /// <summary>The system-assigned identity of the machine that the local Azure runs on.</summary>
    public string MachineClientId { get; init; } = "10ca1a2e-0000-4000-8000-000000000005";

    public string MachineObjectId { get; init; } = "10ca1a2e-0000-4000-8000-000000000006";

    public required string ClientSecret { get; init; }

    /// <summary>More secrets of the service principal.</summary>
    public IReadOnlyList<ApplicationSecret> Secrets { get; init; } = [];

    /// <summary>Certificates of the service principal, in PEM.</summary>
    public IReadOnlyList<string> Certificates { get; init; } = [];

    /// <summary>Federated credentials of the service principal.</summary>
    public IReadOnlyList<FederatedCredential> FederatedCredentials { get; init; } = [];

    /// <summary>Applications beside the service principal.</summary>
    public IReadOnlyList<Application> Applications { get; init; } = [];

    public IReadOnlyList<TrustedIssuer> Issuers { get; init; } = [];

    /// <summary>What a process shows to get a token of a managed identity, as App Service gives it in <c>IDENTITY_HEADER</c>.</summary>
    public static string IdentityHeader(string clientSecret) => Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(clientSecret), "managed identity"u8));

    public static StoreIdentity ReadOrMake(StoreFolder folder)
    {
        if (StoreFolder.ReadJson<StoreIdentity>(folder.Identity) is { } existing)
        {
            return existing;
        }

        var made = new StoreIdentity { ClientSecret = "local~" + RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 34) };
        StoreFolder.WriteJson(folder.Identity, made);
        return made;
    }
}
