using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>Values as state files keep them: plain JSON, with signed objects for what JSON does not know.</summary>
/// <param name="secrets">Encrypts and decrypts.</param>
/// <param name="showSecrets">Writes secrets in clear (<c>plaintext</c>): for exports only.</param>
internal sealed class StateValues(ISecretsProvider secrets, bool showSecrets = false)
{
    public JsonObject WriteMap(PropertyMap map, string place)
    {
        var result = new JsonObject();
        foreach (var (name, value) in map)
        {
            result.Add(name, Write(value, $"{place}.{name}"));
        }

        return result;
    }

    public JsonNode? Write(PropertyValue value, string place) => value switch
    {
        PropertyNumber number when !double.IsFinite(number.Value) => Signed(
            ValueSignatures.SpecialFloat, ("value", BitConverter.DoubleToUInt64Bits(number.Value).ToString("x16", CultureInfo.InvariantCulture))),
        PropertyNull or PropertyBool or PropertyNumber or PropertyString => PropertyJson.ToJson(value, showSecrets: true),
        PropertyList list => new JsonArray([.. list.Select((item, index) => Write(item, $"{place}[{index}]"))]),
        PropertyMap map => WriteMap(map, place),
        PropertyUnknown => ValueSignatures.Unknown,
        PropertySecret secret => WriteSecret(secret.Element, place),
        PropertyOutput { Secret: true } output => WriteSecret(output.Element ?? PropertyValue.Unknown, place),
        PropertyOutput output => Write(output.Element ?? PropertyValue.Unknown, place),
        PropertyReference reference => Signed(
            ValueSignatures.Reference, ("id", reference.Id is null ? null : reference.Id.AsString() ?? ""), ("packageVersion", reference.PackageVersion), ("urn", reference.Urn.Value)),
        PropertyAsset asset => Signed(ValueSignatures.Asset, ("hash", Hash(asset.Hash)), ("path", asset.Path), ("text", asset.Text), ("uri", asset.Uri)),
        PropertyArchive archive => WriteArchive(archive, place),
        _ => throw new InvalidOperationException($"no state form for {value.GetType().Name}"),
    };

    public PropertyMap ReadMap(JsonNode? node, string place) => node is null
        ? PropertyMap.Empty
        : Read(node, place) as PropertyMap ?? throw Damaged(place, "is not an object");

    public PropertyValue Read(JsonNode? node, string place) => Read(node, place, secrets.Decrypt);

    /// <param name="node">The value.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="decrypt">Opens a ciphertext. Inside a secret the official engine keeps the marks of secrets, and encrypts nothing twice.</param>
    private PropertyValue Read(JsonNode? node, string place, Func<string, string, string> decrypt) => node switch
    {
        null => PropertyValue.Null,
        JsonArray list => new PropertyList(list.Select((item, index) => Read(item, $"{place}[{index}]", decrypt))),
        JsonObject map when map[ValueSignatures.Key] is JsonValue signature => ReadSigned(map, signature.GetValue<string>(), place, decrypt),
        JsonObject map => PropertyMap.Create(map.Select(entry => KeyValuePair.Create(entry.Key, Read(entry.Value, $"{place}.{entry.Key}", decrypt)))),
        JsonValue value when value.GetValueKind() == JsonValueKind.String && ValueSignatures.IsUnknown(value.GetValue<string>()) => PropertyValue.Unknown,
        _ => PropertyJson.FromJson(node),
    };

    private JsonObject WriteSecret(PropertyValue element, string place)
    {
        // A secret inside a secret adds nothing: the outer one wins.
        var text = JsonText(Write(element.WithoutSecrets(), place));
        return showSecrets
            ? Signed(ValueSignatures.Secret, ("plaintext", text))
            : Signed(ValueSignatures.Secret, ("ciphertext", secrets.Encrypt(text, place)));
    }

    private JsonObject WriteArchive(PropertyArchive archive, string place)
    {
        var result = Signed(ValueSignatures.Archive, ("hash", Hash(archive.Hash)), ("path", archive.Path), ("uri", archive.Uri));
        if (archive.Assets is not null)
        {
            result.Insert(1, "assets", WriteMap(archive.Assets, place));
        }

        return result;
    }

    private PropertyValue ReadSigned(JsonObject map, string signature, string place, Func<string, string, string> decrypt) => signature switch
    {
        ValueSignatures.Secret => new PropertySecret(Read(JsonNode.Parse(SecretText(map, place, decrypt)), place, static (text, _) => text)),
        ValueSignatures.Asset => new PropertyAsset { Text = Text(map, "text"), Path = Text(map, "path"), Uri = Text(map, "uri"), Hash = Text(map, "hash") ?? "" },
        ValueSignatures.Archive => new PropertyArchive
        {
            Assets = map["assets"] is JsonNode assets ? ReadMap(assets, place) : null,
            Path = Text(map, "path"),
            Uri = Text(map, "uri"),
            Hash = Text(map, "hash") ?? "",
        },
        ValueSignatures.Reference => new PropertyReference(
            Urn.TryParse(Text(map, "urn")) ?? throw Damaged(place, "refers to something that is not a URN"),
            map.ContainsKey("id") ? ReferenceId(Text(map, "id")) : null,
            Text(map, "packageVersion") ?? ""),
        ValueSignatures.SpecialFloat => BitConverter.UInt64BitsToDouble(ulong.Parse(Text(map, "value") ?? "", NumberStyles.HexNumber, CultureInfo.InvariantCulture)),
        _ => throw new DeployException(EngineErrors.StateUnsupported.With($"{place} has the unknown value signature {signature}")),
    };

    private static string SecretText(JsonObject map, string place, Func<string, string, string> decrypt) => Text(map, "plaintext")
        ?? decrypt(Text(map, "ciphertext") ?? throw Damaged(place, "is a secret without ciphertext"), place);

    private static PropertyValue ReferenceId(string? id) => string.IsNullOrEmpty(id) ? PropertyValue.Unknown : id;

    private static string? Hash(string hash) => hash.Length == 0 ? null : hash;

    private static string? Text(JsonObject map, string name) => map[name]?.GetValue<string>();

    private static string JsonText(JsonNode? node) => node?.ToJsonString(PropertyJson.Relaxed) ?? "null";

    /// <param name="signature">What the object is.</param>
    /// <param name="members">In the order of their names, as everywhere: what is in a secret is compared as text.</param>
    private static JsonObject Signed(string signature, params ReadOnlySpan<(string Name, string? Value)> members)
    {
        var result = new JsonObject { [ValueSignatures.Key] = signature };
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                result.Add(name, value);
            }
        }

        return result;
    }

    private static DeployException Damaged(string place, string what) => new(EngineErrors.StateInvalid.With($"{place} {what}"));
}
