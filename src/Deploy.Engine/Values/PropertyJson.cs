using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Engine.Values;

/// <summary>Turns plain JSON into values and back, and values into what people read.</summary>
public static class PropertyJson
{
    public const string SecretText = "[secret]";

    public const string UnknownText = "[unknown]";

    /// <summary>Reads plain JSON; nulls are kept.</summary>
    public static PropertyValue FromJson(JsonNode? node) => node switch
    {
        null => PropertyValue.Null,
        JsonObject map => PropertyMap.Create(map.Select(entry => KeyValuePair.Create(entry.Key, FromJson(entry.Value)))),
        JsonArray list => new PropertyList(list.Select(FromJson)),
        _ => FromScalar(node.AsValue()),
    };

    /// <summary>
    /// Writes values as plain JSON for people and scripts: a secret is <c>[secret]</c> unless <paramref name="showSecrets"/>, an unknown is <c>[unknown]</c>,
    /// a resource reference is its id or URN.
    /// </summary>
    public static JsonNode? ToJson(PropertyValue value, bool showSecrets) => value switch
    {
        PropertyNull => null,
        PropertyBool flag => JsonValue.Create(flag.Value),
        PropertyNumber number => Number(number.Value),
        PropertyString text => JsonValue.Create(text.Value),
        PropertyList list => new JsonArray([.. list.Select(item => ToJson(item, showSecrets))]),
        PropertyMap map => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, ToJson(entry.Value, showSecrets)))),
        PropertyUnknown => JsonValue.Create(UnknownText),
        PropertySecret secret => showSecrets ? ToJson(secret.Element, showSecrets) : JsonValue.Create(SecretText),
        PropertyOutput { Secret: true } when !showSecrets => JsonValue.Create(SecretText),
        PropertyOutput output => output.Element is null ? JsonValue.Create(UnknownText) : ToJson(output.Element, showSecrets),
        PropertyReference reference => reference.Id is null ? JsonValue.Create(reference.Urn.Value) : ToJson(reference.Id, showSecrets),
        PropertyAsset asset => JsonValue.Create($"asset:{asset.Path ?? asset.Uri ?? asset.Hash}"),
        PropertyArchive archive => JsonValue.Create($"archive:{archive.Path ?? archive.Uri ?? archive.Hash}"),
        _ => throw new InvalidOperationException($"no JSON form for {value.GetType().Name}"),
    };

    internal static string ToDisplayText(PropertyValue value) => ToJson(value, showSecrets: false)?.ToJsonString(Relaxed) ?? "null";

    /// <summary>Whole numbers are written without a fraction, as every other writer of this format does.</summary>
    internal static JsonNode Number(double value) =>
        value is >= -9007199254740992 and <= 9007199254740992 && Math.Floor(value) == value && !double.IsNegative(value) | value < 0
            ? JsonValue.Create((long)value)
            : JsonValue.Create(value);

    internal static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static PropertyValue FromScalar(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetValue<double>(out var number) ? number : double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture),
        _ => PropertyValue.Null,
    };
}
