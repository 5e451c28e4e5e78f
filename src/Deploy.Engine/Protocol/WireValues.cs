using System.Security.Cryptography;
using System.Text;
using Deploy.Engine.Values;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace Deploy.Engine.Protocol;

/// <summary>Values as they travel: <c>google.protobuf.Struct</c> with signed objects for what JSON does not know.</summary>
/// <param name="programDirectory">Relative paths of assets start here.</param>
internal sealed class WireValues(string programDirectory)
{
    public PropertyMap ReadMap(Struct? value) => value is null
        ? PropertyMap.Empty
        : PropertyMap.Create(value.Fields.Select(field => KeyValuePair.Create(field.Key, Read(field.Value))));

    public PropertyValue Read(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => PropertyValue.Null,
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.StringValue => ValueSignatures.IsUnknown(value.StringValue) ? PropertyValue.Unknown : value.StringValue,
        Value.KindOneofCase.ListValue => new PropertyList(value.ListValue.Values.Select(Read)),
        _ => value.StructValue.Fields.TryGetValue(ValueSignatures.Key, out var signature)
            ? ReadSigned(value.StructValue, signature.StringValue)
            : ReadMap(value.StructValue),
    };

    private PropertyValue ReadSigned(Struct value, string signature) => signature switch
    {
        ValueSignatures.Secret => Read(Member(value, "value") ?? Value.ForNull()).AsSecret(),
        ValueSignatures.Output => ReadOutput(value),
        ValueSignatures.Reference => new PropertyReference(
            ReadUrn(value, "urn"),
            Member(value, "id") is { } id ? id.StringValue.Length == 0 ? PropertyValue.Unknown : Read(id) : null,
            Text(value, "packageVersion") ?? ""),
        ValueSignatures.Asset => ReadAsset(value),
        ValueSignatures.Archive => ReadArchive(value),
        _ => throw new RpcException(new(StatusCode.InvalidArgument, $"unrecognized value signature '{signature}'")),
    };

    /// <summary>Dependencies of single values are of use to remote components only; a provider sees the value, its secretness, or that it is unknown.</summary>
    private PropertyValue ReadOutput(Struct value)
    {
        var element = Member(value, "value") is { } known ? Read(known) : PropertyValue.Unknown;
        return Member(value, "secret")?.BoolValue == true ? element.AsSecret() : element;
    }

    private PropertyAsset ReadAsset(Struct value)
    {
        var asset = new PropertyAsset { Text = Text(value, "text"), Path = Text(value, "path"), Uri = Text(value, "uri"), Hash = Text(value, "hash") ?? "" };
        return asset.Hash.Length > 0 ? asset : asset with { Hash = Hash(asset) };
    }

    private string Hash(PropertyAsset asset)
    {
        if (asset.Path is null)
        {
            return asset.Text is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(asset.Text)));
        }

        var path = Path.GetFullPath(asset.Path, programDirectory);
        return File.Exists(path)
            ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))
            : throw new RpcException(new(StatusCode.InvalidArgument, $"the file of an asset does not exist: {path}"));
    }

    private PropertyArchive ReadArchive(Struct value) => new()
    {
        Assets = Member(value, "assets") is { StructValue: { } assets } ? ReadMap(assets) : null,
        Path = Text(value, "path"),
        Uri = Text(value, "uri"),
        Hash = Text(value, "hash") ?? "",
    };

    /// <param name="map">The values.</param>
    /// <param name="keepSecrets">Whether the receiver knows secret envelopes; if not, it gets what is in them.</param>
    /// <param name="keepReferences">Whether the receiver knows resource references; if not, it gets ids and URNs.</param>
    public static Struct WriteMap(PropertyMap map, bool keepSecrets, bool keepReferences)
    {
        var result = new Struct();
        foreach (var (name, value) in map)
        {
            result.Fields.Add(name, Write(value, keepSecrets, keepReferences));
        }

        return result;
    }

    private static Value Write(PropertyValue value, bool keepSecrets, bool keepReferences) => value switch
    {
        PropertyNull => Value.ForNull(),
        PropertyBool flag => Value.ForBool(flag.Value),
        PropertyNumber number => Value.ForNumber(number.Value),
        PropertyString text => Value.ForString(text.Value),
        PropertyUnknown => Value.ForString(ValueSignatures.Unknown),
        PropertyList list => Value.ForList([.. list.Select(item => Write(item, keepSecrets, keepReferences))]),
        PropertyMap map => Value.ForStruct(WriteMap(map, keepSecrets, keepReferences)),
        PropertySecret secret when !keepSecrets => Write(secret.Element, keepSecrets, keepReferences),
        PropertySecret secret => Signed(ValueSignatures.Secret, ("value", Write(secret.Element.WithoutSecrets(), keepSecrets, keepReferences))),
        PropertyOutput output => Write(output.Secret ? output.Bare.AsSecret() : output.Bare, keepSecrets, keepReferences),
        PropertyReference reference => WriteReference(reference, keepSecrets, keepReferences),
        PropertyAsset asset => Signed(ValueSignatures.Asset, ("text", Text(asset.Text)), ("path", Text(asset.Path)), ("uri", Text(asset.Uri)), ("hash", Text(asset.Hash))),
        PropertyArchive archive => Signed(
            ValueSignatures.Archive,
            ("assets", archive.Assets is null ? null : Value.ForStruct(WriteMap(archive.Assets, keepSecrets, keepReferences))),
            ("path", Text(archive.Path)),
            ("uri", Text(archive.Uri)),
            ("hash", Text(archive.Hash))),
        _ => throw new InvalidOperationException($"no wire form for {value.GetType().Name}"),
    };

    private static Value WriteReference(PropertyReference reference, bool keepSecrets, bool keepReferences)
    {
        var id = reference.Id is null ? null : Write(reference.Id, keepSecrets, keepReferences);
        return keepReferences
            ? Signed(ValueSignatures.Reference, ("urn", Text(reference.Urn.Value)), ("id", reference.Id is PropertyUnknown ? Value.ForString("") : id), ("packageVersion", Text(reference.PackageVersion)))
            : id ?? Value.ForString(reference.Urn.Value);
    }

    /// <summary>An object that JSON does not know; members without a value are left out.</summary>
    public static Value Signed(string signature, params ReadOnlySpan<(string Name, Value? Value)> members)
    {
        var result = new Struct { Fields = { [ValueSignatures.Key] = Value.ForString(signature) } };
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                result.Fields.Add(name, value);
            }
        }

        return Value.ForStruct(result);
    }

    private static Value? Text(string? text) => text is null ? null : Value.ForString(text);

    private static Value? Member(Struct value, string name) => value.Fields.GetValueOrDefault(name);

    private static string? Text(Struct value, string name) => Member(value, name) is { KindCase: Value.KindOneofCase.StringValue } text ? text.StringValue : null;

    private static Urn ReadUrn(Struct value, string name) => Urn.TryParse(Text(value, name))
        ?? throw new RpcException(new(StatusCode.InvalidArgument, $"a resource reference has no URN: '{Text(value, name)}'"));
}
