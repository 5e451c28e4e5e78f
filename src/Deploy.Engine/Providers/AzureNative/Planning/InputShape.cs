using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Planning;

/// <summary>Brings outputs into the shape of inputs: what could have been given, without what the service alone decides.</summary>
internal sealed class InputShape(ProviderMetadata metadata)
{
    public PropertyMap From(ResourceMetadata resource, PropertyMap outputs) => Object(resource.Inputs, Plain.WithoutNulls(outputs));

    private PropertyMap Object(IReadOnlyDictionary<string, PropertyMetadata> properties, PropertyMap outputs) =>
        PropertyMap.Create(properties.Where(p => !p.Value.IsInPath && !p.Value.ReadOnly && outputs.ContainsKey(p.Key))
            .Select(p => KeyValuePair.Create(p.Key, Value(p.Value.Type, outputs[p.Key]))));

    private PropertyValue Value(TypeMetadata type, PropertyValue value) => (type.Kind, value) switch
    {
        ("object", PropertyMap map) => Object(metadata.Types[type.Ref!], map),
        ("union", PropertyMap map) when Unions.Choose(metadata, type, map) is { } chosen => Value(chosen, map),
        ("array", PropertyList list) => new PropertyList(list.Select(item => Value(type.Items!, item))),
        ("map", PropertyMap map) => map.Select((_, item) => Value(type.Items!, item)),
        ("stringSet", PropertyMap set) => new PropertyList(set.Keys.Select(key => (PropertyValue)key)),
        _ => value,
    };
}
