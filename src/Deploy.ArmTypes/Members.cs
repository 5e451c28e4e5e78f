using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>The properties that an object type allows, given the discriminator of a value where there is one.</summary>
internal static class Members
{
    private static readonly Dictionary<string, ObjectTypeProperty> None = [];

    /// <summary>Properties that hold whatever the discriminator says.</summary>
    public static IReadOnlyDictionary<string, ObjectTypeProperty> Of(TypeBase type) => type switch
    {
        ObjectType plain => plain.Properties,
        DiscriminatedObjectType discriminated => discriminated.BaseProperties,
        _ => None,
    };

    /// <summary>Properties of this value: those of the base and of the element that its discriminator chooses.</summary>
    public static IReadOnlyDictionary<string, ObjectTypeProperty> Of(TypeBase type, JsonObject value)
    {
        if (type is not DiscriminatedObjectType discriminated || Element(discriminated, value) is not { } element)
        {
            return Of(type);
        }

        var all = new Dictionary<string, ObjectTypeProperty>(discriminated.BaseProperties.Count + 8);
        foreach (var (name, property) in discriminated.BaseProperties.Concat(Of(element, value)))
        {
            all[name] = property;
        }

        return all;
    }

    /// <summary>The element that the value's discriminator names; null when it is absent, no text, or unknown.</summary>
    public static TypeBase? Element(DiscriminatedObjectType type, JsonObject value) =>
        value[type.Discriminator] is JsonValue discriminator && discriminator.TryGetValue<string>(out var name)
            ? type.Elements.FirstOrDefault(element => string.Equals(element.Key, name, StringComparison.OrdinalIgnoreCase)).Value?.Type
            : null;

    public static TypeBase? AdditionalOf(TypeBase type, JsonObject value) => type switch
    {
        ObjectType plain => plain.AdditionalProperties?.Type,
        DiscriminatedObjectType discriminated when Element(discriminated, value) is { } element => AdditionalOf(element, value),
        _ => null,
    };
}
