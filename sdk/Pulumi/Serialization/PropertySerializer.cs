using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text.Json;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Pulumi.Waiting;
using Enum = System.Enum;

namespace Pulumi.Serialization;

/// <summary>Turns inputs into wire values and collects the resources that they depend on.</summary>
/// <param name="keepResources">The receiver understands resource references.</param>
/// <param name="keepOutputValues">The receiver understands output values (remote components).</param>
/// <param name="excludeReferences">A resource reference alone counts as no dependency (remote components).</param>
internal sealed class PropertySerializer(bool keepResources, bool keepOutputValues = false, bool excludeReferences = false)
{
    private static readonly Value Null = Value.ForNull();

    /// <summary>The resources that what was serialized so far depends on.</summary>
    public HashSet<Resource> Dependencies { get; } = [];

    /// <summary>The wire form of a value.</summary>
    /// <param name="path">Where the value stands, for messages: <c>properties.sku.name</c>.</param>
    /// <param name="value">Anything an input may hold.</param>
    public Task<Value> SerializeAsync(string path, object? value) => value switch
    {
        null or ValueTuple => Task.FromResult(Null),
        bool flag => Task.FromResult(Value.ForBool(flag)),
        int number => Task.FromResult(Value.ForNumber(number)),
        double number => Task.FromResult(Value.ForNumber(number)),
        string text => Task.FromResult(Value.ForString(text)),
        InputArgs args => SerializeArgsAsync(path, args),
        AssetOrArchive asset => SerializeAssetAsync(path, asset),
        Task => throw new InputException($"Input '{path}' is a task; wrap it with Output.Create."),
        IInput { Content: null } => Task.FromResult(Null),
        IInput { Content: { } content } => SerializeOutputAsync(path, content),
        IUnion union => SerializeAsync(path, union.Value),
        JsonElement element => Task.FromResult(SerializeJson(element)),
        IOutput output => SerializeOutputAsync(path, output),
        CustomResource resource => SerializeReferenceAsync(path, resource, resource.Id),
        ComponentResource resource => SerializeReferenceAsync(path, resource, id: null),
        IDictionary dictionary => SerializeDictionaryAsync(path, dictionary),
        IList list => SerializeListAsync(path, list),
        Enum number => Task.FromResult(Value.ForNumber(Convert.ToInt32(number, System.Globalization.CultureInfo.InvariantCulture))),
        _ => SerializeByTypeAsync(path, value),
    };

    /// <summary>The inputs of an object, each with its own dependencies; entries without a value are left out.</summary>
    public static async Task<SerializedInputs> SerializeInputsAsync(ImmutableArray<InputValue> inputs, Func<PropertySerializer> newSerializer, Func<string, bool> accept)
    {
        var properties = new Struct();
        var dependencies = new Dictionary<string, HashSet<Resource>>();
        foreach (var input in inputs.Where(input => accept(input.Name)))
        {
            var serializer = newSerializer();
            var value = input.Json
                ? await serializer.SerializeAsJsonTextAsync(input.Name, input.Value).ConfigureAwait(false)
                : await serializer.SerializeAsync(input.Name, input.Value).ConfigureAwait(false);
            if (value.KindCase != Value.KindOneofCase.NullValue)
            {
                properties.Fields[input.Name] = value;
                dependencies[input.Name] = serializer.Dependencies;
            }
        }

        return new(properties, dependencies);
    }

    private async Task<Value> SerializeArgsAsync(string path, InputArgs args)
    {
        var result = new Struct();
        foreach (var input in args.GetInputs(path))
        {
            var inner = Join(path, input.Name);
            var value = input.Json
                ? await SerializeAsJsonTextAsync(inner, input.Value).ConfigureAwait(false)
                : await SerializeAsync(inner, input.Value).ConfigureAwait(false);
            AddUnlessNull(result, input.Name, value);
        }

        return Value.ForStruct(result);
    }

    /// <summary>Providers take inputs that are not strings as JSON text; unknowns and secrets move to the outside.</summary>
    private async Task<Value> SerializeAsJsonTextAsync(string path, object? value)
    {
        var inner = new PropertySerializer(keepResources: false);
        var plain = await inner.SerializeAsync(path, value).ConfigureAwait(false);
        Dependencies.UnionWith(inner.Dependencies);
        if (plain.KindCase == Value.KindOneofCase.NullValue)
        {
            return plain;
        }

        var data = PropertyDeserializer.Deserialize(plain, resolveReferences: null);
        if (!data.IsKnown)
        {
            return Value.ForString(WireConstants.Unknown);
        }

        var clear = await new PropertySerializer(keepResources: false).SerializeAsync(path, data.Value).ConfigureAwait(false);
        var text = Value.ForString(JsonFormatter.Default.Format(clear));
        return data.IsSecret ? Envelope(WireConstants.SecretSignature, (WireConstants.Value, text)) : text;
    }

    private async Task<Value> SerializeOutputAsync(string path, IOutput output)
    {
        var data = await output.GetDataAsync($"{Waiter.Current?.ValueNoun} '{path}'").ConfigureAwait(false);
        var inner = new PropertySerializer(keepResources, keepOutputValues, excludeReferences);
        var value = data.IsKnown ? await inner.SerializeAsync(path, data.Value).ConfigureAwait(false) : null;
        var resources = new HashSet<Resource>(data.Resources);
        resources.UnionWith(inner.Dependencies);
        Dependencies.UnionWith(resources);

        if (keepOutputValues)
        {
            return await OutputValueAsync(path, value, data.IsSecret, resources).ConfigureAwait(false);
        }

        value ??= Value.ForString(WireConstants.Unknown);
        return data.IsSecret ? Envelope(WireConstants.SecretSignature, (WireConstants.Value, value)) : value;
    }

    private static async Task<Value> OutputValueAsync(string path, Value? value, bool isSecret, HashSet<Resource> resources)
    {
        if (value is not null && !isSecret && resources.Count == 0)
        {
            return value;
        }

        var result = Envelope(WireConstants.OutputValueSignature);
        if (value is not null)
        {
            result.StructValue.Fields[WireConstants.Value] = value;
        }

        if (isSecret)
        {
            result.StructValue.Fields[WireConstants.Secret] = Value.ForBool(true);
        }

        var urns = await ResourceDependencies.GetUrnsAsync(resources, except: null, $"{Waiter.Current?.ValueNoun} '{path}'").ConfigureAwait(false);
        if (urns.Count > 0)
        {
            result.StructValue.Fields[WireConstants.Dependencies] = Value.ForList([.. urns.Order(StringComparer.Ordinal).Select(Value.ForString)]);
        }

        return result;
    }

    private async Task<Value> SerializeReferenceAsync(string path, Resource resource, Output<string>? id)
    {
        var target = keepResources && excludeReferences ? new PropertySerializer(keepResources) : this;
        if (id is not null)
        {
            target.Dependencies.Add(resource);
        }

        var urnValue = await target.SerializeAsync(Join(path, WireConstants.Urn), resource.Urn).ConfigureAwait(false);
        var idValue = id is null ? null : await target.SerializeAsync(Join(path, WireConstants.Id), id).ConfigureAwait(false);
        if (!keepResources)
        {
            return idValue ?? urnValue;
        }

        var reference = Envelope(WireConstants.ResourceSignature, (WireConstants.Urn, urnValue));
        if (idValue is not null)
        {
            // An id that is not known yet is an empty text within a reference.
            reference.StructValue.Fields[WireConstants.Id] = idValue.StringValue == WireConstants.Unknown ? Value.ForString("") : idValue;
        }

        return reference;
    }

    private async Task<Value> SerializeAssetAsync(string path, AssetOrArchive asset) => Envelope(
        asset.Signature,
        (asset.PropertyName, await SerializeAsync(Join(path, asset.PropertyName), asset.Value).ConfigureAwait(false)));

    private async Task<Value> SerializeDictionaryAsync(string path, IDictionary dictionary)
    {
        var result = new Struct();
        foreach (DictionaryEntry entry in dictionary)
        {
            var key = entry.Key as string ?? throw new InputException($"Input '{path}' is a dictionary whose keys are {entry.Key.GetType().FullName}; they must be strings.");
            AddUnlessNull(result, key, await SerializeAsync(Join(path, key), entry.Value).ConfigureAwait(false));
        }

        return Value.ForStruct(result);
    }

    private async Task<Value> SerializeListAsync(string path, IList list)
    {
        if (ImmutableArrays.IsDefault(list))
        {
            return Null;
        }

        var values = new Value[list.Count];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = await SerializeAsync($"{path}[{i}]", list[i]).ConfigureAwait(false);
        }

        return Value.ForList(values);
    }

    private Task<Value> SerializeByTypeAsync(string path, object value)
    {
        var type = value.GetType();
        if (type.GetCustomAttribute<EnumTypeAttribute>() is not null)
        {
            return SerializeAsync(path, EnumTypes.ToUnderlying(value));
        }

        return type.GetCustomAttribute<OutputTypeAttribute>() is not null
            ? SerializeOutputTypeAsync(path, value)
            : throw new InputException($"Input '{path}' is a {type.FullName}; supported are bool, int, double, string, enums, assets, resources, argument objects, and lists, string maps and outputs of these.");
    }

    /// <summary>What a provider returned can be passed on: by the names that its constructor gives the fields.</summary>
    private async Task<Value> SerializeOutputTypeAsync(string path, object value)
    {
        var result = new Struct();
        foreach (var (name, field) in OutputTypes.FieldsOf(value.GetType()))
        {
            AddUnlessNull(result, name, await SerializeAsync(Join(path, name), field.GetValue(value)).ConfigureAwait(false));
        }

        return Value.ForStruct(result);
    }

    private static Value SerializeJson(JsonElement element) =>
        element.ValueKind == JsonValueKind.Undefined ? Null : Value.Parser.ParseJson(element.GetRawText());

    private static void AddUnlessNull(Struct target, string key, Value value)
    {
        if (value.KindCase != Value.KindOneofCase.NullValue)
        {
            target.Fields[key] = value;
        }
    }

    private static Value Envelope(string signature, params ReadOnlySpan<(string Key, Value Value)> entries)
    {
        var result = new Struct { Fields = { [WireConstants.Signature] = Value.ForString(signature) } };
        foreach (var (key, value) in entries)
        {
            result.Fields[key] = value;
        }

        return Value.ForStruct(result);
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
