using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Comparison;

/// <summary>Reads reports of format <c>json</c>, and the documents of <c>deploy verify -o json</c> and <c>deploy up -o json</c>, for comparison.</summary>
public static class EarlierRunReader
{
    /// <summary>Null for text that is no such document.</summary>
    public static EarlierRun? Read(string text)
    {
        try
        {
            return JsonNode.Parse(text) is JsonObject document ? Read(document) : null;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException or ArgumentException or OverflowException)
        {
            // Not JSON, or a member of another kind than ours are.
            return null;
        }
    }

    private static EarlierRun? Read(JsonObject document)
    {
        var verification = document["verification"] as JsonObject ?? document;
        if (document["schemaVersion"] is null || (verification["endpoints"] is not JsonArray && !document.ContainsKey("verification")))
        {
            return null;
        }

        return new()
        {
            Stack = (string?)document["stack"],
            StartedAt = (string?)document["startedAt"] is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null,
            Status = (string?)verification["status"] is { } status ? Status(status) : null,
            Endpoints = [.. (verification["endpoints"] as JsonArray ?? []).OfType<JsonObject>().Select(Endpoint)],
        };
    }

    private static EarlierEndpoint Endpoint(JsonObject endpoint)
    {
        var name = (string)endpoint["name"]!;
        return new()
        {
            FullName = (string?)endpoint["project"] is { } project ? $"{project}/{name}" : name,
            Model = (string?)endpoint["model"],
            Status = Status((string)endpoint["status"]!),
            Checks = endpoint["checks"]!.AsArray().OfType<JsonObject>().ToDictionary(check => (string)check["id"]!, check => Status((string)check["status"]!), StringComparer.Ordinal),
            Latency = endpoint["latency"] is JsonObject latency ? Latency(latency) : null,
        };
    }

    private static LatencyReport Latency(JsonObject latency) => new()
    {
        Connect = Time(latency[LatencyMeasures.Connect]),
        FirstToken = Time(latency[LatencyMeasures.FirstToken]),
        BetweenTokens = Time(latency[LatencyMeasures.BetweenTokens]),
        Total = Time(latency[LatencyMeasures.Total]),
        Samples = latency["repeated"] is JsonObject repeated ? Samples(repeated) : null,
    };

    private static LatencySamples Samples(JsonObject repeated) => new()
    {
        Asked = (int)repeated["asked"]!,
        Answered = (int)repeated["answered"]!,
        Connect = Times(repeated, LatencyMeasures.Connect),
        FirstToken = Times(repeated, LatencyMeasures.FirstToken),
        BetweenTokens = Times(repeated, LatencyMeasures.BetweenTokens),
        Total = Times(repeated, LatencyMeasures.Total),
    };

    private static TimeSpan[] Times(JsonObject repeated, string measure) => [.. (repeated[measure]?["samples"]?.AsArray() ?? []).Select(Time).OfType<TimeSpan>()];

    private static TimeSpan? Time(JsonNode? milliseconds) => milliseconds is null ? null : TimeSpan.FromMilliseconds((double)milliseconds);

    private static CheckStatus Status(string word) => Enum.Parse<CheckStatus>(word, ignoreCase: true);
}
