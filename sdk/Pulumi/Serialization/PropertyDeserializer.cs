using System.Collections.Immutable;
using Google.Protobuf.Collections;
using Google.Protobuf.WellKnownTypes;

namespace Pulumi.Serialization;

/// <summary>
/// Turns wire values into plain ones: null, bool, double, string, assets, resources, immutable arrays and dictionaries. Secretness and
/// unknownness of any part count for the whole.
/// </summary>
internal static class PropertyDeserializer
{
    /// <param name="value">The wire value.</param>
    /// <param name="resolveReferences">Makes a resource of URN, id and package version; null refuses references.</param>
    public static OutputData<object?> Deserialize(Value value, Func<ResourceReference, Resource>? resolveReferences) => value.KindCase switch
    {
        Value.KindOneofCase.None or Value.KindOneofCase.NullValue => OutputData.Known<object?>(null),
        Value.KindOneofCase.BoolValue => OutputData.Known<object?>(value.BoolValue),
        Value.KindOneofCase.NumberValue => OutputData.Known<object?>(value.NumberValue),
        Value.KindOneofCase.StringValue => WireConstants.IsUnknown(value.StringValue)
            ? OutputData.Unknown<object?>(OutputData.NoResources, isSecret: false)
            : OutputData.Known<object?>(value.StringValue),
        Value.KindOneofCase.ListValue => DeserializeList(value.ListValue, resolveReferences),
        Value.KindOneofCase.StructValue => DeserializeStruct(value.StructValue.Fields, resolveReferences),
        _ => throw new InvalidOperationException($"A value of kind {value.KindCase} is not part of the protocol."),
    };

    private static OutputData<object?> DeserializeList(ListValue list, Func<ResourceReference, Resource>? resolveReferences)
    {
        var items = ImmutableArray.CreateBuilder<object?>(list.Values.Count);
        var whole = OutputData.Known(0);
        foreach (var element in list.Values)
        {
            var data = Deserialize(element, resolveReferences);
            items.Add(data.Value);
            whole = Combine(whole, data);
        }

        return whole.With<object?>(items.MoveToImmutable());
    }

    private static OutputData<object?> DeserializeStruct(MapField<string, Value> fields, Func<ResourceReference, Resource>? resolveReferences)
    {
        if (fields.TryGetValue(WireConstants.Signature, out var signature))
        {
            return DeserializeSpecial(signature.StringValue, fields, resolveReferences);
        }

        var entries = ImmutableDictionary.CreateBuilder<string, object?>();
        var whole = OutputData.Known(0);
        foreach (var (key, element) in fields)
        {
            if (key.StartsWith(WireConstants.InternalPrefix, StringComparison.Ordinal))
            {
                continue;
            }

            var data = Deserialize(element, resolveReferences);
            whole = Combine(whole, data);
            if (data.IsKnown && data.Value is null)
            {
                continue;
            }

            entries[key] = data.Value;
        }

        return whole.With<object?>(entries.ToImmutable());
    }

    private static OutputData<object?> DeserializeSpecial(string signature, MapField<string, Value> fields, Func<ResourceReference, Resource>? resolveReferences)
    {
        switch (signature)
        {
            case WireConstants.SecretSignature:
                return Deserialize(Required(fields, WireConstants.Value, "secret"), resolveReferences) with { IsSecret = true };
            case WireConstants.AssetSignature:
                return OutputData.Known<object?>(DeserializeAsset(fields));
            case WireConstants.ArchiveSignature:
                return DeserializeArchive(fields);
            case WireConstants.ResourceSignature when resolveReferences is not null:
                return OutputData.Known<object?>(resolveReferences(ReadReference(fields)));
            case WireConstants.OutputValueSignature:
                return DeserializeOutputValue(fields, resolveReferences);
            default:
                throw new InvalidOperationException($"A value with the signature '{signature}' is not expected here.");
        }
    }

    private static OutputData<object?> DeserializeOutputValue(MapField<string, Value> fields, Func<ResourceReference, Resource>? resolveReferences)
    {
        var data = fields.TryGetValue(WireConstants.Value, out var value) ? Deserialize(value, resolveReferences) : OutputData.Unknown<object?>(OutputData.NoResources, isSecret: false);
        var isSecret = fields.TryGetValue(WireConstants.Secret, out var secret) && secret.BoolValue;
        var resources = fields.TryGetValue(WireConstants.Dependencies, out var urns)
            ? data.Resources.Union(urns.ListValue.Values.Select(urn => new DependencyResource(urn.StringValue)))
            : data.Resources;
        return data with { IsSecret = data.IsSecret || isSecret, Resources = resources };
    }

    private static ResourceReference ReadReference(MapField<string, Value> fields)
    {
        var urn = Required(fields, WireConstants.Urn, "resource reference").StringValue;
        var id = fields.TryGetValue(WireConstants.Id, out var idValue) ? idValue.StringValue : null;
        var version = fields.TryGetValue(WireConstants.PackageVersion, out var versionValue) ? versionValue.StringValue : "";
        return new(urn, id is not null && WireConstants.IsUnknown(id) ? "" : id, version);
    }

    private static Asset DeserializeAsset(MapField<string, Value> fields)
    {
        // The engine names the path even when it sends the content along, and an empty text is a text.
        if (fields.TryGetValue(WireConstants.AssetPath, out var path) && path.StringValue.Length > 0)
        {
            return new FileAsset(path.StringValue);
        }

        return fields.TryGetValue(WireConstants.AssetUri, out var uri) && uri.StringValue.Length > 0
            ? new RemoteAsset(uri.StringValue)
            : new StringAsset(Required(fields, WireConstants.AssetText, "asset").StringValue);
    }

    private static OutputData<object?> DeserializeArchive(MapField<string, Value> fields)
    {
        if (fields.TryGetValue(WireConstants.AssetPath, out var path) && path.StringValue.Length > 0)
        {
            return OutputData.Known<object?>(new FileArchive(path.StringValue));
        }

        if (fields.TryGetValue(WireConstants.AssetUri, out var uri) && uri.StringValue.Length > 0)
        {
            return OutputData.Known<object?>(new RemoteArchive(uri.StringValue));
        }

        var content = Deserialize(Required(fields, WireConstants.ArchiveAssets, "archive"), resolveReferences: null);
        var entries = ((ImmutableDictionary<string, object?>)content.Value!).ToDictionary(pair => pair.Key, pair => (AssetOrArchive)pair.Value!);
        return content.With<object?>(new AssetArchive(entries));
    }

    private static Value Required(MapField<string, Value> fields, string key, string kind) =>
        fields.TryGetValue(key, out var value) ? value : throw new InvalidOperationException($"A {kind} came without '{key}'.");

    private static OutputData<int> Combine(OutputData<int> whole, OutputData<object?> part) =>
        new(whole.Resources.Union(part.Resources), 0, whole.IsKnown && part.IsKnown, whole.IsSecret || part.IsSecret);
}

/// <summary>How a resource is named inside a value. Id: null for components, empty while unknown.</summary>
internal sealed record ResourceReference(string Urn, string? Id, string PackageVersion);

/// <summary>Inputs ready to be sent, and the resources that each of them depends on.</summary>
internal sealed record SerializedInputs(Struct Properties, IReadOnlyDictionary<string, HashSet<Resource>> Dependencies);
