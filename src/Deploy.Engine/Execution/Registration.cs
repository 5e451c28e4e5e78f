using Deploy.Engine.Planning;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>A resource as the program registers it, before its URN and provider are worked out.</summary>
internal sealed record Registration
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    public required bool Custom { get; init; }

    public required PropertyMap Inputs { get; init; }

    public Urn? Parent { get; init; }

    /// <summary>Null: the parent's.</summary>
    public bool? Protect { get; init; }

    /// <summary>Null: the parent's.</summary>
    public bool? RetainOnDelete { get; init; }

    public string Provider { get; init; } = "";

    public IReadOnlyDictionary<string, string> Providers { get; init; } = new Dictionary<string, string>();

    public string Version { get; init; } = "";

    public string PluginUrl { get; init; } = "";

    public IReadOnlyList<AliasSpec> Aliases { get; init; } = [];

    /// <summary>Everything that needs no working out; its URN is a placeholder.</summary>
    public required Goal Options { get; init; }
}

/// <summary>An earlier identity of a resource: a URN, or what differs from the present one.</summary>
internal sealed record AliasSpec
{
    public Urn? Urn { get; init; }

    public string? Name { get; init; }

    public string? Type { get; init; }

    public string? Stack { get; init; }

    public string? Project { get; init; }

    public Urn? Parent { get; init; }

    public bool NoParent { get; init; }
}
