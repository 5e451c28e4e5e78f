namespace Pulumi;

/// <summary>Marks an <see cref="Output{T}"/> property of a resource; on a <see cref="Stack"/> the property is a stack output.</summary>
/// <param name="name">Name on the wire; null means the name of the property.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class OutputAttribute(string? name = null) : Attribute
{
    /// <summary>Name on the wire; null means the name of the property.</summary>
    public string? Name { get; } = name;
}

/// <summary>Marks a class or struct that a provider returns: read-only fields and one constructor marked <see cref="OutputConstructorAttribute"/>.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct)]
public sealed class OutputTypeAttribute : Attribute
{
}

/// <summary>Marks the constructor that builds an output type; its parameter names are wire names.</summary>
[AttributeUsage(AttributeTargets.Constructor)]
public sealed class OutputConstructorAttribute : Attribute
{
}

/// <summary>Gives the wire name of a constructor parameter where it is no C# identifier.</summary>
/// <param name="name">Name on the wire.</param>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class OutputConstructorParameterAttribute(string name) : Attribute
{
    /// <summary>Name on the wire.</summary>
    public string Name { get; } = name;
}

/// <summary>Marks a struct that stands for an enumeration of strings or numbers: one constructor from the underlying value, an explicit conversion back.</summary>
[AttributeUsage(AttributeTargets.Struct)]
public sealed class EnumTypeAttribute : Attribute
{
}
