using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;

namespace Deploy.Verification.Quota;

/// <summary>The quota of managed compute: cores per VM family with the upgrade reserve, endpoints, deployments, instances.</summary>
internal static class ManagedQuota
{
    public static IEnumerable<QuotaReportRow> Rows(IReadOnlyList<PlannedEndpoint> planned, QuotaReadings? readings, AzureCatalog catalog)
    {
        if (planned.Count == 0)
        {
            return [];
        }

        var demands = planned.Select(item => ManagedDemand.Of(item, readings, catalog)).ToArray();
        return
        [
            .. Families(demands, readings, catalog),
            .. Total(demands, readings),
            .. CountQuota.Rows(planned, readings, catalog.Limits.Managed),
            .. demands.Select(demand => Instances(demand, catalog.Limits.Managed)),
        ];
    }

    private static IEnumerable<QuotaReportRow> Families(IReadOnlyList<ManagedDemand> demands, QuotaReadings? readings, AzureCatalog catalog)
    {
        foreach (var group in demands.Where(demand => demand.Size is not null).GroupBy(demand => demand.Size!.FamilyKey))
        {
            var family = group.First().Size!.Family;
            var rows = (readings?.Usages?.Value ?? []).Where(row => row.IsVmFamily && IsOf(row, group.Key));
            var unclear = $"Azure lists no usage of {family} in this location";
            yield return Cores([.. group], Tightest(rows), family, readings, unclear, CoreHolders.Of([.. demands], group.Key, readings, catalog));
        }

        foreach (var demand in demands.Where(demand => demand.Size is null))
        {
            yield return QuotaPlanner.Judge(Subject([demand], null), null, null, new QuotaNeed(0, 0, demand.Missing > 0 ? demand.Unknown : null));
        }
    }

    // The regional total binds as well, where Azure reports one.
    private static IEnumerable<QuotaReportRow> Total(IReadOnlyList<ManagedDemand> demands, QuotaReadings? readings)
    {
        if (Tightest((readings?.Usages?.Value ?? []).Where(row => row.IsDedicatedTotal)) is { } usage)
        {
            yield return Cores(demands, usage, null, readings, null, []);
        }
    }

    // One row names a family, or two do in two spellings: then the one with less room counts.
    private static QuotaUsage? Tightest(IEnumerable<QuotaUsage> rows) => rows.MinBy(row => row.Limit == -1 ? long.MaxValue : row.Limit - row.CurrentValue);

    // The ID repeats the name with low lines; either may be the one that Azure spells as usual.
    private static bool IsOf(QuotaUsage row, string key) =>
        VmFamily.Normalize(row.Name) == key || (row.Id is { } id && VmFamily.Normalize(id[(id.LastIndexOf('/') + 1)..]) == key);

    private static QuotaReportRow Cores(
        IReadOnlyList<ManagedDemand> demands, QuotaUsage? usage, string? family, QuotaReadings? readings, string? absent, IReadOnlyList<QuotaHolder> holders)
    {
        var need = new QuotaNeed(
            demands.Sum(demand => demand.Cores),
            demands.Sum(demand => demand.Reserve),
            demands.FirstOrDefault(demand => demand.Size is null && demand.Missing > 0)?.Unknown,
            demands.Where(demand => !demand.IsCatalogued).Sum(demand => demand.Reserve));
        var unclear = usage is not null ? null : readings?.Usages?.HasValue == true ? absent : NotRead.Why(readings?.Usages?.Error);
        return QuotaPlanner.Judge(Subject(demands, family) with { Holders = CoreHolders.WithOthers(holders, usage?.CurrentValue) }, usage?.CurrentValue, usage?.Limit, need, unclear);
    }

    private static QuotaRowSubject Subject(IReadOnlyList<ManagedDemand> demands, string? family) => new(
        QuotaKind.Cores,
        QuotaPlanner.SubscriptionScope,
        demands[0].Item.Environment.SubscriptionId,
        demands[0].Item.Environment.Settings.Location,
        [.. demands.Select(demand => demand.Item.Label)])
    {
        Family = family,
    };

    private static QuotaReportRow Instances(ManagedDemand demand, ManagedLimits limits)
    {
        var environment = demand.Item.Environment;
        var subject = new QuotaRowSubject(QuotaKind.Instances, demand.Item.Label, environment.SubscriptionId, environment.Settings.Location, [demand.Item.Label]);
        return QuotaPlanner.Judge(subject, demand.Held, limits.InstancesPerDeployment, new QuotaNeed(demand.Missing));
    }
}
