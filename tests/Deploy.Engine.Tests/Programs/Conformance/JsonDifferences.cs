using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>Where two JSON values differ, a line each.</summary>
internal static class JsonDifferences
{
    public static IEnumerable<string> Find(JsonNode? expected, JsonNode? actual, string path = "") => (expected, actual) switch
    {
        (JsonObject left, JsonObject right) => left.Select(entry => entry.Key).Union(right.Select(entry => entry.Key))
            .SelectMany(name => Find(left[name], right[name], $"{path}/{name}")),
        (JsonArray left, JsonArray right) when left.Count == right.Count => left.Zip(right).SelectMany((pair, index) => Find(pair.First, pair.Second, $"{path}/{index}")),
        _ when JsonNode.DeepEquals(expected, actual) => [],
        _ => [$"{path}: expected {Text(expected)}, is {Text(actual)}"],
    };

    private static string Text(JsonNode? node) => node?.ToJsonString(PropertyJson.Relaxed) ?? "nothing";
}
