using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;

namespace Deploy.ArmTypes;

/// <summary>Copies of a resource without some of its properties.</summary>
internal static class Projection
{
    /// <summary>Without the properties that the definition does not know, where it does not leave it open.</summary>
    public static JsonObject Known(JsonObject value, TypeBase type) => Copy(value, type, static (_, known) => known is not null);

    /// <summary>Without the properties that carry a flag.</summary>
    public static JsonObject Without(JsonObject value, TypeBase type, ObjectTypePropertyFlags flag) => Copy(value, type, (member, _) => member?.Flags.HasFlag(flag) != true);

    /// <param name="value">What is copied.</param>
    /// <param name="type">Its definition.</param>
    /// <param name="keeps">Says whether a property stays, by its own definition (null when it has none by name) and by the type of its value (null when that is unknown).</param>
    private static JsonObject Copy(JsonObject value, TypeBase type, Func<ObjectTypeProperty?, TypeBase?, bool> keeps)
    {
        var members = Members.Of(type, value);
        var additional = Members.AdditionalOf(type, value);
        var copy = new JsonObject();
        foreach (var (name, node) in value)
        {
            var member = members.GetValueOrDefault(name);
            var known = member is null ? additional : member.Type.Type;
            if (keeps(member, known))
            {
                copy[name] = Copy(node, known, keeps);
            }
        }

        return copy;
    }

    private static JsonNode? Copy(JsonNode? node, TypeBase? type, Func<ObjectTypeProperty?, TypeBase?, bool> keeps) => (node, type) switch
    {
        (JsonObject value, ObjectType or DiscriminatedObjectType) => Copy(value, type, keeps),
        (JsonArray values, ArrayType array) => new JsonArray([.. values.Select(item => Copy(item, array.ItemType.Type, keeps))]),
        _ => node?.DeepClone(),
    };
}
