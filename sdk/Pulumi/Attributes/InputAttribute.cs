namespace Pulumi;

/// <summary>Marks a field or property of an <see cref="InputArgs"/> class as an input and gives its wire name.</summary>
/// <param name="name">Name on the wire, e.g. <c>resourceGroupName</c>.</param>
/// <param name="required">A null value is refused before anything is sent.</param>
/// <param name="json">The value is sent as JSON text (inputs of providers that are not strings).</param>
[AttributeUsage(AttributeTargets.Field | AttributeTargets.Property)]
public sealed class InputAttribute(string name, bool required = false, bool json = false) : Attribute
{
    internal string Name { get; } = name;

    internal bool IsRequired { get; } = required;

    internal bool Json { get; } = json;
}
