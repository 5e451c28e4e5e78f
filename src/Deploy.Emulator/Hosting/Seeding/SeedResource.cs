using System.Text.Json.Nodes;
using Deploy.ArmTypes;
using Deploy.Core;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.Hosting.Seeding;

/// <summary>One resource of a seed.</summary>
internal sealed record SeedResource
{
    private static readonly string[] TrafficNames = ["traffic", "mirrorTraffic"];

    public required string Id { get; init; }

    public required string ApiVersion { get; init; }

    public required JsonObject Body { get; init; }

    public string Url => $"{string.Join('/', Id.Split('/').Select(Uri.EscapeDataString))}?api-version={ApiVersion}";

    public bool HasTraffic => TrafficNames.Any(name => Body["properties"]?[name] is JsonObject { Count: > 0 });

    /// <summary>The endpoint before its deployments: it must not name them yet.</summary>
    public JsonObject WithoutTraffic
    {
        get
        {
            var body = Body.DeepClone().AsObject();
            foreach (var name in HasTraffic ? TrafficNames : [])
            {
                (body["properties"] as JsonObject)?.Remove(name);
            }

            return body;
        }
    }

    /// <exception cref="DeployException">DEP6008.</exception>
    public static IReadOnlyList<SeedResource> Read(JsonObject content, string subscription)
    {
        if (content["resources"] is not JsonArray resources)
        {
            throw Invalid("It needs resources, a list of { id, apiVersion, body }");
        }

        return [.. resources.Select((node, index) => Read(node as JsonObject, $"resources[{index}]", subscription))];
    }

    private static SeedResource Read(JsonObject? resource, string place, string subscription)
    {
        if (resource is null || Text(resource, "id") is not { } given || resource["body"] is not JsonObject body)
        {
            throw Invalid($"{place} needs an 'id' and a 'body'");
        }

        var segments = given.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var rest = segments is ["subscriptions", _, ..] ? segments[2..] : segments;
        var path = ArmPath.Parse(["subscriptions", subscription, .. rest]);
        if (path.Pairs.Count == 0 || path.Trailing is not null)
        {
            throw Invalid($"{place}: '{given}' is not the id of a resource");
        }

        var versions = ArmTypeIndex.Default.ApiVersions(path.Type);
        var newest = versions.LastOrDefault(version => !version.EndsWith("-preview", StringComparison.Ordinal)) ?? (versions.Count > 0 ? versions[^1] : null);
        return new SeedResource
        {
            Id = $"/subscriptions/{subscription}/{string.Join('/', rest)}",
            ApiVersion = Text(resource, "apiVersion") ?? newest ?? throw Invalid($"{place}: there is no type '{path.Type}'"),
            Body = body.DeepClone().AsObject(),
        };
    }

    private static string? Text(JsonObject resource, string name) => resource[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static DeployException Invalid(string what) => new(EmulatorErrors.SnapshotInvalid.With($"{what}."));
}
