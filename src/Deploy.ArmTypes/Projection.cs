using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>Copies of a resource without the properties that carry a flag.</summary>
internal static class Projection
{
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

    private static JsonNode? Without(JsonNode? node, TypeBase type, ObjectTypePropertyFlags flag) => (node, type) switch
    {
        (JsonObject value, ObjectType or DiscriminatedObjectType) => Without(value, type, flag),
        (JsonArray values, ArrayType array) => new JsonArray([.. values.Select(item => Without(item, array.ItemType.Type, flag))]),
        _ => node?.DeepClone(),
    };
}
