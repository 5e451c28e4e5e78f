using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>
/// What a client exercised, kept in <c>tests/conformance/evidence/</c>: method and path, names written as <c>{}</c>, of requests that the client sent and that were answered with
/// success. A run must exercise at least what is kept; <c>DEPLOY_TEST_RECORD=1</c> keeps what it exercised.
/// </summary>
internal static class ClientEvidence
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="suite">The name of its file.</param>
    /// <param name="client">Such as <c>@azure/identity@4.13.1</c>.</param>
    /// <param name="exercised">As <see cref="OperationName"/> names them.</param>
    /// <param name="isPinned">Whether this repository says which version of the client runs. Another version than the kept one sends what it likes.</param>
    public static void Compare(string suite, string client, IEnumerable<string> exercised, bool isPinned = true)
    {
        var operations = exercised.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var path = Path.Combine(ConformanceFolder.Root, "evidence", suite + ".json");
        if (Environment.GetEnvironmentVariable("DEPLOY_TEST_RECORD") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var kept = new JsonObject { ["client"] = client, ["operations"] = new JsonArray([.. operations.Select(operation => JsonValue.Create(operation))]) };
            File.WriteAllText(path, kept.ToJsonString(Json) + "\n");
        }

        Assert.True(File.Exists(path), $"There is no evidence of {suite}: run this test with DEPLOY_TEST_RECORD=1.");
        var evidence = JsonNode.Parse(File.ReadAllText(path))!;
        if (!isPinned && (string?)evidence["client"] != client)
        {
            return;
        }

        var missing = evidence["operations"]!.AsArray().Select(operation => (string)operation!).Except(operations, StringComparer.Ordinal).ToList();
        Assert.True(missing.Count == 0, $"{suite} exercised before, and not now:\n{string.Join('\n', missing)}");
        Assert.Equal(client, (string?)evidence["client"]);
    }
}
