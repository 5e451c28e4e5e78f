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

    /// <summary>The endpoints of this environment that take from it, as <c>project/endpoint</c>.</summary>
    [JsonPropertyName("consumers")]
    public required IReadOnlyList<string> Consumers { get; init; }
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
