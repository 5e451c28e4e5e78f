using System.Text.Json;
using System.Text.Json.Serialization;
using Deploy.Core;
using Deploy.Verification.Quota;

namespace Deploy.Preflight;

/// <summary>What could be known before anything is touched.</summary>
public sealed record PreflightReport
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Fail if any check fails, else warn if any does, else unverified if any is, else pass.</summary>
    [JsonPropertyName("status")]
    public PreflightStatus Status =>
        Checks.Any(check => check.Status == PreflightStatus.Fail) ? PreflightStatus.Fail
        : Checks.Any(check => check.Status == PreflightStatus.Warn) ? PreflightStatus.Warn
        : Checks.Any(check => check.Status == PreflightStatus.Unverified) ? PreflightStatus.Unverified
        : PreflightStatus.Pass;

    /// <summary>In a stable order: from what the settings say to what Azure says.</summary>
    [JsonPropertyName("checks")]
    public required IReadOnlyList<PreflightCheck> Checks { get; init; }

    /// <summary>The numbers behind the check <c>quota</c>; null when Azure could not be asked.</summary>
    [JsonIgnore]
    public QuotaReport? Quota { get; init; }

    /// <summary>Whether the deployment may go on: nothing failed.</summary>
    [JsonIgnore]
    public bool AllowsDeployment => Status != PreflightStatus.Fail;

    /// <summary>The errors of the checks that failed, in order.</summary>
    [JsonIgnore]
    public IEnumerable<DeployError> Errors => Checks.Where(check => check.Status == PreflightStatus.Fail).Select(check => check.Error).OfType<DeployError>();

    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);
}

/// <summary>One thing that was looked at.</summary>
public sealed record PreflightCheck
{
    /// <summary>One of <see cref="PreflightChecks"/>.</summary>
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("status")]
    public required PreflightStatus Status { get; init; }

    /// <summary>What was found, in one line.</summary>
    [JsonPropertyName("message")]
    public required string Message { get; init; }

    /// <summary>The error of a check that failed, warned or could not be made; null when it passed.</summary>
    [JsonIgnore]
    public DeployError? Error { get; init; }

    [JsonPropertyName("code")]
    public string? Code => Error?.Code;

    [JsonPropertyName("suggestion")]
    public string? Suggestion => Error?.Suggestion;

    [JsonPropertyName("help")]
    public string? Help => Error?.Help;
}

[JsonConverter(typeof(JsonStringEnumConverter<PreflightStatus>))]
public enum PreflightStatus
{
    [JsonStringEnumMemberName("pass")]
    Pass,

    /// <summary>Goes on, but somebody should know.</summary>
    [JsonStringEnumMemberName("warn")]
    Warn,

    /// <summary>Would fail in Azure, or breaks a rule of the environment.</summary>
    [JsonStringEnumMemberName("fail")]
    Fail,

    /// <summary>Could not be found out.</summary>
    [JsonStringEnumMemberName("unverified")]
    Unverified,
}
