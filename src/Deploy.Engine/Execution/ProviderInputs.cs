using System.Text.RegularExpressions;
using Deploy.Engine.Projects;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>Names and inputs of provider resources, the official way.</summary>
internal static partial class ProviderInputs
{
    /// <summary>What the engine itself keeps about a provider.</summary>
    public const string InternalKey = "__internal";

    public const string VersionKey = "version";

    /// <summary>The name of a default provider: <c>default_3_28_0</c> for version 3.28.0.</summary>
    public static string DefaultName(string version, string url) =>
        "default" + Suffix(version) + Suffix(url);

    /// <summary>Inputs of a default provider: the configuration of its namespace.</summary>
    public static PropertyMap FromConfig(string package, string version, StackConfig config)
    {
        var prefix = package + ":";
        var entries = config.Values.Where(entry => entry.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(entry => KeyValuePair.Create(
            entry.Key[prefix.Length..],
            config.SecretKeys.Contains(entry.Key) ? PropertyValue.FromString(entry.Value).AsSecret() : PropertyValue.FromString(entry.Value)));
        return WithVersion(PropertyMap.Create(entries), version);
    }

    public static PropertyMap WithVersion(PropertyMap inputs, string version) =>
        (version.Length == 0 ? inputs : inputs.With(VersionKey, version)).With(InternalKey, PropertyMap.Empty);

    /// <summary>What a provider is configured with.</summary>
    public static PropertyMap ToConfiguration(PropertyMap inputs) => inputs.Without(InternalKey).Without(VersionKey).WithoutSecrets();

    private static string Suffix(string text) => text.Length == 0 ? "" : "_" + NotAllowed().Replace(text, "_");

    [GeneratedRegex("[^A-Za-z0-9]+")]
    private static partial Regex NotAllowed();
}
