using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>Copies of a resource without some of its properties.</summary>
internal static class Projection
{
    /// <summary>Without the properties that the definition does not know, where it does not leave it open.</summary>
    public static JsonObject Known(JsonObject value, TypeBase type)
    {
        var members = Members.Of(type, value);
        var additional = Members.AdditionalOf(type, value);
        var copy = new JsonObject();
        foreach (var (name, node) in value)
        {
            if ((members.TryGetValue(name, out var member) ? member.Type.Type : additional) is { } known)
            {
                copy[name] = Known(node, known);
            }
        }

        return copy;
    }

    /// <summary>Without the properties that carry a flag.</summary>
    public static JsonObject Without(JsonObject value, TypeBase type, ObjectTypePropertyFlags flag)
    {
        var members = Members.Of(type, value);
        var additional = Members.AdditionalOf(type, value);
        var copy = new JsonObject();
        foreach (var (name, node) in value)
        {
            if (members.TryGetValue(name, out var member))
            {
                if (!member.Flags.HasFlag(flag))
                {
                    copy[name] = Without(node, member.Type.Type, flag);
                }
            }
            else
            {
                copy[name] = additional is null ? node?.DeepClone() : Without(node, additional, flag);
            }
        }

        return copy;
    }

    private static JsonNode? Known(JsonNode? node, TypeBase type) => (node, type) switch
    {
        (JsonObject value, ObjectType or DiscriminatedObjectType) => Known(value, type),
        (JsonArray values, ArrayType array) => new JsonArray([.. values.Select(item => Known(item, array.ItemType.Type))]),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Without(JsonNode? node, TypeBase type, ObjectTypePropertyFlags flag) => (node, type) switch
    {
        (JsonObject value, ObjectType or DiscriminatedObjectType) => Without(value, type, flag),
        (JsonArray values, ArrayType array) => new JsonArray([.. values.Select(item => Without(item, array.ItemType.Type, flag))]),
        _ => node?.DeepClone(),
    };
}
