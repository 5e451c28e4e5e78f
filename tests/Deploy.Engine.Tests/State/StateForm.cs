using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

/// <summary>
/// Deployments in a form in which two are the same text when they mean the same: names in order, numbers as doubles, times to a ten-millionth of a second, no
/// list where there is an empty one or null, and no mark of a secret inside a secret. The manifest is its writer's and left out.
/// </summary>
internal static class StateForm
{
    private static readonly string[] Times = ["created", "modified"];

    /// <param name="deployment">With secrets in clear.</param>
    /// <param name="ordered">Whether the order of the resources counts.</param>
    public static string Of(JsonNode deployment, bool ordered = true)
    {
        var resources = List(deployment["resources"]).Select(Resource);
        var form = new JsonObject
        {
            ["resources"] = new JsonArray([.. ordered ? resources : resources.OrderBy(resource => resource.ToJsonString(), StringComparer.Ordinal)]),
            ["pending_operations"] = new JsonArray([.. List(deployment["pending_operations"]).Select(Operation)]),
        };
        foreach (var (name, value) in deployment.AsObject().Where(entry => !form.ContainsKey(entry.Key) && entry.Key != "manifest").ToList())
        {
            form.Add(name, Value(value));
        }

        if (form["metadata"] is null)
        {
            form["metadata"] = new JsonObject();
        }

        return Sorted(form).ToJsonString(new(PropertyJson.Relaxed) { WriteIndented = true });
    }

    private static IEnumerable<JsonNode> List(JsonNode? list) => (list as JsonArray ?? []).Select(item => item!);

    private static JsonNode Operation(JsonNode operation)
    {
        var form = (JsonObject)Value(operation)!;
        form["resource"] = Resource(operation["resource"]!);
        return form;
    }

    private static JsonNode Resource(JsonNode resource)
    {
        var form = (JsonObject)Value(resource)!;
        foreach (var name in Times.Where(form.ContainsKey))
        {
            form[name] = DateTimeOffset.Parse((string)form[name]!, CultureInfo.InvariantCulture).ToString("O", CultureInfo.InvariantCulture);
        }

        foreach (var (name, urns) in (form["propertyDependencies"] as JsonObject ?? []).ToList())
        {
            form["propertyDependencies"]![name] = urns?.DeepClone() ?? new JsonArray();
        }

        return form;
    }

    private static JsonNode? Value(JsonNode? node) => node switch
    {
        JsonObject secret when secret["plaintext"] is { } text && IsSecret(secret) => Secret(Bare(JsonNode.Parse((string)text!))),
        JsonObject map => Sorted(new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Value(entry.Value))))),
        JsonArray list => new JsonArray([.. list.Select(Value)]),
        JsonValue value when value.GetValueKind() == System.Text.Json.JsonValueKind.Number =>
            double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        _ => node?.DeepClone(),
    };

    private static JsonObject Secret(JsonNode? element) => new() { ["secret"] = Value(element) };

    /// <summary>A value without the marks of secrets in it; inside a secret, what should be encrypted is in clear.</summary>
    private static JsonNode? Bare(JsonNode? node) => node switch
    {
        JsonObject inner when IsSecret(inner) => Bare(JsonNode.Parse((string)(inner["plaintext"] ?? inner["ciphertext"])!)),
        JsonObject map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, Bare(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Bare)]),
        _ => node?.DeepClone(),
    };

    private static bool IsSecret(JsonObject map) => map[ValueSignatures.Key] is JsonValue signature && (string?)signature == ValueSignatures.Secret;

    private static JsonObject Sorted(JsonObject map) => new(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())));
}
