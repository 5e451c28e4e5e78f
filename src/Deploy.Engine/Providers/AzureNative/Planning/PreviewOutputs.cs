using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Planning;

/// <summary>The outputs that a creation or update will have as far as the inputs tell; the rest is unknown.</summary>
internal sealed class PreviewOutputs(ProviderMetadata metadata)
{
    private const string ProvisioningState = "provisioningState";

    public PropertyMap ForCreate(ResourceMetadata resource, PropertyMap inputs) => Project(resource.Outputs, Plain.WithoutNulls(inputs), null);

    /// <summary>As for a creation, but what the service alone decides (ids, principals, addresses) keeps its present value.</summary>
    public PropertyMap ForUpdate(ResourceMetadata resource, PropertyMap inputs, PropertyMap oldOutputs)
    {
        var outputs = Project(resource.Outputs, Plain.WithoutNulls(inputs), oldOutputs);
        foreach (var name in new[] { "id", "name", "type", "location" })
        {
            if (oldOutputs.Find(name) is { } old && (name != "location" || !inputs.ContainsKey(name)))
            {
                outputs = outputs.With(name, old);
            }
        }

        return outputs;
    }

    private PropertyMap Project(IReadOnlyDictionary<string, PropertyMetadata> properties, PropertyMap inputs, PropertyMap? old)
    {
        var values = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, property) in properties)
        {
            // A name that is an input of another kind (a path parameter called name) is still what the service will say.
            values.Add(KeyValuePair.Create(name, Value(property, inputs.Find(name), name == ProvisioningState ? null : old?.Find(name))));
        }

        return inputs.Find("azureApiVersion") is { } version ? PropertyMap.Create(values).With("azureApiVersion", version) : PropertyMap.Create(values);
    }

    private PropertyValue Value(PropertyMetadata property, PropertyValue? input, PropertyValue? old)
    {
        var type = property.Type;
        if (type.Const is { } constant)
        {
            return constant;
        }

        if (input is null)
        {
            return property.ReadOnly && old is not null ? old : PropertyValue.Unknown;
        }

        return (type.Kind, input) switch
        {
            ("object", PropertyMap map) => Project(metadata.Types[type.Ref!], map, old as PropertyMap),
            ("array", PropertyList list) when type.Items!.Kind == "object" =>
                new PropertyList(list.Select(item => item is PropertyMap map ? Project(metadata.Types[type.Items.Ref!], map, null) : item)),
            // User-assigned identities go in as a list and come out as a map with the service's ids.
            ("map", PropertyList) => PropertyValue.Unknown,
            _ => input,
        };
    }
}
