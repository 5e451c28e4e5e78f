using Azure.Core;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Environments.Reading;

namespace Deploy.Environments.Settings;

/// <summary>Turns a tree of settings into typed settings, or into every fault they have.</summary>
public static class SettingsBinder
{
    private const string LocationKey = "azure-native:location";
    private const string SubscriptionKey = "azure-native:subscriptionId";
    private const string CloudKey = "phi:cloud";
    private static readonly string[] PhiKeys = [CloudKey, "phi:lifecycle", "phi:hub", "phi:verify", "phi:projects"];

    /// <summary>Reads and binds a stack file in one go; faults of form and of content come together.</summary>
    /// <param name="reading">What <see cref="StackFileReader"/> or <see cref="ProgramConfigReader"/> made of the text.</param>
    /// <param name="catalog">The models, VM sizes and limits to check against.</param>
    public static SettingsResult Bind(SettingsReading reading, AzureCatalog catalog)
    {
        if (reading.Tree is null)
        {
            return new SettingsResult { Faults = reading.Faults };
        }

        var bound = Bind(reading.Tree, catalog);
        return reading.Faults.Count == 0 ? bound : new SettingsResult { Faults = [.. reading.Faults, .. bound.Faults] };
    }

    /// <summary>Binds a tree.</summary>
    /// <inheritdoc cref="Bind(SettingsReading, AzureCatalog)"/>
    public static SettingsResult Bind(SettingsTree tree, AzureCatalog catalog)
    {
        var faults = new FaultList();
        var config = new MappingScope(tree.Config, string.Empty, tree.Config.Mark ?? Start(tree), faults);
        RefuseUnknown(config);
        var cloud = config.Choice(CloudKey, TargetCloud.Public);
        var location = Location(config);
        var settings = new EnvironmentSettings
        {
            Stack = tree.Stack,
            Location = location ?? default,
            SubscriptionId = Subscription(config),
            Cloud = cloud,
            Lifecycle = config.Choice("phi:lifecycle", LifecyclePolicy.Enforce),
            Hub = Hub(config),
            Verify = VerifyBinder.Bind(config),
            Projects = new ProjectBinder(catalog, cloud, location, faults).Bind(config),
        };
        return faults.IsEmpty ? new SettingsResult { Settings = settings, Faults = [] } : new SettingsResult { Faults = faults.Sorted() };
    }

    /// <summary>Reads <c>phi:cloud</c> alone: all that is read of a program that is not ours.</summary>
    /// <param name="tree">The tree of any program's stack file.</param>
    /// <param name="error">Why the value is not one; null when there is none or it is right.</param>
    /// <returns>The cloud; null when the key is absent or wrong.</returns>
    public static TargetCloud? ReadCloud(SettingsTree tree, out DeployError? error)
    {
        var faults = new FaultList();
        var config = new MappingScope(tree.Config, string.Empty, tree.Config.Mark ?? Start(tree), faults);
        var isGiven = config.Take(CloudKey) is not null;
        var cloud = config.Choice(CloudKey, TargetCloud.Public);
        error = faults.IsEmpty ? null : faults.Sorted()[0];
        return isGiven && error is null ? cloud : null;
    }

    private static SourceMark? Start(SettingsTree tree) => tree.File is null ? null : new SourceMark(tree.File, 1, 1);

    // Other namespaces belong to other providers. In azure-native's, only misspellings of what we read are ours to judge.
    private static void RefuseUnknown(MappingScope config)
    {
        config.RefuseDuplicates();
        foreach (var entry in config.Entries)
        {
            if (entry.Key.StartsWith("phi:", StringComparison.Ordinal) && !PhiKeys.Contains(entry.Key, StringComparer.Ordinal))
            {
                config.Refuse(entry, Spelling.Nearest(entry.Key, PhiKeys));
            }
            else if (!entry.Key.Contains(':', StringComparison.Ordinal) && !PhiKeys.Contains($"phi:{entry.Key}", StringComparer.Ordinal))
            {
                config.Refuse(entry, Spelling.Nearest(entry.Key, PhiKeys.Select(key => key["phi:".Length..])) is { } near ? $"phi:{near}" : null);
            }
            else if (!entry.Key.Contains(':', StringComparison.Ordinal))
            {
                config.Refuse(entry, $"phi:{entry.Key}");
            }
            else if (Misspelled(entry.Key) is { } meant)
            {
                config.Refuse(entry, meant);
            }
        }
    }

    private static string? Misspelled(string key)
    {
        const string prefix = "azure-native:";
        if (!key.StartsWith(prefix, StringComparison.Ordinal) || key is LocationKey or SubscriptionKey)
        {
            return null;
        }

        var near = Spelling.Nearest(key[prefix.Length..], [LocationKey[prefix.Length..], SubscriptionKey[prefix.Length..]]);
        return near is null ? null : prefix + near;
    }

    private static AzureLocation? Location(MappingScope config)
    {
        var text = config.RequiredText(LocationKey, "the region that everything of the environment lies in, such as eastus2");
        if (text is null)
        {
            return null;
        }

        if (text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == ' '))
        {
            return new AzureLocation(text);
        }

        config.Fault(LocationKey, SettingsErrors.NotAllowed, $"'{text}' is not a region; a region is named like eastus2.");
        return null;
    }

    private static string? Subscription(MappingScope config)
    {
        var text = config.OptionalText(SubscriptionKey);
        if (text is null || Guid.TryParseExact(text, "D", out _))
        {
            return text;
        }

        config.Fault(SubscriptionKey, SettingsErrors.NotAllowed, $"'{text}' is not a subscription ID; one is a GUID such as 00000000-0000-0000-0000-000000000000.");
        return null;
    }

    private static HubSettings Hub(MappingScope config)
    {
        var hub = config.Mapping("phi:hub");
        hub?.RefuseUnknown("network");
        return new HubSettings { Network = hub?.Choice("network", HubNetwork.Public) ?? HubNetwork.Public };
    }
}
