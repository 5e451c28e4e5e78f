using System.Text.Json;
using Generator.Typings;

namespace Generator.CSharp;

/// <summary>C# types of described types, in the three positions that they occur in.</summary>
internal sealed class TypeNames(TypingsModel typings)
{
    private const string Root = "global::Pulumi.AzureNative";

    /// <summary>Inside an <c>Input</c>: the element of an Input, InputList or InputMap.</summary>
    public static string Input(TypingsType type) => type.Kind switch
    {
        "array" => $"ImmutableArray<{Input(type.Items!)}>",
        "map" => $"ImmutableDictionary<string, {Input(type.Values!)}>",
        "ref" => Nested(type.To!, "Inputs"),
        "enum" when type.Open => $"Union<string, {Enum(type.To!)}>",
        "enum" => Enum(type.To!),
        "union" when type.Of!.Count == 2 => $"Union<{Input(type.Of[0])}, {Input(type.Of[1])}>",
        _ => Scalar(type),
    };

    /// <summary>The declared type of an input property, without the question mark.</summary>
    public static string InputProperty(TypingsType type) => type.Kind switch
    {
        "array" => $"InputList<{Input(type.Items!)}>",
        "map" => $"InputMap<{Input(type.Values!)}>",
        "enum" when type.Open => $"InputUnion<string, {Enum(type.To!)}>",
        "union" when type.Of!.Count == 2 => $"InputUnion<{Input(type.Of[0])}, {Input(type.Of[1])}>",
        _ => $"Input<{Input(type)}>",
    };

    /// <summary>Outputs carry enums as text.</summary>
    public string Output(TypingsType type) => type.Kind switch
    {
        "array" => $"ImmutableArray<{Output(type.Items!)}>",
        "map" => $"ImmutableDictionary<string, {Output(type.Values!)}>",
        "ref" => Nested(type.To!, "Outputs"),
        "enum" => IsNumeric(type.To!) ? "int" : "string",
        "union" when type.Of!.Count == 2 => $"Union<{Output(type.Of[0])}, {Output(type.Of[1])}>",
        _ => Scalar(type),
    };

    /// <summary>An output that may be missing; arrays are empty instead.</summary>
    public string Optional(TypingsType type) => type.Kind == "array" ? Output(type) : Output(type) + "?";

    public bool IsNumeric(string enumeration) => typings.Enums[enumeration].Values.First().ValueKind == JsonValueKind.Number;

    public static string Enum(string to)
    {
        var (module, name) = Naming.Split(to);
        return $"{Root}.{Naming.Module(module)}.{name}";
    }

    /// <summary>The expression of a default value.</summary>
    public string Literal(TypingsType type, JsonElement value)
    {
        if (type is { Kind: "enum", Open: false })
        {
            var member = typings.Enums[type.To!].First(m => m.Value.ToString() == value.ToString()).Key;
            return $"{Enum(type.To!)}.{Naming.EnumMember(Naming.Split(type.To!).Name, member)}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.True => "true",
            JsonValueKind.False => "false",
            JsonValueKind.Number => value.GetRawText() + (type.Kind == "number" ? "d" : string.Empty),
            _ => JsonSerializer.Serialize(value.GetString()),
        };
    }

    private static string Nested(string to, string space)
    {
        var (module, name) = Naming.Split(to);
        return $"{Root}.{Naming.Module(module)}.{space}.{name}";
    }

    private static string Scalar(TypingsType type) => type.Kind switch
    {
        "string" or "const" => "string",
        "boolean" => "bool",
        "integer" => "int",
        "number" => "double",
        "any" or "union" => "object",
        _ => throw new GeneratorException($"type kind {type.Kind} is not known"),
    };
}
