using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Google.Protobuf.WellKnownTypes;
using Enum = System.Enum;
using Type = System.Type;

namespace Pulumi.Serialization;

/// <summary>Gives values from the wire the type that the program declares. What does not fit is reported and left at its default.</summary>
/// <param name="warn">Receives what did not fit.</param>
/// <param name="resolveReferences">Makes a resource of a reference.</param>
internal sealed class PropertyConverter(Action<string> warn, Func<ResourceReference, Resource> resolveReferences)
{
    public OutputData<object?> Convert(string path, Value value, Type type)
    {
        var data = PropertyDeserializer.Deserialize(value, resolveReferences);
        return data.With(data.IsKnown ? ConvertOrWarn(path, data.Value, type) : Default(type));
    }

    public OutputData<T> Convert<T>(string path, Value value)
    {
        var data = Convert(path, value, typeof(T));
        return data.With(data.Value is null ? default! : (T)data.Value);
    }

    private static object? Default(Type type) => type.IsValueType && Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null;

    private object? ConvertOrWarn(string path, object? value, Type type)
    {
        try
        {
            return ConvertValue(path, value, type);
        }
        catch (MismatchException mismatch)
        {
            warn(mismatch.Message);
            return Default(type);
        }
    }

    private object? ConvertValue(string path, object? value, Type type)
    {
        if (value is null)
        {
            return Default(type);
        }

        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type == typeof(object) || (type.IsInstanceOfType(value) && !type.IsGenericType))
        {
            return value;
        }

        return type switch
        {
            _ when type == typeof(int) => ToInt32(path, value),
            _ when type.IsEnum => Enum.ToObject(type, ToInt32(path, value)),
            _ when type == typeof(JsonElement) => JsonSerializer.SerializeToElement(ToJson(path, value)),
            _ when EnumTypes.IsEnumType(type) => (EnumTypes.ConstructorFrom(type, value.GetType()) ?? throw Mismatch(path, value, type)).Invoke([value]),
            _ when type.IsConstructedGenericType => ConvertGeneric(path, value, type),
            _ when type.IsDefined(typeof(OutputTypeAttribute), inherit: false) => ConvertOutputType(path, value, type),
            _ => throw Mismatch(path, value, type),
        };
    }

    private static int ToInt32(string path, object value) =>
        value is double number && double.IsInteger(number) && number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Mismatch(path, value, typeof(int));

    private object ConvertGeneric(string path, object value, Type type)
    {
        var definition = type.GetGenericTypeDefinition();
        if (definition == typeof(Union<,>))
        {
            return ConvertUnion(path, value, type);
        }

        if (definition == typeof(ImmutableArray<>) && value is ImmutableArray<object?> items)
        {
            var element = type.GenericTypeArguments[0];
            return ImmutableArrays.Of(element, [.. items.Select((item, index) => ConvertOrWarn($"{path}[{index}]", item, element))]);
        }

        if (definition == typeof(ImmutableDictionary<,>) && type.GenericTypeArguments[0] == typeof(string) && value is ImmutableDictionary<string, object?> entries)
        {
            var element = type.GenericTypeArguments[1];
            return ImmutableMaps.Of(element, [.. entries.Select(entry => KeyValuePair.Create(entry.Key, ConvertOrWarn($"{path}.{entry.Key}", entry.Value, element)))]);
        }

        throw Mismatch(path, value, type);
    }

    private object ConvertUnion(string path, object value, Type type)
    {
        foreach (var (alternative, factory) in type.GenericTypeArguments.Zip(["FromT0", "FromT1"]))
        {
            try
            {
                return type.GetMethod(factory)!.Invoke(null, [ConvertValue(path, value, alternative)])!;
            }
            catch (MismatchException) when (factory == "FromT0")
            {
                // The second alternative decides; its mismatch is the one reported.
                continue;
            }
        }

        throw Mismatch(path, value, type);
    }

    private object ConvertOutputType(string path, object value, Type type)
    {
        var constructor = OutputTypes.ConstructorOf(type) ?? throw Mismatch(path, value, type);
        if (value is not ImmutableDictionary<string, object?> entries)
        {
            throw Mismatch(path, value, type);
        }

        var arguments = constructor.GetParameters().Select(parameter =>
        {
            var name = OutputTypes.WireName(parameter);
            return ConvertOrWarn($"{path}.{name}", entries.GetValueOrDefault(name), parameter.ParameterType);
        });
        return constructor.Invoke([.. arguments]);
    }

    private static JsonNode? ToJson(string path, object? value) => value switch
    {
        null => null,
        bool flag => JsonValue.Create(flag),
        double number => JsonValue.Create(number),
        string text => JsonValue.Create(text),
        ImmutableArray<object?> items => new JsonArray([.. items.Select(item => ToJson(path, item))]),
        ImmutableDictionary<string, object?> entries => new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, ToJson(path, entry.Value)))),
        _ => throw Mismatch(path, value, typeof(JsonElement)),
    };

    private static MismatchException Mismatch(string path, object value, Type expected) =>
        new($"{path} should be a {Describe(expected)} but the provider returned {DescribeValue(value)}; it is left empty.");

    private static string Describe(Type type) =>
        type.IsGenericType ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GenericTypeArguments.Select(Describe))}>" : type.Name;

    private static string DescribeValue(object value) => value switch
    {
        ImmutableArray<object?> => "a list",
        ImmutableDictionary<string, object?> => "an object",
        double number when !double.IsInteger(number) => "a number with a fraction",
        double => "a number",
        _ => $"a {value.GetType().Name}",
    };

    private sealed class MismatchException(string message) : Exception(message)
    {
    }
}
