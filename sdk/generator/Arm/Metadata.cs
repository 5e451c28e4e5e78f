using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Generator.Arm;

/// <summary>The provider's metadata, as written to <c>metadata.json</c>. Absent members have the default value.</summary>
internal sealed record Metadata
{
    public required string Version { get; init; }

    public SortedDictionary<string, ResourceMetadata> Resources { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, FunctionMetadata> Functions { get; init; } = new(StringComparer.Ordinal);

    /// <summary>Nested types, by <c>module:NameArgs</c> and <c>module:NameResponse</c>.</summary>
    public SortedDictionary<string, SortedDictionary<string, PropertyMetadata>> Types { get; init; } = new(StringComparer.Ordinal);
}

internal sealed record ResourceMetadata
{
    public required string ArmType { get; init; }

    public required string Path { get; init; }

    public required string ApiVersion { get; init; }

    public AutonameMetadata? Autoname { get; init; }

    public string? PutAsyncStyle { get; init; }

    public string? DeleteAsyncStyle { get; init; }

    public SortedDictionary<string, JsonNode?>? Defaults { get; init; }

    public List<string>? MaintainIfUnset { get; init; }

    public PurgeFacts? Purge { get; init; }

    public bool NoAutoLocation { get; init; }

    public List<string> ServiceFilled { get; init; } = [];

    /// <summary>Path parameters and body properties by SDK name.</summary>
    public SortedDictionary<string, PropertyMetadata> Inputs { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, PropertyMetadata> Outputs { get; init; } = new(StringComparer.Ordinal);
}

/// <param name="Property">The path parameter that is made up when the user gives none.</param>
/// <param name="Kind">random, uuid or copy.</param>
internal sealed record AutonameMetadata(string Property, string Kind);

internal sealed record FunctionMetadata
{
    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary>Names of arguments, with whether they are required.</summary>
    public SortedDictionary<string, bool> Args { get; init; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, string>? Query { get; init; }

    /// <summary>Token of the resource whose outputs are the result.</summary>
    public string? Resource { get; init; }

    public SortedDictionary<string, PropertyMetadata> Result { get; init; } = new(StringComparer.Ordinal);
}

internal sealed record PropertyMetadata
{
    public required TypeMetadata Type { get; init; }

    /// <summary>Wire name when it differs from the SDK's.</summary>
    public string? Wire { get; init; }

    /// <summary>Wrappers on the wire, outermost first.</summary>
    public List<string>? Containers { get; init; }

    /// <summary>path for path parameters.</summary>
    public string? In { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Required { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReadOnly { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WriteOnly { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ForceNew { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    public JsonNode? Default { get; init; }
}

internal sealed record TypeMetadata
{
    /// <summary>string, boolean, integer, number, any, array, stringSet, map, object or union.</summary>
    public required string Kind { get; init; }

    /// <summary>The only value of a discriminator.</summary>
    public string? Const { get; init; }

    public string? Ref { get; init; }

    public TypeMetadata? Items { get; init; }

    public List<TypeMetadata>? Of { get; init; }
}
