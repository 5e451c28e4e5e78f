using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>What the monitor can do, in both spellings of the protocol. What is not listed is answered with no.</summary>
internal static class MonitorFeatures
{
    private static readonly Dictionary<string, MonitorFeature> Supported = new(StringComparer.Ordinal)
    {
        ["secrets"] = MonitorFeature.Secrets,
        ["resourceReferences"] = MonitorFeature.ResourceReferences,
        ["outputValues"] = MonitorFeature.OutputValues,
        ["aliasSpecs"] = MonitorFeature.AliasSpecs,
        ["deletedWith"] = MonitorFeature.DeletedWith,
        ["replaceWith"] = MonitorFeature.ReplaceWith,
        ["replacementTrigger"] = MonitorFeature.ReplacementTrigger,
        ["transforms"] = MonitorFeature.Transforms,
        ["invokeTransforms"] = MonitorFeature.InvokeTransforms,
    };

    public static IEnumerable<MonitorFeature> All => Supported.Values;

    public static bool Has(string id) => Supported.ContainsKey(id);
}
