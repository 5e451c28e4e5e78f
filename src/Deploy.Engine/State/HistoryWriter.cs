using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Engine.Projects;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>Keeps one record, and the state it led to, per run that may have changed something.</summary>
internal static class HistoryWriter
{
    private static readonly JsonSerializerOptions Indented = new(PropertyJson.Relaxed) { WriteIndented = true, IndentSize = 4 };

    /// <returns>The file with the state.</returns>
    public static string Write(StackStore stack, EngineRequest request, EngineResult result, DateTimeOffset start, DateTimeOffset end, Snapshot snapshot)
    {
        var record = new JsonObject
        {
            ["kind"] = request.Operation switch { EngineOperation.Destroy => "destroy", EngineOperation.Refresh => "refresh", _ => "update" },
            ["startTime"] = start.ToUnixTimeSeconds(),
            ["message"] = request.Message,
            ["environment"] = new JsonObject(),
            ["config"] = WriteConfig(request.Config),
            ["result"] = result.Result == RunResult.Succeeded ? "succeeded" : "failed",
            ["endTime"] = end.ToUnixTimeSeconds(),
            // Counts a stack's versions where the service keeps it; a file backend's records have 0.
            ["version"] = 0,
            ["resourceChanges"] = WriteChanges(result.Changes),
        };
        var checkpoint = stack.Paths.History(start, "checkpoint");
        AtomicFile.Write(checkpoint, stream => stack.Write(stream, snapshot, request.Secrets, end), ownerOnly: true);
        AtomicFile.Write(stack.Paths.History(start, "history"), Encoding.UTF8.GetBytes(record.ToJsonString(Indented) + "\n"), ownerOnly: true);
        return checkpoint;
    }

    private static JsonObject WriteConfig(StackConfig config)
    {
        var json = new JsonObject();
        foreach (var (key, value) in config.Values.OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            // A secret goes into the record as its ciphertext or not at all.
            if (!config.SecretKeys.Contains(key))
            {
                json.Add(key, value);
            }
            else if (config.Encrypted.TryGetValue(key, out var encrypted))
            {
                json.Add(key, JsonNode.Parse(encrypted));
            }
        }

        return json;
    }

    private static JsonObject WriteChanges(ChangeSummary changes)
    {
        var json = new JsonObject();
        foreach (var (name, count) in new[]
        {
            ("create", changes.Create), ("update", changes.Update), ("replace", changes.Replace), ("delete", changes.Delete), ("same", changes.Same), ("read", changes.Read),
        })
        {
            if (count > 0)
            {
                json.Add(name, count);
            }
        }

        return json;
    }
}
