using Deploy.Catalog;

namespace Deploy.Verification.Quota;

/// <summary>What one managed endpoint still has to take.</summary>
internal sealed record ManagedDemand
{
    public required PlannedEndpoint Item { get; init; }

    /// <summary>Null when neither the catalog nor the location knows the VM size.</summary>
    public required VmSize? Size { get; init; }

    /// <summary>Whether the catalog knows the size, and with it whether Azure wants a reserve for it.</summary>
    public required bool IsCatalogued { get; init; }

    /// <summary>Instances that the planned deployment has.</summary>
    public required int Held { get; init; }

    public int Missing => Math.Max(0, Item.Endpoint.Instances - Held);

    public long Cores => Size is null ? 0 : (long)Size.VCpus * Missing;

    /// <summary>Due for the whole deployment as soon as an instance is missing.</summary>
    public required long Reserve { get; init; }

    /// <summary>Why <see cref="Size"/> is not known; null when it is.</summary>
    public string? Unknown { get; init; }

    public static ManagedDemand Of(PlannedEndpoint item, QuotaReadings? readings, AzureCatalog catalog)
    {
        var size = SizeOf(item.Endpoint.InstanceType!, readings, catalog);
        var held = HeldBy(item);
        return new ManagedDemand
        {
            Item = item,
            Size = size,
            IsCatalogued = catalog.VmSizes.Find(item.Endpoint.InstanceType!) is not null,
            Held = held,
            Reserve = size is null || held >= item.Endpoint.Instances ? 0 : catalog.Limits.Managed.CoresNeeded(size, item.Endpoint.Instances) - size.Cores(item.Endpoint.Instances),
            Unknown = size is not null ? null : $"the VM size {item.Endpoint.InstanceType} is not known, so neither are its cores{(readings?.VmSizes?.Error is { } error ? $" (the location's sizes are not readable: {error.Message})" : "")}",
        };
    }

    /// <summary>The size of a name; the reserve of one that only the location knows is assumed to be due, because few sizes are exempt.</summary>
    public static VmSize? SizeOf(string name, QuotaReadings? readings, AzureCatalog catalog) =>
        catalog.VmSizes.Find(name)
        ?? (readings?.VmSizes?.Value?.FirstOrDefault(size => PlannedEndpoint.Same(size.Name, name)) is { } offered
            ? new VmSize(offered.Name, offered.Family, offered.VCpus, offered.Gpus, 0, IsReserveExempt: false)
            : null);

    /// <summary>
    /// Instances that need not be taken again. Azure starts another VM size before it stops the old one, so those of another size do not count. A deployment
    /// alone behind its endpoint gets another model in place; of several (a rollout: blue beside green) only the one with the planned model becomes the plan's.
    /// </summary>
    private static int HeldBy(PlannedEndpoint item)
    {
        var own = item.Holdings.Deployments.Where(deployment => PlannedEndpoint.Same(deployment.EndpointName, item.AzureName)).ToArray();
        var ofSize = own.Where(deployment => PlannedEndpoint.Same(deployment.InstanceType, item.Endpoint.InstanceType));
        var ofModel = own.Length == 1 ? ofSize : ofSize.Where(deployment => deployment.ModelId is null || RegistryModel.IsSame(deployment.ModelId, item.Endpoint.Model.Value, item.Endpoint.Version));
        return ofModel.Select(deployment => deployment.Instances).DefaultIfEmpty(0).Max();
    }
}
