using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Core;

namespace Deploy.Verification.Quota;

/// <summary>How many online endpoints and deployments there may be: in a subscription and location, and behind one endpoint.</summary>
internal static class CountQuota
{
    public static IEnumerable<QuotaReportRow> Rows(IReadOnlyList<PlannedEndpoint> planned, QuotaReadings? readings, ManagedLimits limits)
    {
        var first = planned[0].Environment;
        string[] labels = [.. planned.Select(item => item.Label)];
        var environments = planned.Select(item => item.Environment).Distinct().ToArray();
        var endpoints = environments.SelectMany(item => item.Holdings.OnlineEndpoints.Select(id => (Environment: item, Id: id))).ToArray();
        var deployments = environments.SelectMany(item => item.Holdings.Deployments.Select(one => (Environment: item, one.Id))).ToArray();
        yield return Count(Subject(QuotaKind.Endpoints), readings, readings?.OnlineEndpoints, limits.EndpointsPerSubscriptionAndRegion, planned.Count(item => !Has(endpoints, item)), endpoints);
        yield return Count(Subject(QuotaKind.Deployments), readings, readings?.OnlineDeployments, limits.DeploymentsPerSubscriptionAndRegion, planned.Count(item => !HasBehind(item)), deployments);
        foreach (var item in planned)
        {
            yield return PerEndpoint(item, readings?.OnlineDeployments, limits.DeploymentsPerEndpoint, HasBehind(item) ? 0 : 1);
        }

        QuotaRowSubject Subject(QuotaKind kind) => new(kind, QuotaPlanner.SubscriptionScope, first.SubscriptionId, first.Settings.Location, labels);
    }

    private static bool Has(IEnumerable<(QuotaEnvironment Environment, ResourceIdentifier Id)> held, PlannedEndpoint item) =>
        held.Any(one => one.Environment == item.Environment && PlannedEndpoint.Same(one.Id.Name, item.AzureName));

    private static bool HasBehind(PlannedEndpoint item) => item.Holdings.Deployments.Any(one => PlannedEndpoint.Same(one.EndpointName, item.AzureName));

    private static QuotaReportRow Count(
        QuotaRowSubject subject, QuotaReadings? readings, ReadResult<IReadOnlyList<TrackedResource>>? read, long limit, long needed, (QuotaEnvironment Environment, ResourceIdentifier Id)[] held)
    {
        if (read?.Value is not { } all)
        {
            return QuotaPlanner.Judge(subject, null, limit, new QuotaNeed(needed), NotRead.Why(read?.Error));
        }

        // A list shows what the caller may see, and says 200 all the same. Usages are of the subscription: who may read them sees all of it. One that lacks what
        // the environment holds shows too little, or the state is behind; an entry without a place may count or not.
        var ids = all.Select(resource => resource.Id.ToString()).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var hidden = held.Count(one => !ids.Contains(one.Id.ToString()));
        var used = all.LongCount(resource => resource.Location == subject.Location);
        var placeless = all.LongCount(resource => resource.Location is null);
        var unclear = hidden > 0 ? $"the list lacks {hidden} that the state holds, so there may be more that it lacks"
            : readings?.Usages is not { Value.Count: > 0 } ? $"nothing shows that the caller sees all of the subscription (usages: {(readings?.Usages?.HasValue == true ? "empty" : NotRead.Why(readings?.Usages?.Error))})"
            : placeless > 0 && used + needed <= limit && used + placeless + needed > limit ? $"Azure does not say where {placeless} of them are"
            : null;
        var holders = held.GroupBy(one => one.Environment).Select(group => new QuotaHolder(QuotaHolderKind.Stack, group.Key.Settings.Stack.Value, group.Count())).ToList();
        if (holders.Count > 0 && used > held.Length)
        {
            holders.Add(new(QuotaHolderKind.Others, "others", used - held.Length));
        }

        return QuotaPlanner.Judge(subject with { Holders = holders }, used, limit, new QuotaNeed(needed), unclear);
    }

    private static QuotaReportRow PerEndpoint(PlannedEndpoint item, ReadResult<IReadOnlyList<TrackedResource>>? read, long limit, long needed)
    {
        var subject = new QuotaRowSubject(QuotaKind.Deployments, item.Label, item.Environment.SubscriptionId, item.Environment.Settings.Location, [item.Label]);
        var endpoint = item.Holdings.OnlineEndpoints.FirstOrDefault(id => PlannedEndpoint.Same(id.Name, item.AzureName));
        long? used = endpoint is null ? 0 : read?.Value?.LongCount(resource => PlannedEndpoint.Same(resource.Id.Parent?.ToString(), endpoint.ToString()));
        return QuotaPlanner.Judge(subject, used, limit, new QuotaNeed(needed), used is null ? NotRead.Why(read?.Error) : null);
    }
}

/// <summary>Says why a read brought nothing.</summary>
internal static class NotRead
{
    public static string Why(DeployError? error) => error is null ? "Azure was not asked" : $"not readable: {error.Message}";
}
