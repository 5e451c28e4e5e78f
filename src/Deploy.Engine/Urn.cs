namespace Deploy.Engine;

/// <summary>
/// The name of a resource in a stack: <c>urn:pulumi:&lt;stack&gt;::&lt;project&gt;::&lt;qualified type&gt;::&lt;name&gt;</c>. The qualified type lists the types of
/// the parents from outermost to innermost, joined by <c>$</c>; the stack itself is left out. A name may contain <c>::</c>.
/// </summary>
public sealed record Urn : IComparable<Urn>
{
    /// <summary>The type of the resource that stands for the stack itself.</summary>
    public const string StackType = "pulumi:pulumi:Stack";

    private const string Prefix = "urn:pulumi:";

    private readonly string _qualifiedType;

    private Urn(string value, string stack, string project, string qualifiedType, string name)
    {
        (Value, Stack, Project, _qualifiedType, Name) = (value, stack, project, qualifiedType, name);
        Type = qualifiedType[(qualifiedType.LastIndexOf('$') + 1)..];
    }

    public string Value { get; }

    public string Stack { get; }

    public string Project { get; }

    /// <summary>The type token, such as <c>azure-native:resources:ResourceGroup</c>.</summary>
    public string Type { get; }

    public string QualifiedType => _qualifiedType;

    public string Name { get; }

    public bool IsStack => Type == StackType;

    /// <summary>Makes the URN of a resource; <paramref name="parent"/> is null for a resource without one.</summary>
    public static Urn Create(string stack, string project, Urn? parent, string type, string name)
    {
        var qualified = parent is null || parent.IsStack ? type : $"{parent.QualifiedType}${type}";
        return new($"{Prefix}{stack}::{project}::{qualified}::{name}", stack, project, qualified, name);
    }

    /// <summary>Reads a URN; null when the text is not one.</summary>
    public static Urn? TryParse(string? text)
    {
        if (text is null || !text.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var parts = text[Prefix.Length..].Split("::", 4);
        return parts.Length == 4 && parts[2].Length > 0 ? new(text, parts[0], parts[1], parts[2], parts[3]) : null;
    }

    /// <summary>Reads a URN.</summary>
    /// <exception cref="FormatException">The text is not a URN.</exception>
    public static Urn Parse(string text) => TryParse(text) ?? throw new FormatException($"'{text}' is not a resource URN");

    public bool Equals(Urn? other) => other is not null && string.Equals(Value, other.Value, StringComparison.Ordinal);

    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Value);

    public int CompareTo(Urn? other) => string.CompareOrdinal(Value, other?.Value);

    public override string ToString() => Value;

    public static bool operator <(Urn left, Urn right) => left.CompareTo(right) < 0;

    public static bool operator <=(Urn left, Urn right) => left.CompareTo(right) <= 0;

    public static bool operator >(Urn left, Urn right) => left.CompareTo(right) > 0;

    public static bool operator >=(Urn left, Urn right) => left.CompareTo(right) >= 0;
}
