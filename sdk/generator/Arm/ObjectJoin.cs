using System.Text.Json.Nodes;
using Azure.Bicep.Types.Concrete;
using Generator.Typings;

namespace Generator.Arm;

/// <summary>Joins one object type at a time, and remembers the nested types it met.</summary>
internal sealed class ObjectJoin(TypingsModel typings, ArmFacts facts, List<string> faults)
{
    private static readonly string[] ResourceIdentity = ["id", "name", "type", "apiVersion"];

    public SortedDictionary<string, SortedDictionary<string, PropertyMetadata>> Types { get; } = new(StringComparer.Ordinal);

    /// <param name="owner"><c>module:Type</c>, without Args or Response.</param>
    /// <param name="properties">The SDK's properties.</param>
    /// <param name="definition">The wire's properties.</param>
    /// <param name="isInput">Inputs, or outputs.</param>
    /// <param name="isResource">Whether the definition is a resource's body, whose name and type are no inputs.</param>
    public SortedDictionary<string, PropertyMetadata> Join(
        string owner, IReadOnlyDictionary<string, TypingsProperty> properties, IReadOnlyDictionary<string, ObjectTypeProperty> definition, bool isInput, bool isResource)
    {
        var result = new SortedDictionary<string, PropertyMetadata>(StringComparer.Ordinal);
        foreach (var (name, property) in properties)
        {
            if (facts.Undefined.ContainsKey($"{owner}.{name}"))
            {
                result[name] = new PropertyMetadata { Type = Loose(property.Type), Required = property.Required, ReadOnly = !isInput };
                continue;
            }

            if (Find(owner, name, definition, isInput && isResource) is not { } found)
            {
                faults.Add($"{owner}.{name} ({(isInput ? "input" : "output")}) has no counterpart in the type definitions: {string.Join(' ', definition.Keys)}");
                continue;
            }

            result[name] = Property($"{owner}.{name}", name, property, found, isInput);
        }

        return result;
    }

    /// <summary>Types of results that have no definition: the SDK's names are the wire's.</summary>
    public SortedDictionary<string, PropertyMetadata> Loose(IReadOnlyDictionary<string, TypingsProperty> properties) =>
        new(properties.ToDictionary(p => p.Key, p => new PropertyMetadata { Type = Loose(p.Value.Type), Required = p.Value.Required }), StringComparer.Ordinal);

    /// <summary>The properties of an object type; of a discriminated one, those of the named element; null when it is no object.</summary>
    public static Dictionary<string, ObjectTypeProperty>? Properties(TypeBase type, string? element) => type switch
    {
        ObjectType plain => new(plain.Properties),
        DiscriminatedObjectType many when element is not null => Element(many, element),
        DiscriminatedObjectType many => new(many.BaseProperties),
        _ => null,
    };

    private static Dictionary<string, ObjectTypeProperty>? Element(DiscriminatedObjectType type, string element)
    {
        if (!type.Elements.TryGetValue(element, out var reference) || reference.Type is not ObjectType own)
        {
            return null;
        }

        var all = new Dictionary<string, ObjectTypeProperty>(type.BaseProperties);
        foreach (var (name, property) in own.Properties)
        {
            all[name] = property;
        }

        return all;
    }

    private Found? Find(string owner, string name, IReadOnlyDictionary<string, ObjectTypeProperty> definition, bool skipIdentity)
    {
        if (facts.Wire.TryGetValue(owner, out var renamed) && renamed.TryGetValue(name, out var path))
        {
            return Follow(definition, path.Split('.'));
        }

        if (Match(definition, name) is { } own && !(skipIdentity && ResourceIdentity.Contains(own.Key)))
        {
            return new Found([], own.Key, own.Value);
        }

        return definition.TryGetValue("properties", out var wrapper) && Properties(wrapper.Type.Type, null) is { } inner && Match(inner, name) is { } flattened
            ? new Found(["properties"], flattened.Key, flattened.Value)
            : null;
    }

    private static Found? Follow(IReadOnlyDictionary<string, ObjectTypeProperty> definition, string[] path)
    {
        foreach (var container in path[..^1])
        {
            if (!definition.TryGetValue(container, out var wrapper) || Properties(wrapper.Type.Type, null) is not { } inner)
            {
                return null;
            }

            definition = inner;
        }

        return definition.TryGetValue(path[^1], out var property) ? new Found([.. path[..^1]], path[^1], property) : null;
    }

    /// <summary>The SDK lowers the first letter and drops underscores; the wire name keeps them.</summary>
    private static KeyValuePair<string, ObjectTypeProperty>? Match(IReadOnlyDictionary<string, ObjectTypeProperty> definition, string name)
    {
        if (definition.TryGetValue(name, out var exact))
        {
            return new(name, exact);
        }

        var loose = definition.Where(p => string.Equals(Plain(p.Key), Plain(name), StringComparison.OrdinalIgnoreCase)).ToList();
        return loose.Count == 1 ? loose[0] : null;
    }

    private static string Plain(string name) => name.Replace("_", string.Empty, StringComparison.Ordinal).Replace(".", string.Empty, StringComparison.Ordinal);

    private PropertyMetadata Property(string where, string name, TypingsProperty property, Found found, bool isInput)
    {
        var type = found.Property.Type.Type;
        var text = isInput ? type as StringType : null;
        var number = isInput ? type as IntegerType : null;
        return new PropertyMetadata
        {
            Type = Type(where, property.Type, type, isInput),
            Wire = found.Wire == name ? null : found.Wire,
            Containers = found.Containers.Count == 0 ? null : found.Containers,
            Required = property.Required,
            ReadOnly = found.Property.Flags.HasFlag(ObjectTypePropertyFlags.ReadOnly),
            WriteOnly = found.Property.Flags.HasFlag(ObjectTypePropertyFlags.WriteOnly),
            MinLength = text?.MinLength,
            MaxLength = text?.MaxLength,
            Pattern = text?.Pattern,
            Minimum = number?.MinValue,
            Maximum = number?.MaxValue,
            Default = isInput && property.Default is { } value ? JsonNode.Parse(value.GetRawText()) : null,
        };
    }

    private TypeMetadata Type(string where, TypingsType type, TypeBase definition, bool isInput)
    {
        switch (type.Kind)
        {
            case "array" when definition is ObjectType { AdditionalProperties: not null }:
                return new TypeMetadata { Kind = "stringSet" };
            case "array":
                return new TypeMetadata { Kind = "array", Items = Type(where, type.Items!, (definition as ArrayType)?.ItemType.Type ?? Unfit(where, type, definition), isInput) };
            case "map":
                return new TypeMetadata { Kind = "map", Items = Type(where, type.Values!, (definition as ObjectType)?.AdditionalProperties?.Type ?? new AnyType(), isInput) };
            case "ref":
                Nested(where, type.To!, definition, isInput);
                return new TypeMetadata { Kind = "object", Ref = type.To };
            case "union":
                return new TypeMetadata { Kind = "union", Of = [.. type.Of!.Select(t => Type(where, t, definition, isInput))] };
            default:
                return Loose(type);
        }
    }

    private void Nested(string where, string to, TypeBase definition, bool isInput)
    {
        var properties = (isInput ? typings.InputTypes : typings.OutputTypes)[to];
        var element = (definition as DiscriminatedObjectType)?.Discriminator is { } discriminator ? Discriminator(properties, discriminator) : null;
        if (Properties(definition, element) is not { } wire)
        {
            faults.Add($"{where}: {to} is not an object in the type definitions but {definition.GetType().Name}");
            return;
        }

        if (Types.TryAdd(to, []))
        {
            Types[to] = Join(Owner(to), properties, wire, isInput, isResource: false);
        }
    }

    private static string? Discriminator(SortedDictionary<string, TypingsProperty> properties, string discriminator) =>
        properties.Where(p => string.Equals(Plain(p.Key), Plain(discriminator), StringComparison.OrdinalIgnoreCase)).Select(p => p.Value.Type.Value).FirstOrDefault();

    private static string Owner(string type) => type.EndsWith("Args", StringComparison.Ordinal) ? type[..^4] : type.EndsWith("Response", StringComparison.Ordinal) ? type[..^8] : type;

    private AnyType Unfit(string where, TypingsType type, TypeBase definition)
    {
        if (definition is not AnyType)
        {
            faults.Add($"{where}: {type.Kind} in the typings, {definition.GetType().Name} in the type definitions");
        }

        return new AnyType();
    }

    private TypeMetadata Loose(TypingsType type)
    {
        switch (type.Kind)
        {
            case "array":
                return new TypeMetadata { Kind = "array", Items = Loose(type.Items!) };
            case "map":
                return new TypeMetadata { Kind = "map", Items = Loose(type.Values!) };
            case "union":
                return new TypeMetadata { Kind = "union", Of = [.. type.Of!.Select(Loose)] };
            case "const":
                return new TypeMetadata { Kind = "string", Const = type.Value };
            case "enum":
                return new TypeMetadata { Kind = typings.Enums[type.To!].Values.First().ValueKind == System.Text.Json.JsonValueKind.Number ? "integer" : "string" };
            case "ref":
                if (Types.TryAdd(type.To!, []))
                {
                    Types[type.To!] = Loose((typings.OutputTypes.GetValueOrDefault(type.To!) ?? typings.InputTypes[type.To!]));
                }

                return new TypeMetadata { Kind = "object", Ref = type.To };
            default:
                return new TypeMetadata { Kind = type.Kind };
        }
    }

    private sealed record Found(List<string> Containers, string Wire, ObjectTypeProperty Property);
}
