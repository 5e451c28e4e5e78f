using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Conversion;

/// <summary>Turns response bodies into outputs in the SDK's shape, and outputs into the shape of inputs.</summary>
internal sealed class WireReader(ProviderMetadata metadata)
{
    /// <summary>The outputs of a resource: its own properties, <c>id</c> and <c>azureApiVersion</c>.</summary>
    public PropertyMap ReadResource(ResourceMetadata resource, JsonObject body, string apiVersion)
    {
        var outputs = ReadObject(resource.Outputs, body).With("azureApiVersion", apiVersion);
        return body["id"] is JsonValue id ? outputs.With("id", id.ToString()) : outputs;
    }

    /// <summary>The result of a function.</summary>
    public PropertyMap ReadResult(FunctionMetadata function, JsonObject body) => ReadObject(function.Result, body);

    /// <summary>What a response says about inputs; read-only properties and path parameters are left out.</summary>
    public PropertyMap ReadInputs(ResourceMetadata resource, JsonObject body) =>
        ReadObject(resource.Inputs.Where(static p => !p.Value.IsInPath && !p.Value.ReadOnly).ToDictionary(), body);

    private PropertyMap ReadObject(IReadOnlyDictionary<string, PropertyMetadata> properties, JsonObject body)
    {
        var values = new List<KeyValuePair<string, PropertyValue>>();
        foreach (var (name, property) in properties)
        {
            if (Find(body, property, name) is { } node && !property.WriteOnly)
            {
                values.Add(KeyValuePair.Create(name, ReadValue(property.Type, node)));
            }
        }

        return PropertyMap.Create(values);
    }

    private static JsonNode? Find(JsonObject body, PropertyMetadata property, string name)
    {
        foreach (var container in property.Containers ?? [])
        {
            if (body[container] is not JsonObject inner)
            {
                return null;
            }

            body = inner;
        }

        // Services are not consistent in the case of names; the definitions are.
        var wire = property.Wire ?? name;
        return body[wire] ?? body.FirstOrDefault(p => string.Equals(p.Key, wire, StringComparison.OrdinalIgnoreCase)).Value;
    }

    private PropertyValue ReadValue(TypeMetadata type, JsonNode node) => (type.Kind, node) switch
    {
        ("stringSet", JsonObject set) => new PropertyList(set.Where(m => m.Value is not null).Select(m => (PropertyValue)m.Key)),
        ("array", JsonArray list) => new PropertyList(list.OfType<JsonNode>().Select(item => ReadValue(type.Items!, item))),
        ("map", JsonObject map) => PropertyMap.Create(map.Where(e => e.Value is not null).Select(e => KeyValuePair.Create(e.Key, ReadValue(type.Items!, e.Value!)))),
        ("object", JsonObject map) => ReadObject(metadata.Types[type.Ref!], map),
        ("union", JsonObject map) when Unions.Choose(metadata, type, map) is { } chosen => ReadValue(chosen, map),
        _ => PropertyJson.FromJson(node),
    };
}
