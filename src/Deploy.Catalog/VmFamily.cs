namespace Deploy.Catalog;

/// <summary>One spelling for VM families, which Azure spells differently in quotas, usages, VM sizes and documentation.</summary>
public static class VmFamily
{
    private static readonly string[] Noise = ["standard", "family", "cluster", "dedicated", "vcpus"];

    /// <summary>
    /// Reduces every known spelling of a family to one: <c>standardNCADSA100v4Family</c>, <c>Standard NCADSA100v4 Family Cluster Dedicated vCPUs</c> and
    /// <c>Standard_NCADS_A100_v4_Family_Cluster_Dedicated_vCPUs</c> all become <c>ncadsa100v4</c>. Low-priority rows keep their <c>lowpriority</c> and never match.
    /// </summary>
    public static string Normalize(string family)
    {
        var letters = string.Concat(family.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant();
        return Noise.Aggregate(letters, (text, noise) => text.Replace(noise, string.Empty, StringComparison.Ordinal));
    }
}
