using Deploy.Catalog;

namespace Deploy.Verification.Quota;

/// <summary>The limits of serverless endpoints, which Azure sets per deployment. It reports no use of rates; only the endpoints' own headers may.</summary>
internal static class ServerlessQuota
{
    public static IEnumerable<QuotaReportRow> Rows(IReadOnlyList<PlannedEndpoint> planned, QuotaReadings? readings, ServerlessLimits limits)
    {
        foreach (var item in planned)
        {
            var live = item.Environment.Rates.FirstOrDefault(rate => rate.Project == item.Project.Name && rate.Endpoint == item.Endpoint.Name);
            yield return Rate(QuotaKind.TokensPerMinute, item, live?.TokensLimit, live?.TokensLeft, limits.TokensPerMinute);
            yield return Rate(QuotaKind.RequestsPerMinute, item, live?.RequestsLimit, live?.RequestsLeft, limits.RequestsPerMinute);
        }

        foreach (var group in planned.GroupBy(item => (item.Environment, item.Project, item.Endpoint.Model)))
        {
            yield return PerModel([.. group], readings, limits.DeploymentsPerModelAndProject);
        }
    }

    // Names are fixed, so an endpoint whose model changes is deleted before it comes again; one that only got another name comes before the old one goes.
    private static QuotaReportRow PerModel(IReadOnlyList<PlannedEndpoint> group, QuotaReadings? readings, int limit)
    {
        var first = group[0];
        var model = first.Endpoint.Model.Value;
        var workspace = first.Workspace();
        var held = first.Holdings.Serverless
            .Where(item => item.ModelId is null ? group.Any(planned => PlannedEndpoint.Same(planned.AzureName, item.Id.Name)) : RegistryModel.IsSame(item.ModelId, model, null))
            .Where(item => item.Id.Parent?.Name == workspace?.Name)
            .ToArray();
        var strangers = (readings?.Strangers ?? []).Where(read => read.HasValue && workspace is not null && PlannedEndpoint.Same(read.Value.Id.Parent?.ToString(), workspace.ToString())).ToArray();
        var foreign = strangers.Count(read => read.Value!.ModelId is { } id && RegistryModel.IsSame(id, model, null));
        var needed = group.Count(item => !held.Any(one => PlannedEndpoint.Same(one.Id.Name, item.AzureName)));
        var subject = new QuotaRowSubject(QuotaKind.DeploymentsPerModel, first.InProject(model), first.Environment.SubscriptionId, first.Environment.Settings.Location, [.. group.Select(item => item.Label)])
        {
            Holders = foreign > 0 ? [new(QuotaHolderKind.Others, "others", foreign)] : [],
        };
        return QuotaPlanner.Judge(subject, held.Length + foreign, limit, new QuotaNeed(needed), workspace is null ? null : Unclear(readings, held));
    }

    private static string? Unclear(QuotaReadings? readings, IReadOnlyList<HeldServerless> held)
    {
        if (readings?.ServerlessEndpoints?.Value is not { } list)
        {
            return NotRead.Why(readings?.ServerlessEndpoints?.Error);
        }

        if (readings.Strangers.FirstOrDefault(read => !read.HasValue || read.Value.ModelId is null) is { } stranger)
        {
            return $"a serverless endpoint that no state holds is {(stranger.HasValue ? "there, and Azure names no model of it" : NotRead.Why(stranger.Error))}";
        }

        return held.All(one => list.Any(resource => PlannedEndpoint.Same(resource.Id.ToString(), one.Id.ToString()))) ? null : "the list lacks what the state holds, so there may be more that it lacks";
    }

    private static QuotaReportRow Rate(QuotaKind kind, PlannedEndpoint item, long? liveLimit, long? left, long limit) => new()
    {
        Kind = kind,
        Scope = item.Label,
        SubscriptionId = item.Environment.SubscriptionId.Length == 0 ? null : item.Environment.SubscriptionId,
        Location = item.Environment.Settings.Location.Name,
        Used = left <= liveLimit ? liveLimit - left : null,
        Limit = liveLimit is > 0 ? liveLimit : limit,
        Headroom = left,
        Remaining = left,
        Status = QuotaStatus.Pass,
        Reason = (left, liveLimit) switch
        {
            (null, null) => "per deployment; Azure reports no use of it",
            (null, _) => "per deployment; the limit is what the endpoint's headers say",
            _ => "per deployment, as the endpoint's headers said when it was verified",
        },
        Consumers = [item.Label],
    };
}
