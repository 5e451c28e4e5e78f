using System.Text.Json;

namespace Generator.Typings;

/// <summary>What the official typings say about the listed tokens: names, types, requiredness, defaults, aliases, API versions.</summary>
internal sealed record TypingsModel
{
    public required string Package { get; init; }

    public required string Version { get; init; }

    public required SortedDictionary<string, TypingsResource> Resources { get; init; }

    public required SortedDictionary<string, TypingsFunction> Functions { get; init; }

    /// <summary>By <c>module:NameArgs</c>.</summary>
    public required SortedDictionary<string, SortedDictionary<string, TypingsProperty>> InputTypes { get; init; }

    /// <summary>By <c>module:NameResponse</c>.</summary>
    public required SortedDictionary<string, SortedDictionary<string, TypingsProperty>> OutputTypes { get; init; }

    /// <summary>By <c>module:Name</c>: member to value (text or number).</summary>
    public required SortedDictionary<string, Dictionary<string, JsonElement>> Enums { get; init; }

    public static TypingsModel Read(string json) =>
        JsonSerializer.Deserialize<TypingsModel>(json, JsonSerializerOptions.Web) ?? throw new GeneratorException("the typings model is empty");
}

internal sealed record TypingsResource
{
    public required string ApiVersion { get; init; }

    public required SortedDictionary<string, TypingsProperty> Inputs { get; init; }

    public required SortedDictionary<string, TypingsProperty> Outputs { get; init; }

    public required List<string> Aliases { get; init; }
}

internal sealed record TypingsFunction
{
    public string? ApiVersion { get; init; }

    /// <summary>Null when the function takes none.</summary>
    public SortedDictionary<string, TypingsProperty>? Args { get; init; }

    public SortedDictionary<string, TypingsProperty>? OutputArgs { get; init; }

    public required SortedDictionary<string, TypingsProperty> Result { get; init; }
}

internal sealed record TypingsProperty
{
    public required TypingsType Type { get; init; }

    public bool Required { get; init; }

    public JsonElement? Default { get; init; }
}

internal sealed record TypingsType
{
    /// <summary>string, boolean, number, any, const, array, map, ref, enum or union.</summary>
    public required string Kind { get; init; }

    public string? Value { get; init; }

    public string? To { get; init; }

    /// <summary>An open enum takes any other string too.</summary>
    public bool Open { get; init; }

    public TypingsType? Items { get; init; }

    public TypingsType? Values { get; init; }

    public List<TypingsType>? Of { get; init; }
}
