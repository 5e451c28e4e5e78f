using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Azure.MachineLearning;

/// <summary>Takes values out of documents of the control plane.</summary>
public static class JsonReading
{
    /// <summary>The text of a property; null when it is absent or not text.</summary>
    public static string? Text(this JsonObject document, string name) => document[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>The object of a property; null when it is absent or not an object.</summary>
    public static JsonObject? Child(this JsonObject document, string name) => document[name] as JsonObject;

    /// <summary>The whole number of a property; null when it is absent or not one.</summary>
    /// <remarks>Goes by the JSON text, because a node made from an <see cref="int"/> or <see cref="double"/> does not hand itself out as another type.</remarks>
    public static long? Integer(this JsonObject document, string name) =>
        document[name] is JsonValue value
        && value.GetValueKind() == JsonValueKind.Number
        && decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        && number == decimal.Truncate(number) && number is >= long.MinValue and <= long.MaxValue
            ? (long)number
            : null;

    internal static string RequiredText(this JsonObject document, string name) =>
        document.Text(name) ?? throw new FormatException($"The property '{name}' is absent or not text.");

    internal static long RequiredInteger(this JsonObject document, string name) =>
        document.Integer(name) ?? throw new FormatException($"The property '{name}' is absent or not a whole number.");
}
