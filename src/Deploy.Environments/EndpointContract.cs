using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Deploy.Core;
using Deploy.Environments.Settings;

namespace Deploy.Environments;

/// <summary>One item of the stack output <c>endpoints</c>: what the program promises to whoever verifies or calls. Never a key.</summary>
public sealed record EndpointContract
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { RespectNullableAnnotations = true };

    /// <summary>The endpoint's name in the settings; its name in Azure is the last part of <see cref="ResourceId"/>.</summary>
    [JsonPropertyName("name")]
    public required string Name { get; init; }

    /// <summary>The project's name in the settings.</summary>
    [JsonPropertyName("project")]
    public required string Project { get; init; }

    [JsonPropertyName("compute")]
    public required ComputeKind Compute { get; init; }

    [JsonPropertyName("model")]
    public required string Model { get; init; }

    /// <summary>Null for serverless, which serves the newest.</summary>
    [JsonPropertyName("modelVersion")]
    public string? ModelVersion { get; init; }

    /// <summary>The base to which <c>/info</c> and <c>/chat/completions</c> are appended, without a slash at the end.</summary>
    [JsonPropertyName("uri")]
    public required string Uri { get; init; }

    /// <summary>The ARM ID of the serverless or online endpoint.</summary>
    [JsonPropertyName("resourceId")]
    public required string ResourceId { get; init; }

    [JsonPropertyName("auth")]
    public required AuthMode Auth { get; init; }

    [JsonPropertyName("contentSafety")]
    public required ContentSafety ContentSafety { get; init; }

    /// <summary>The names of the deployments behind an online endpoint; empty for serverless.</summary>
    [JsonPropertyName("deployments")]
    public required IReadOnlyList<string> Deployments { get; init; }

    /// <summary>The item in the shape that a Pulumi program can hand out as an output.</summary>
    public ImmutableDictionary<string, object?> ToDictionary() => ImmutableDictionary.CreateRange<string, object?>(
    [
        new("name", Name),
        new("project", Project),
        new("compute", Words.Of(Compute)),
        new("model", Model),
        new("modelVersion", ModelVersion),
        new("uri", Uri),
        new("resourceId", ResourceId),
        new("auth", Words.Of(Auth)),
        new("contentSafety", Words.Of(ContentSafety)),
        new("deployments", Deployments.Cast<object?>().ToImmutableArray()),
    ]);

    /// <summary>The item as JSON.</summary>
    public JsonElement ToJson() => JsonSerializer.SerializeToElement(this, Json);

    /// <summary>Reads the whole output <c>endpoints</c>.</summary>
    /// <exception cref="DeployException">The output is not the list that the contract promises.</exception>
    public static IReadOnlyList<EndpointContract> ReadList(JsonElement endpoints)
    {
        try
        {
            return endpoints.Deserialize<IReadOnlyList<EndpointContract>>(Json)
                ?? throw new DeployException(SettingsErrors.EndpointsOutputUnreadable.With("The stack output 'endpoints' is null; a list of endpoints was expected."));
        }
        catch (JsonException fault)
        {
            throw new DeployException(
                SettingsErrors.EndpointsOutputUnreadable.With($"The stack output 'endpoints' does not follow its contract at {fault.Path ?? "its root"}."), fault);
        }
    }
}
