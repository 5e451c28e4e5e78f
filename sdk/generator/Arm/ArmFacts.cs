using System.Text.Json;

namespace Generator.Arm;

/// <summary>What neither the typings nor the type definitions tell; written by hand in <c>arm.json</c>.</summary>
internal sealed record ArmFacts
{
    public required SortedDictionary<string, ResourceFacts> Resources { get; init; }

    public required SortedDictionary<string, FunctionFacts> Functions { get; init; }

    /// <summary>Numbers that are not integers, as <c>module:Type.property</c> (type without Args or Response).</summary>
    public required HashSet<string> Doubles { get; init; }

    /// <summary>SDK name to wire name where they differ by more than case, by <c>module:Type</c> (without Args or Response). A dotted wire name has containers.</summary>
    public required SortedDictionary<string, Dictionary<string, string>> Wire { get; init; }

    /// <summary>Properties that the type definitions do not have, with the reason, as <c>module:Type.property</c>.</summary>
    public required SortedDictionary<string, string> Undefined { get; init; }

    public static ArmFacts Read(string json) =>
        JsonSerializer.Deserialize<ArmFacts>(json, JsonSerializerOptions.Web)
        ?? throw new GeneratorException("arm.json is empty");
}

internal sealed record ResourceFacts
{
    public required string Path { get; init; }

    /// <summary>azure-async-operation, location or null.</summary>
    public string? PutAsyncStyle { get; init; }

    public string? DeleteAsyncStyle { get; init; }

    /// <summary>Body inputs whose change replaces the resource; path parameters always do.</summary>
    public List<string> ForceNew { get; init; } = [];

    /// <summary>Values that a property gets back when the user removes it.</summary>
    public SortedDictionary<string, JsonElement> Defaults { get; init; } = [];

    /// <summary>Inline lists that other resources may own, as dotted wire path: kept when the user leaves them out.</summary>
    public List<string> MaintainIfUnset { get; init; } = [];

    /// <summary>Deleting keeps the name: the query or the path that purges it.</summary>
    public PurgeFacts? Purge { get; init; }

    /// <summary>Inputs that the service fills by itself as other resources come and go; such a change is no drift unless the program sets them.</summary>
    public List<string> ServiceFilled { get; init; } = [];

    /// <summary>Whether Azure refuses a location that only the configuration gives: its body has one for another scope.</summary>
    public bool NoAutoLocation { get; init; }

    /// <summary>Type of the definitions when it is not the one of the path.</summary>
    public string? ArmType { get; init; }
}

internal sealed record PurgeFacts
{
    /// <summary>Query parameter of the delete itself.</summary>
    public string? Query { get; init; }

    /// <summary>POST or DELETE, with <see cref="Path"/>.</summary>
    public string? Verb { get; init; }

    /// <summary>Path of a further request after the delete, with <c>{location}</c> and the path parameters.</summary>
    public string? Path { get; init; }
}

internal sealed record FunctionFacts
{
    /// <summary>GET or POST.</summary>
    public required string Method { get; init; }

    public required string Path { get; init; }

    /// <summary>Arguments that travel in the query, with their name there.</summary>
    public SortedDictionary<string, string>? Query { get; init; }

    /// <summary>The resource whose outputs the result is; null for functions with an own result.</summary>
    public string? Resource { get; init; }
}
