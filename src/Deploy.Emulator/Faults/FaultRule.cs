using System.Text.Json.Serialization;

namespace Deploy.Emulator.Faults;

/// <summary>
/// One deliberate misbehaviour of the local Azure, as it stands in <c>faults.json</c>. What a rule does not name matches everything; the management paths never match.
/// </summary>
public sealed record FaultRule
{
    /// <summary>Names the rule in lists and hits; given when left out.</summary>
    public string? Id { get; init; }

    /// <summary>What happens: see <see cref="FaultKinds"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>The endpoint, by its full name or by its name without the stable suffix (<c>mini</c> matches <c>mini-3fa9c1</c>). <c>*</c> for all endpoints; null for Azure Resource Manager and sign-in as well.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Such as <c>PUT</c>.</summary>
    public string? Method { get; init; }

    /// <summary>The path: <c>*</c> stands for anything within a segment, <c>**</c> for any segments. Case does not matter.</summary>
    public string? Path { get; init; }

    /// <summary>Of operations: the type, such as <c>Microsoft.MachineLearningServices/workspaces</c>.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Of operations: the resource's name, with <c>*</c>.</summary>
    public string? Resource { get; init; }

    /// <summary>How many matching requests are let pass before the first hit. Default 0.</summary>
    public int? After { get; init; }

    /// <summary>How often the rule hits. Default: without end.</summary>
    public int? Times { get; init; }

    /// <summary>The share of matching requests that is hit, from 0 to 1. Default 1.</summary>
    public double? Probability { get; init; }

    /// <summary>Makes <see cref="Probability"/> choose the same requests again.</summary>
    public int? Seed { get; init; }

    /// <summary>200 to 599.</summary>
    public int? Status { get; init; }

    /// <summary>Such as <c>2s</c> or <c>500ms</c>.</summary>
    [JsonConverter(typeof(DurationConverter))]
    public TimeSpan? Delay { get; init; }

    /// <summary>What <c>Retry-After</c> says, in whole seconds. Default 1 s.</summary>
    [JsonConverter(typeof(DurationConverter))]
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>How many bytes leave before a truncation. Default 20.</summary>
    public int? Bytes { get; init; }

    /// <summary>The text of the answer.</summary>
    public string? Body { get; init; }

    public string? ContentType { get; init; }

    /// <summary>
    /// The code of a failed operation, such as <c>ResourceNotReady</c>, or code and case of a failure that Azure documents, such as <c>OutOfQuota/disk</c>. Default <c>InternalServerError</c>.
    /// </summary>
    public string? Code { get; init; }

    /// <summary>The message of a failed operation. Default: Azure's for a failure that it documents, else one that names the rule.</summary>
    public string? Message { get; init; }
}
