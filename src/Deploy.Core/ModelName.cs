namespace Deploy.Core;

/// <summary>A model's name in the catalog, such as <c>Phi-4-mini-instruct</c>; compared without case, because services spell it both ways.</summary>
public readonly record struct ModelName(string Value) : IComparable<ModelName>
{
    public bool Equals(ModelName other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    public int CompareTo(ModelName other) => StringComparer.OrdinalIgnoreCase.Compare(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(ModelName left, ModelName right) => left.CompareTo(right) < 0;

    public static bool operator <=(ModelName left, ModelName right) => left.CompareTo(right) <= 0;

    public static bool operator >(ModelName left, ModelName right) => left.CompareTo(right) > 0;

    public static bool operator >=(ModelName left, ModelName right) => left.CompareTo(right) >= 0;
}
