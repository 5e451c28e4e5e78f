using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Engine.Tests.Harness;
using NJsonSchema;
using NJsonSchema.Validation;

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

        return [.. schema.Validate(Measurable(file)!.ToJsonString()).SelectMany(Innermost)];
    }

    /// <summary>The validator cannot measure whole numbers of more than 64 bits; with an exponent they are numbers like others.</summary>
    private static JsonNode? Measurable(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Measurable(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Measurable)]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number && !long.TryParse(value.ToJsonString(), CultureInfo.InvariantCulture, out _) => JsonValue.Create(value.GetValue<double>()),
        _ => node?.DeepClone(),
    };

    /// <summary>What is wrong inside an item of a list is told instead of that the item is wrong.</summary>
    private static IEnumerable<string> Innermost(ValidationError fault) => fault is ChildSchemaValidationError { Kind: ValidationErrorKind.ArrayItemNotValid } item
        ? item.Errors.Values.SelectMany(inner => inner).SelectMany(Innermost)
        : [$"{fault.Path}: {fault.Kind}"];
}
