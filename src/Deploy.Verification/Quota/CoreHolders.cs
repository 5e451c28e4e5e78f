using Deploy.Azure.MachineLearning;
using Deploy.Catalog;

namespace Deploy.Verification.Quota;

/// <summary>Who has the cores of a VM family, as far as states and Azure tell.</summary>
internal static class CoreHolders
{
    public static IReadOnlyList<QuotaHolder> Of(IReadOnlyList<ManagedDemand> demands, string familyKey, QuotaReadings? readings, AzureCatalog catalog) =>
    [
        .. demands
            .Select(demand => new QuotaHolder(QuotaHolderKind.Endpoint, demand.Item.Label, CoresOf(demand.Item, familyKey, readings, catalog)))
            .Where(holder => holder.Amount > 0),
        .. (readings?.Usages?.Value ?? [])
            .Where(row => row.CurrentValue > 0 && VmFamily.Normalize(row.Name) == familyKey)
            .Select(ShareOf).OfType<QuotaHolder>(),
    ];

    /// <summary>Adds what is used by nobody that the reported environments know.</summary>
    public static IReadOnlyList<QuotaHolder> WithOthers(IReadOnlyList<QuotaHolder> holders, long? used)
    {
        var own = holders.Where(holder => holder.Kind == QuotaHolderKind.Endpoint).Sum(holder => holder.Amount);
        return holders.Count > 0 && used > own ? [.. holders, new(QuotaHolderKind.Others, "others", used.Value - own)] : holders;
    }

    private static long CoresOf(PlannedEndpoint item, string familyKey, QuotaReadings? readings, AzureCatalog catalog) => item.Holdings.Deployments
        .Where(deployment => PlannedEndpoint.Same(deployment.EndpointName, item.AzureName) && deployment.InstanceType is not null)
        .Select(deployment => (deployment.Instances, Size: ManagedDemand.SizeOf(deployment.InstanceType!, readings, catalog)))
        .Where(held => held.Size?.FamilyKey == familyKey)
        .Sum(held => (long)held.Size!.VCpus * held.Instances);

    private static QuotaHolder? ShareOf(QuotaUsage row)
    {
        var parts = row.Id?.Split('/', StringSplitOptions.RemoveEmptyEntries) ?? [];
        return (After(parts, "workspaces"), After(parts, "computes")) switch
        {
            ({ } workspace, null) when row.IsWorkspaceShare => new(QuotaHolderKind.Workspace, workspace, row.CurrentValue),
            ({ } workspace, { } compute) when row.IsComputeShare => new(QuotaHolderKind.Compute, $"{workspace}/{compute}", row.CurrentValue),
            _ => null,
        };
    }

    private static string? After(string[] parts, string name)
    {
        var at = Array.FindIndex(parts, part => PlannedEndpoint.Same(part, name));
        return at >= 0 && at + 1 < parts.Length ? parts[at + 1] : null;
    }
}
