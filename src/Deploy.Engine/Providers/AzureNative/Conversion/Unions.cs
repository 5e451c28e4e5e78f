using System.Text.Json.Nodes;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Conversion;

/// <summary>Finds the member of a union that a value belongs to: the first whose discriminators have their only value.</summary>
internal static class Unions
{
    public static TypeMetadata? Choose(ProviderMetadata metadata, TypeMetadata union, PropertyMap value) =>
        union.Of!.FirstOrDefault(member => member.Kind == "object" && Fits(metadata.Types[member.Ref!], (name, _) => value.Find(name)?.AsString()));

    public static TypeMetadata? Choose(ProviderMetadata metadata, TypeMetadata union, JsonObject value) =>
        union.Of!.FirstOrDefault(member => member.Kind == "object" && Fits(metadata.Types[member.Ref!], (name, property) => value[property.Wire ?? name]?.ToString()));

    private static bool Fits(IReadOnlyDictionary<string, PropertyMetadata> properties, Func<string, PropertyMetadata, string?> read)
    {
        var discriminators = properties.Where(p => p.Value.Type.Const is not null).ToList();
        return discriminators.Count > 0 && discriminators.All(p => string.Equals(read(p.Key, p.Value), p.Value.Type.Const, StringComparison.OrdinalIgnoreCase));
    }
}
