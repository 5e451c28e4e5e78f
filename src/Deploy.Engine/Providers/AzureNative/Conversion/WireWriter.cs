using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Conversion;

/// <summary>Turns inputs in the SDK's shape into a request body.</summary>
internal sealed class WireWriter(ProviderMetadata metadata)
{
    /// <param name="resource">The type.</param>
    /// <param name="inputs">Known inputs; path parameters and read-only properties are left out.</param>
    /// <param name="oldInputs">Inputs of the resource as it is; members removed from a string set are sent as null. Null for a creation.</param>
    public JsonObject Write(ResourceMetadata resource, PropertyMap inputs, PropertyMap? oldInputs) => WriteObject(resource.Inputs, inputs, oldInputs);

    private JsonObject WriteObject(IReadOnlyDictionary<string, PropertyMetadata> properties, PropertyMap value, PropertyMap? old)
    {
        var body = new JsonObject();
        foreach (var (name, property) in properties)
        {
            if (property.IsInPath || property.ReadOnly)
            {
                continue;
            }

            var given = value.Find(name)?.Bare;
            if (given is null or PropertyNull)
            {
                if (property.Type.Const is { } constant)
                {
                    Container(body, property)[property.Wire ?? name] = constant;
                }

                continue;
            }

            Container(body, property)[property.Wire ?? name] = WriteValue(property.Type, given, old?.Find(name)?.Bare);
        }

        return body;
    }

    private static JsonObject Container(JsonObject body, PropertyMetadata property)
    {
        foreach (var container in property.Containers ?? [])
        {
            if (body[container] is not JsonObject inner)
            {
                body[container] = inner = [];
            }

            body = inner;
        }

        return body;
    }

    private JsonNode? WriteValue(TypeMetadata type, PropertyValue value, PropertyValue? old) => (type.Kind, value) switch
    {
        ("stringSet", PropertyList list) => WriteSet(list, old as PropertyList),
        ("array", PropertyList list) => new JsonArray([.. list.Select(item => WriteValue(type.Items!, item.Bare, null))]),
        ("map", PropertyMap map) => new JsonObject(map.Select(entry => KeyValuePair.Create(entry.Key, WriteValue(type.Items!, entry.Value.Bare, null)))),
        ("object", PropertyMap map) => WriteObject(metadata.Types[type.Ref!], map, old as PropertyMap),
        ("union", PropertyMap map) when Unions.Choose(metadata, type, map) is { } chosen => WriteValue(chosen, map, old),
        _ => PropertyJson.ToJson(Plain.From(value), showSecrets: true),
    };

    private static JsonObject WriteSet(PropertyList members, PropertyList? old)
    {
        var set = new JsonObject();
        foreach (var member in members.Select(m => m.AsString()).OfType<string>())
        {
            set[member] = new JsonObject();
        }

        foreach (var removed in (old ?? new PropertyList()).Select(m => m.AsString()).OfType<string>().Where(m => !set.Any(s => string.Equals(s.Key, m, StringComparison.OrdinalIgnoreCase))))
        {
            set[removed] = null;
        }

        return set;
    }
}
