using System.Collections.Immutable;
using System.Text.Json;

namespace Pulumi.Serialization;

/// <summary>Which types an output may have: those the wire format can fill.</summary>
internal static class OutputTypeRules
{
    private static readonly ImmutableHashSet<Type> Simple =
    [
        typeof(bool), typeof(int), typeof(double), typeof(string), typeof(object), typeof(Asset), typeof(Archive), typeof(AssetOrArchive), typeof(JsonElement),
    ];

    /// <summary>Throws when a value of the type could never be read.</summary>
    public static void Check(string path, Type type) => Check(path, type, []);

    private static void Check(string path, Type type, HashSet<Type> seen)
    {
        // Types may contain themselves.
        if (!seen.Add(type) || Simple.Contains(type) || type.IsAssignableTo(typeof(Resource)) || (type.IsEnum && type.GetEnumUnderlyingType() == typeof(int)))
        {
            return;
        }

        if (EnumTypes.IsEnumType(type))
        {
            if (EnumTypes.ConstructorFrom(type, typeof(string)) is null && EnumTypes.ConstructorFrom(type, typeof(double)) is null)
            {
                throw new InvalidOperationException($"{path}: {type.FullName} has [EnumType] but no constructor from string or double.");
            }

            return;
        }

        if (type.IsConstructedGenericType)
        {
            CheckGeneric(path, type, seen);
            return;
        }

        if (!type.IsDefined(typeof(OutputTypeAttribute), inherit: false))
        {
            throw new InvalidOperationException(
                $"{path} has the type {type.FullName}. An output may be a bool, int, double, string, object, enum, asset, JsonElement, resource, a class with [OutputType], or a nullable, union, ImmutableArray or string-keyed ImmutableDictionary of these.");
        }

        var constructor = OutputTypes.ConstructorOf(type) ?? throw new InvalidOperationException($"{path}: {type.FullName} has [OutputType] but no constructor with [OutputConstructor].");
        foreach (var parameter in constructor.GetParameters())
        {
            Check($"{type.FullName}({parameter.Name})", parameter.ParameterType, seen);
        }
    }

    private static void CheckGeneric(string path, Type type, HashSet<Type> seen)
    {
        var definition = type.GetGenericTypeDefinition();
        var isMap = definition == typeof(ImmutableDictionary<,>) && type.GenericTypeArguments[0] == typeof(string);
        if (!isMap && definition != typeof(Nullable<>) && definition != typeof(Union<,>) && definition != typeof(ImmutableArray<>) && definition != typeof(Output<>))
        {
            throw new InvalidOperationException($"{path} has the type {type.FullName}; the generic types an output may have are Nullable, Union, ImmutableArray and string-keyed ImmutableDictionary.");
        }

        foreach (var argument in type.GenericTypeArguments)
        {
            Check(path, argument, seen);
        }
    }
}
