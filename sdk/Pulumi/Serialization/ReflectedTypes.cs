using System.Collections;
using System.Collections.Immutable;
using System.Reflection;

namespace Pulumi.Serialization;

/// <summary>Types that a provider returns: read-only fields, one constructor.</summary>
internal static class OutputTypes
{
    private const BindingFlags Instance = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>The marked constructor, else the only public one.</summary>
    public static ConstructorInfo? ConstructorOf(Type type)
    {
        var all = type.GetConstructors(Instance);
        var isPublic = all.Where(constructor => constructor.IsPublic).ToArray();
        return all.FirstOrDefault(constructor => constructor.IsDefined(typeof(OutputConstructorAttribute))) ?? (isPublic.Length == 1 ? isPublic[0] : null);
    }

    public static string WireName(ParameterInfo parameter) => parameter.GetCustomAttribute<OutputConstructorParameterAttribute>()?.Name ?? parameter.Name!;

    /// <summary>The fields by wire name; a field has the name of its constructor parameter but for the case of letters.</summary>
    public static IEnumerable<(string Name, FieldInfo Field)> FieldsOf(Type type)
    {
        var fields = type.GetFields(BindingFlags.Instance | BindingFlags.Public);
        return from parameter in ConstructorOf(type)?.GetParameters() ?? []
               let field = fields.FirstOrDefault(candidate => string.Equals(candidate.Name, parameter.Name, StringComparison.OrdinalIgnoreCase))
               where field is not null
               select (WireName(parameter), field);
    }
}

/// <summary>Structs that stand for enumerations of strings or numbers.</summary>
internal static class EnumTypes
{
    public static bool IsEnumType(Type type) => type.IsValueType && type.IsDefined(typeof(EnumTypeAttribute));

    public static object ToUnderlying(object value)
    {
        var conversion = value.GetType().GetMethod("op_Explicit", BindingFlags.Public | BindingFlags.Static, [value.GetType()]);
        return conversion?.Invoke(null, [value]) is { } underlying and (string or double)
            ? underlying
            : throw new InvalidOperationException($"{value.GetType().FullName} has [EnumType] but no explicit conversion to string or double with a value.");
    }

    public static ConstructorInfo? ConstructorFrom(Type type, Type underlying) =>
        type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [underlying]);
}

internal static class ImmutableArrays
{
    private static readonly MethodInfo CreateMethod = typeof(ImmutableArrays).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!;

    /// <summary>Whether a list is an immutable array that was never initialized; it cannot even be enumerated.</summary>
    public static bool IsDefault(IList list)
    {
        var type = list.GetType();
        return type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>) && (bool)type.GetProperty("IsDefault")!.GetValue(list)!;
    }

    public static object Of(Type elementType, IReadOnlyList<object?> elements) => CreateMethod.MakeGenericMethod(elementType).Invoke(null, [elements])!;

    private static ImmutableArray<T> Create<T>(IReadOnlyList<object?> elements) => [.. elements.Select(element => element is null ? default! : (T)element)];
}

internal static class ImmutableMaps
{
    private static readonly MethodInfo CreateMethod = typeof(ImmutableMaps).GetMethod(nameof(Create), BindingFlags.Static | BindingFlags.NonPublic)!;

    public static object Of(Type valueType, IReadOnlyList<KeyValuePair<string, object?>> entries) => CreateMethod.MakeGenericMethod(valueType).Invoke(null, [entries])!;

    private static ImmutableDictionary<string, T> Create<T>(IReadOnlyList<KeyValuePair<string, object?>> entries) =>
        entries.ToImmutableDictionary(entry => entry.Key, entry => entry.Value is null ? default! : (T)entry.Value);
}
