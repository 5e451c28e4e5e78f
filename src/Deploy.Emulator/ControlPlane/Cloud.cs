using Azure.Core;
using Deploy.ArmTypes;
using Deploy.Catalog;
using Deploy.Emulator.ControlPlane.Access;
using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.ControlPlane.Subscriptions;
using Deploy.Emulator.Hosting;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane;

/// <summary>What every resource behaviour works with.</summary>
internal sealed class Cloud
{
    public required CloudStore Store { get; init; }

    public required ArmTypeIndex Types { get; init; }

    public required AzureCatalog Catalog { get; init; }

    public required StoreIdentity Identity { get; init; }

    public required TokenService Tokens { get; init; }

    public required QuotaFile Quotas { get; init; }

    public required LocalAzureOptions Options { get; init; }

    public required Uri Https { get; init; }

    /// <summary>What long-running operations do; by the options unless somebody scripts them.</summary>
    public IOperationScript Script
    {
        get => field ?? Options.Script ?? new OptionsScript(Options);
        init;
    }

    public RoleDefinitions Roles => new(Store);

    public ProviderRegistry Providers => new(this);

    public DateTimeOffset Now => Options.TimeProvider.GetUtcNow();

    public string Subscription => $"/subscriptions/{Identity.SubscriptionId}";

    /// <summary>Lower-case and without blanks, as Azure stores locations.</summary>
    public static string Normalize(string location) => location.Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();

    /// <summary>Such as <c>East US 2</c>.</summary>
    public string DisplayNameOf(string location) => Catalog.Regions.Find(new AzureLocation(location))?.DisplayName ?? location;

    public string DataPlane(string kind, StoredResource endpoint) => $"{Https.GetLeftPart(UriPartial.Authority)}/{kind}/{endpoint.Location}/{endpoint.Name}";

    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
