using System.Security.Cryptography;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator.Identity;

/// <summary>The one tenant, subscription and service principal of a local Azure. Ids are the same everywhere; the secret is the store's own.</summary>
internal sealed record StoreIdentity
{
    public string SubscriptionId { get; init; } = "10ca1a2e-0000-4000-8000-000000000001";

    public string TenantId { get; init; } = "10ca1a2e-0000-4000-8000-000000000002";

    public string ClientId { get; init; } = "10ca1a2e-0000-4000-8000-000000000003";

    /// <summary>The service principal's object in the directory, as role assignments name it.</summary>
    public string ObjectId { get; init; } = "10ca1a2e-0000-4000-8000-000000000004";

    public required string ClientSecret { get; init; }

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
