using Azure.Core;
using Deploy.Catalog;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>The arithmetic of quota, apart from reading it.</summary>
public static class QuotaPlanner
{
    internal const string SubscriptionScope = "subscription";

    /// <summary>One row per limit that the settings touch, in a stable order.</summary>
    /// <param name="environments">Environments of one subscription and location; what they need adds up.</param>
    /// <param name="readings">What Azure said; null when it was not asked, which gives unverified rows where something is needed.</param>
    /// <param name="catalog">Limits and VM sizes.</param>
    public static IReadOnlyList<QuotaReportRow> Plan(IReadOnlyList<QuotaEnvironment> environments, QuotaReadings? readings, AzureCatalog catalog)
    {
        var planned = PlannedEndpoint.Of(environments);
        return
        [
            .. ServerlessQuota.Rows([.. planned.Where(item => item.Endpoint.Compute == ComputeKind.Serverless)], readings, catalog.Limits.Serverless),
            .. ManagedQuota.Rows([.. planned.Where(item => item.Endpoint.Compute == ComputeKind.Managed)], readings, catalog),
        ];
    }

    /// <summary>A row judged by its numbers.</summary>
    /// <param name="subject">What the row is about.</param>
    /// <param name="used">By everyone; null when not known.</param>
    /// <param name="limit">-1 for none; null when not known.</param>
    /// <param name="need">What is wanted, or the part of it that is known.</param>
    /// <param name="unclear">Why used or limit do not say enough; null when they do. A limit that what is known breaks stays broken.</param>
    internal static QuotaReportRow Judge(QuotaRowSubject subject, long? used, long? limit, QuotaNeed need, string? unclear = null)
    {
        var isUnlimited = limit == -1;
        // No document knows another negative limit.
        var known = limit < -1 ? null : limit;
        var wanted = need.Needed + need.Reserve;
        var headroom = isUnlimited ? null : known - used - wanted;
        unclear ??= need.Unknown ?? (limit < -1 ? $"Azure names {limit} as the limit" : null)
            ?? (headroom < 0 && headroom + need.Doubtful >= 0 ? $"it suffices only if Azure wants no upgrade reserve of {need.Doubtful} for a VM size that the catalog does not know" : null);
        var status = wanted == 0 && need.Unknown is null ? QuotaStatus.Pass
            : wanted > 0 && headroom + need.Doubtful < 0 ? QuotaStatus.Fail
            : isUnlimited || (headroom >= 0 && unclear is null) ? QuotaStatus.Pass
            : QuotaStatus.Unverified;
        return new QuotaReportRow
        {
            Kind = subject.Kind,
            Scope = subject.Scope,
            SubscriptionId = subject.SubscriptionId.Length == 0 ? null : subject.SubscriptionId,
            Location = subject.Location.Name,
            Family = subject.Family,
            Used = used,
            Limit = known,
            Needed = need.Unknown is null ? need.Needed : null,
            Reserve = need.Reserve,
            Headroom = need.Unknown is null ? headroom : null,
            Status = status,
            Reason = status == QuotaStatus.Fail ? $"{(need.Unknown is null ? "" : "at least ")}{wanted} needed, {known - used} free: {-headroom} too few" : isUnlimited ? null : unclear,
            Consumers = subject.Consumers,
            Holders = subject.Holders,
        };
    }
}

/// <summary>What environments still have to take.</summary>
/// <param name="Unknown">Why it may be more; null when it is all.</param>
/// <param name="Doubtful">The part of the reserve that may not be due.</param>
internal sealed record QuotaNeed(long Needed, long Reserve = 0, string? Unknown = null, long Doubtful = 0);

/// <summary>Which limit a row is about.</summary>
internal sealed record QuotaRowSubject(QuotaKind Kind, string Scope, string SubscriptionId, AzureLocation Location, IReadOnlyList<string> Consumers)
{
    public string? Family { get; init; }

    public IReadOnlyList<QuotaHolder> Holders { get; init; } = [];
}
