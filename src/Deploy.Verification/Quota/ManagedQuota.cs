using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;

namespace Deploy.Verification.Quota;

/// <summary>The quota of managed compute: cores per VM family with the upgrade reserve, endpoints, deployments, instances.</summary>
internal static class ManagedQuota
{
    public static IEnumerable<QuotaReportRow> Rows(
        IReadOnlyList<QuotaPlanner.Planned> planned, AzureLocation location, EnvironmentHoldings holdings, QuotaReadings? readings, AzureCatalog catalog)
    {
        if (planned.Count == 0)
        {
            return [];
        }

        var demands = planned.Select(item => DemandOf(item, holdings, readings, catalog)).ToArray();
        return
        [
            .. Families(demands, location, readings),
            .. Total(demands, location, readings),
            .. Counts(planned, demands, location, holdings, readings, catalog.Limits.Managed),
        ];
    }

    /// <summary>What one endpoint still has to take.</summary>
    /// <param name="Size">Null when neither the catalog nor the location knows the VM size.</param>
    private sealed record Demand(QuotaPlanner.Planned Item, VmSize? Size, int HeldInstances, long Cores, long Reserve);

    private static Demand DemandOf(QuotaPlanner.Planned item, EnvironmentHoldings holdings, QuotaReadings? readings, AzureCatalog catalog)
    {
        // Only instances of the same size are held already: Azure starts the new size before it stops the old one.
        var held = holdings.Deployments
            .Where(deployment => SameText(deployment.EndpointName, item.AzureName) && SameText(deployment.InstanceType, item.Endpoint.InstanceType))
            .Sum(deployment => deployment.Instances);
        var size = SizeOf(item.Endpoint.InstanceType!, readings, catalog);
        var missing = Math.Max(0, item.Endpoint.Instances - held);
        if (size is null || missing == 0)
        {
            return new Demand(item, size, held, 0, 0);
        }

        var reserve = catalog.Limits.Managed.CoresNeeded(size, item.Endpoint.Instances) - size.Cores(item.Endpoint.Instances);
        return new Demand(item, size, held, size.Cores(missing), reserve);
    }

    // The reserve of a size that only the location knows is assumed to be due: few sizes are exempt.
    private static VmSize? SizeOf(string name, QuotaReadings? readings, AzureCatalog catalog) =>
        catalog.VmSizes.Find(name)
        ?? (readings?.VmSizes.Value?.FirstOrDefault(size => SameText(size.Name, name)) is { } offered
            ? new VmSize(offered.Name, offered.Family, offered.VCpus, offered.Gpus, 0, IsReserveExempt: false)
            : null);

    private static IEnumerable<QuotaReportRow> Families(IReadOnlyList<Demand> demands, AzureLocation location, QuotaReadings? readings)
    {
        foreach (var group in demands.Where(demand => demand.Size is not null).GroupBy(demand => demand.Size!.FamilyKey))
        {
            var usage = readings?.Usages.Value?.FirstOrDefault(row => row.IsVmFamily && VmFamily.Normalize(row.Name) == group.Key);
            var family = group.First().Size!.Family;
            yield return CoresRow(group.ToArray(), location, usage, family, usage is null ? WhyNoUsage(readings, $"lists no usage of {family}") : null);
        }

        foreach (var demand in demands.Where(demand => demand.Size is null))
        {
            yield return new QuotaReportRow
            {
                Kind = QuotaKind.Cores,
                Scope = QuotaPlanner.SubscriptionScope,
                Location = location.Name,
                Status = QuotaStatus.Unverified,
                Reason = $"the VM size {demand.Item.Endpoint.InstanceType} is not known, so neither are its cores",
                Consumers = [demand.Item.Label],
            };
        }
    }

    // The regional total binds as well, where Azure reports one.
    private static IEnumerable<QuotaReportRow> Total(IReadOnlyList<Demand> demands, AzureLocation location, QuotaReadings? readings)
    {
        if (readings?.Usages.Value?.FirstOrDefault(row => row.IsDedicatedTotal) is { } usage)
        {
            yield return CoresRow(demands, location, usage, null, null);
        }
    }

    private static QuotaReportRow CoresRow(IReadOnlyList<Demand> demands, AzureLocation location, QuotaUsage? usage, string? family, string? unreadable) => QuotaPlanner.Judge(
        QuotaKind.Cores,
        QuotaPlanner.SubscriptionScope,
        location,
        usage?.CurrentValue,
        usage?.Limit,
        demands.Sum(demand => demand.Cores),
        [.. demands.Select(demand => demand.Item.Label)],
        family,
        demands.Sum(demand => demand.Reserve),
        unreadable);

    private static IEnumerable<QuotaReportRow> Counts(
        IReadOnlyList<QuotaPlanner.Planned> planned, IReadOnlyList<Demand> demands, AzureLocation location, EnvironmentHoldings holdings, QuotaReadings? readings, ManagedLimits limits)
    {
        var endpoints = holdings.OnlineEndpoints.Select(id => id.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var deployments = holdings.Deployments.Select(item => item.EndpointName).ToHashSet(StringComparer.OrdinalIgnoreCase);
        string[] labels = [.. planned.Select(item => item.Label)];
        yield return Count(QuotaKind.Endpoints, location, readings?.OnlineEndpoints, limits.EndpointsPerSubscriptionAndRegion, planned.Count(item => !endpoints.Contains(item.AzureName)), labels);
        yield return Count(QuotaKind.Deployments, location, readings?.OnlineDeployments, limits.DeploymentsPerSubscriptionAndRegion, planned.Count(item => !deployments.Contains(item.AzureName)), labels);
        foreach (var demand in demands)
        {
            yield return QuotaPlanner.Judge(
                QuotaKind.Instances,
                demand.Item.Label,
                location,
                demand.HeldInstances,
                limits.InstancesPerDeployment,
                Math.Max(0, demand.Item.Endpoint.Instances - demand.HeldInstances),
                [demand.Item.Label]);
        }
    }

    private static QuotaReportRow Count(
        QuotaKind kind, AzureLocation location, ReadResult<IReadOnlyList<TrackedResource>>? read, long limit, long needed, IReadOnlyList<string> consumers)
    {
        var used = read?.Value?.LongCount(resource => resource.Location == location);
        return QuotaPlanner.Judge(kind, QuotaPlanner.SubscriptionScope, location, used, limit, needed, consumers, unreadable: used is null ? Why(read?.Error?.Message) : null);
    }

    private static string WhyNoUsage(QuotaReadings? readings, string absent) =>
        readings?.Usages.HasValue == true ? $"Azure {absent} in this location" : Why(readings?.Usages.Error?.Message);

    private static string Why(string? message) => message is null ? "Azure was not asked" : $"not readable: {message}";

    private static bool SameText(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
