using System.Text.Json;

namespace Generator.CSharp;

/// <summary>Makes enums: structs of text, or plain enums of numbers.</summary>
internal static class EnumEmitter
{
    public static string Emit(string to, Dictionary<string, JsonElement> members)
    {
        var (module, name) = Naming.Split(to);
        var code = CodeWriter.File($"Pulumi.AzureNative.{Naming.Module(module)}");
        code.Doc($"Known values of {name}.");
        if (members.Values.First().ValueKind == JsonValueKind.Number)
        {
            code.Open($"public enum {name}");
            foreach (var (member, value) in members)
            {
                code.Line($"{Naming.EnumMember(name, member)} = {value.GetRawText()},");
            }

            return code.Close().ToString();
        }

        code.Line("[EnumType]").Open($"public readonly struct {name} : IEquatable<{name}>");
        code.Line("private readonly string _value;").Line();
        code.Open($"private {name}(string value)").Line("_value = value ?? throw new ArgumentNullException(nameof(value));").Close().Line();
        foreach (var (member, value) in members)
        {
            code.Line($"public static {name} {Naming.EnumMember(name, member)} {{ get; }} = new {name}({JsonSerializer.Serialize(value.GetString())});");
        }

        Equality(code, name);
        return code.Close().ToString();
    }

    private static void Equality(CodeWriter code, string name)
    {
        code.Line();
        code.Line($"public static bool operator ==({name} left, {name} right) => left.Equals(right);");
        code.Line($"public static bool operator !=({name} left, {name} right) => !left.Equals(right);").Line();
        code.Line($"public static explicit operator string({name} value) => value._value;").Line();
        code.Line("[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]");
        code.Line($"public override bool Equals(object? obj) => obj is {name} other && Equals(other);");
        code.Line($"public bool Equals({name} other) => string.Equals(_value, other._value, StringComparison.Ordinal);").Line();
        code.Line("[System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]");
        code.Line("public override int GetHashCode() => _value?.GetHashCode() ?? 0;").Line();
        code.Line("public override string ToString() => _value;");
    }
}
