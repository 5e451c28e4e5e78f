using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Deploy.Engine.Providers.AzureNative;

/// <summary>What the provider knows about its types: the content of <c>metadata.json</c>, which <c>sdk/generate</c> makes.</summary>
internal sealed record ProviderMetadata
{
    private static readonly Lazy<ProviderMetadata> Embedded = new(Read);

    public required string Version { get; init; }

    public required IReadOnlyDictionary<string, ResourceMetadata> Resources { get; init; }

    public required IReadOnlyDictionary<string, FunctionMetadata> Functions { get; init; }

    /// <summary>Nested types by the name that <see cref="TypeMetadata.Ref"/> holds.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyDictionary<string, PropertyMetadata>> Types { get; init; }

    /// <summary>The metadata of this build; read once.</summary>
    public static ProviderMetadata Default => Embedded.Value;

    private static ProviderMetadata Read()
    {
        using var stream = typeof(ProviderMetadata).Assembly.GetManifestResourceStream("azure-native/metadata.json")
            ?? throw new InvalidOperationException("azure-native/metadata.json is not embedded in this assembly");
        return JsonSerializer.Deserialize(stream, ProviderMetadataContext.Default.ProviderMetadata) ?? throw new InvalidOperationException("azure-native/metadata.json is empty");
    }
}

internal sealed record ResourceMetadata
{
    public required string ArmType { get; init; }

    /// <summary>Path template with <c>{subscriptionId}</c> and one placeholder per path parameter.</summary>
    public required string Path { get; init; }

    public required string ApiVersion { get; init; }

    public AutonameMetadata? Autoname { get; init; }

    public string? PutAsyncStyle { get; init; }

    public string? DeleteAsyncStyle { get; init; }

    /// <summary>Values that a property gets back when the user removes it, by SDK name and in SDK shape.</summary>
    public IReadOnlyDictionary<string, JsonNode>? Defaults { get; init; }

    /// <summary>Dotted wire paths of inline lists that others may own.</summary>
    public IReadOnlyList<string>? MaintainIfUnset { get; init; }

    public PurgeMetadata? Purge { get; init; }

    /// <summary>Inputs that the service fills by itself as other resources come and go; such a change is no drift unless the program sets them.</summary>
    public IReadOnlyList<string> ServiceFilled { get => field ?? []; init; }

    /// <summary>Whether a location must not be filled in from configuration or resource group.</summary>
    public bool NoAutoLocation { get; init; }

    public required IReadOnlyDictionary<string, PropertyMetadata> Inputs { get; init; }

    public required IReadOnlyDictionary<string, PropertyMetadata> Outputs { get; init; }
}

/// <param name="Property">The path parameter that is made up when the user gives none.</param>
/// <param name="Kind">random, uuid or copy.</param>
internal sealed record AutonameMetadata(string Property, string Kind);

/// <summary>How to let go of the name of a deleted resource: a query parameter of the delete, or a request after it.</summary>
internal sealed record PurgeMetadata
{
    public string? Query { get; init; }

    /// <summary>POST or DELETE.</summary>
    public string? Verb { get; init; }

    /// <summary>Template with <c>{location}</c> and the path parameters.</summary>
    public string? Path { get; init; }
}

internal sealed record FunctionMetadata
{
    /// <summary>GET or POST; null for functions that the provider answers itself.</summary>
    public string? Method { get; init; }

    public string? Path { get; init; }

    public string? ApiVersion { get; init; }

    /// <summary>Arguments, with whether they are required.</summary>
    public required IReadOnlyDictionary<string, bool> Args { get; init; }

    /// <summary>Arguments that travel in the query, with their name there.</summary>
    public IReadOnlyDictionary<string, string>? Query { get; init; }

    /// <summary>The resource whose outputs are the result; null when <see cref="Result"/> describes it.</summary>
    public string? Resource { get; init; }

    public required IReadOnlyDictionary<string, PropertyMetadata> Result { get; init; }
}

internal sealed record PropertyMetadata
{
    public required TypeMetadata Type { get; init; }

    /// <summary>Name on the wire; null when it is the SDK's.</summary>
    public string? Wire { get; init; }

    /// <summary>Wrappers on the wire, outermost first.</summary>
    public IReadOnlyList<string>? Containers { get; init; }

    /// <summary><c>path</c> for path parameters.</summary>
    public string? In { get; init; }

    public bool Required { get; init; }

    public bool ReadOnly { get; init; }

    public bool WriteOnly { get; init; }

    public bool ForceNew { get; init; }

    public long? MinLength { get; init; }

    public long? MaxLength { get; init; }

    public string? Pattern { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }

    /// <summary>The value that the SDK puts in when the user gives none.</summary>
    public JsonNode? Default { get; init; }

    public bool IsInPath => In == "path";
}

internal sealed record TypeMetadata
{
    /// <summary>string, boolean, integer, number, any, array, stringSet, map, object or union.</summary>
    public required string Kind { get; init; }

    /// <summary>The only value of a discriminator.</summary>
    public string? Const { get; init; }

    public string? Ref { get; init; }

    public TypeMetadata? Items { get; init; }

    public IReadOnlyList<TypeMetadata>? Of { get; init; }
}

// Without reflection, because reading the metadata is a large part of what a short run does. What is made like this sets every property, so one with an initial value would
// lose it when the file does not say it.
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ProviderMetadata))]
internal sealed partial class ProviderMetadataContext : JsonSerializerContext;
