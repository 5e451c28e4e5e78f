using System.Text.Json;
using System.Text.Json.Serialization;

namespace Deploy.Verification.Quota;

/// <summary>What the environment takes of the subscription's quota and what is left. Serializes to <c>docs/schemas/quota.schema.json</c>.</summary>
public sealed record QuotaReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Fail if any row fails, else unverified if any is, else pass.</summary>
    [JsonPropertyName("status")]
    public QuotaStatus Status =>
        Rows.Any(row => row.Status == QuotaStatus.Fail) ? QuotaStatus.Fail
        : Rows.Any(row => row.Status == QuotaStatus.Unverified) ? QuotaStatus.Unverified
        : QuotaStatus.Pass;

    /// <summary>Serverless limits in the order of the settings, then managed compute by VM family.</summary>
    [JsonPropertyName("rows")]
    public required IReadOnlyList<QuotaReportRow> Rows { get; init; }

    /// <summary>The environments that it is about.</summary>
    [JsonPropertyName("stacks")]
    public IReadOnlyList<string> Stacks { get; init; } = [];

    /// <summary>Endpoints in the subscriptions and locations of the report that no stack of the project holds; null when they were not looked for, or could not be.</summary>
    [JsonPropertyName("orphans")]
    public IReadOnlyList<QuotaOrphan>? Orphans { get; init; }

    /// <summary>Why <see cref="Orphans"/> is null or may be incomplete; null when it is not.</summary>
    [JsonPropertyName("orphansReason")]
    public string? OrphansReason { get; init; }

    /// <summary>Reports about different places, as one.</summary>
    public static QuotaReport Together(IReadOnlyList<QuotaReport> reports)
    {
        ArgumentNullException.ThrowIfNull(reports);
        var looked = reports.Where(report => report.Orphans is not null).ToArray();
        var reasons = reports.Select(report => report.OrphansReason).OfType<string>().Distinct().ToArray();
        return new QuotaReport
        {
            Rows = [.. reports.SelectMany(report => report.Rows)],
            Stacks = [.. reports.SelectMany(report => report.Stacks).Order(StringComparer.Ordinal)],
            Orphans = looked.Length == 0 ? null : [.. looked.SelectMany(report => report.Orphans!)],
            OrphansReason = reasons.Length == 0 ? null : string.Join("; ", reasons),
        };
    }

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);
}

/// <summary>One limit.</summary>
public sealed record QuotaReportRow
{
    [JsonPropertyName("kind")]
    public required QuotaKind Kind { get; init; }

    /// <summary>What the limit is counted for: <c>subscription</c>, or an endpoint as <c>project/endpoint</c>, or a model in a project as <c>project/model</c>.</summary>
    [JsonPropertyName("scope")]
    public required string Scope { get; init; }

    /// <summary>The subscription that the limit is counted in; null when there was no sign-in and the settings name none.</summary>
    [JsonPropertyName("subscriptionId")]
    public string? SubscriptionId { get; init; }

    [JsonPropertyName("location")]
    public required string Location { get; init; }

    /// <summary>The VM family of a <see cref="QuotaKind.Cores"/> row, as Azure spells its ID; null for all families together and for other kinds.</summary>
    [JsonPropertyName("family")]
    public string? Family { get; init; }

    /// <summary>In use now, by everyone; null when it is not known.</summary>
    [JsonPropertyName("used")]
    public long? Used { get; init; }

    /// <summary>-1 = no limit; null when it is not known.</summary>
    [JsonPropertyName("limit")]
    public long? Limit { get; init; }

    /// <summary>What this environment still has to take: its plan minus what it already holds; null when that cannot be said.</summary>
    [JsonPropertyName("needed")]
    public long? Needed { get; init; }

    /// <summary>What must be free in addition to <see cref="Needed"/>, so that Azure can upgrade instances; 0 where nothing is demanded.</summary>
    [JsonPropertyName("reserve")]
    public long Reserve { get; init; }

    /// <summary>Limit minus used, needed and reserve: negative is what is missing; null when there is no limit or it cannot be said.</summary>
    [JsonPropertyName("headroom")]
    public long? Headroom { get; init; }

    [JsonPropertyName("status")]
    public required QuotaStatus Status { get; init; }

    /// <summary>Why the status is what it is; null when the numbers say it.</summary>
    [JsonPropertyName("reason")]
    public string? Reason { get; init; }

    /// <summary>What the endpoint's own headers said was left, when it was verified; null when they did not, or it was not.</summary>
    [JsonPropertyName("remaining")]
    public long? Remaining { get; init; }

    /// <summary>The endpoints that take from it by their settings, as <c>project/endpoint</c>, and <c>stack/project/endpoint</c> in a report about several stacks.</summary>
    [JsonPropertyName("consumers")]
    public required IReadOnlyList<string> Consumers { get; init; }

    /// <summary>Who has what of <see cref="Used"/>, as far as it can be told.</summary>
    [JsonPropertyName("holders")]
    public IReadOnlyList<QuotaHolder> Holders { get; init; } = [];
}

/// <summary>Somebody who has a part of a quota.</summary>
/// <param name="Name">An endpoint of <see cref="QuotaReportRow.Consumers"/>, a stack, a workspace, a compute as <c>workspace/compute</c>, or <c>others</c>.</param>
public sealed record QuotaHolder(
    [property: JsonPropertyName("kind")] QuotaHolderKind Kind,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("amount")] long Amount);

/// <summary>An endpoint that no stack of the project holds.</summary>
public sealed record QuotaOrphan
{
    [JsonPropertyName("resourceId")]
    public required string ResourceId { get; init; }

    /// <summary><c>serverless</c> or <c>managed</c>.</summary>
    [JsonPropertyName("compute")]
    public required string Compute { get; init; }

    /// <summary>Null when Azure did not say.</summary>
    [JsonPropertyName("location")]
    public string? Location { get; init; }

    /// <summary>The deployments behind it; null when they could not be listed, and for serverless, which has none.</summary>
    [JsonPropertyName("deployments")]
    public int? Deployments { get; init; }
}

[JsonConverter(typeof(JsonStringEnumConverter<QuotaHolderKind>))]
public enum QuotaHolderKind
{
    /// <summary>An endpoint of the reported environments, by their state.</summary>
    [JsonStringEnumMemberName("endpoint")]
    Endpoint,

    /// <summary>An environment, by its state.</summary>
    [JsonStringEnumMemberName("stack")]
    Stack,

    /// <summary>A workspace's share, as Azure reports it; it overlaps with the endpoints in it.</summary>
    [JsonStringEnumMemberName("workspace")]
    Workspace,

    /// <summary>A compute's share, as Azure reports it; a part of its workspace's.</summary>
    [JsonStringEnumMemberName("compute")]
    Compute,

    /// <summary>What is used and not by the reported environments.</summary>
    [JsonStringEnumMemberName("others")]
    Others,
}

[JsonConverter(typeof(JsonStringEnumConverter<QuotaStatus>))]
public enum QuotaStatus
{
    [JsonStringEnumMemberName("pass")]
    Pass,
    [JsonStringEnumMemberName("fail")]
    Fail,

    /// <summary>Azure did not say enough to judge.</summary>
    [JsonStringEnumMemberName("unverified")]
    Unverified,
}

[JsonConverter(typeof(JsonStringEnumConverter<QuotaKind>))]
public enum QuotaKind
{
    /// <summary>Tokens per minute of one serverless deployment.</summary>
    [JsonStringEnumMemberName("tokensPerMinute")]
    TokensPerMinute,

    /// <summary>Requests per minute of one serverless deployment.</summary>
    [JsonStringEnumMemberName("requestsPerMinute")]
    RequestsPerMinute,

    /// <summary>Serverless deployments of one model in one project.</summary>
    [JsonStringEnumMemberName("deploymentsPerModel")]
    DeploymentsPerModel,

    /// <summary>Cores of one VM family, or of all together, in the subscription and location.</summary>
    [JsonStringEnumMemberName("cores")]
    Cores,

    /// <summary>Online endpoints in the subscription and location.</summary>
    [JsonStringEnumMemberName("endpoints")]
    Endpoints,

    /// <summary>Deployments behind online endpoints in the subscription and location.</summary>
    [JsonStringEnumMemberName("deployments")]
    Deployments,

    /// <summary>Instances of one deployment.</summary>
    [JsonStringEnumMemberName("instances")]
    Instances,
}
