using System.Text.Json.Nodes;
using Deploy.Engine.Tests.Harness;
using NJsonSchema;

namespace Deploy.Engine.Tests.State;

/// <summary>The documented structure of state files, as JSON Schema in <c>tests/conformance/state/</c>.</summary>
internal static class StateSchemas
{
    public static Task<IReadOnlyList<string>> CheckpointFaultsAsync(JsonNode file) => FaultsAsync("checkpoint.v3", file);

    public static Task<IReadOnlyList<string>> ExportFaultsAsync(JsonNode file) => FaultsAsync("deployment.v3", file);

    public static Task<IReadOnlyList<string>> HistoryFaultsAsync(JsonNode file) => FaultsAsync("history", file);

    public static Task<IReadOnlyList<string>> LockFaultsAsync(JsonNode file) => FaultsAsync("lock", file);

    private static async Task<IReadOnlyList<string>> FaultsAsync(string name, JsonNode file)
    {
        var path = Path.Combine(Repository.Root, "tests", "conformance", "state", $"{name}.schema.json");
        var schema = await JsonSchema.FromFileAsync(path, TestContext.Current.CancellationToken);

        // As text, and no date taken for more than a text.
        return [.. schema.Validate(file.ToJsonString()).Select(fault => $"{fault.Path}: {fault.Kind}")];
    }
}
