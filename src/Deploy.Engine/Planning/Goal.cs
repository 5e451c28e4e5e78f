using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>What a program wants a resource to be.</summary>
internal sealed record Goal
{
    public required Urn Urn { get; init; }

    public required bool Custom { get; init; }

    public required PropertyMap Inputs { get; init; }

    public Urn? Parent { get; init; }

    public bool Protect { get; init; }

    /// <summary>Null: the provider decides.</summary>
    public bool? DeleteBeforeReplace { get; init; }

    public bool RetainOnDelete { get; init; }

    public Urn? DeletedWith { get; init; }

    /// <summary>Resources whose replacement in this run replaces this one, too.</summary>
    public IReadOnlyList<Urn> ReplaceWith { get; init; } = [];

    /// <summary>A value whose change replaces the resource; null or <see cref="PropertyNull"/> never does.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    /// <summary>Provider reference; empty for components and provider resources.</summary>
    public string Provider { get; init; } = "";

    public IReadOnlyList<Urn> Dependencies { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<Urn>> PropertyDependencies { get; init; } = new Dictionary<string, IReadOnlyList<Urn>>();

    /// <summary>Other URNs under which the resource may be in state, most wanted first.</summary>
    public IReadOnlyList<Urn> Aliases { get; init; } = [];

    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];

    public IReadOnlyList<string> ReplaceOnChanges { get; init; } = [];

    public IReadOnlyList<string> HideDiffs { get; init; } = [];

    public IReadOnlyList<string> AdditionalSecretOutputs { get; init; } = [];

    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    public string ImportId { get; init; } = "";

    /// <summary>The resource as it will be in state, before a provider has answered.</summary>
    public ResourceState ToState(PropertyMap inputs, ResourceState? old) => new()
    {
        Urn = Urn,
        Custom = Custom,
        Inputs = inputs,
        Parent = Parent,
        Protect = Protect,
        RetainOnDelete = RetainOnDelete,
        DeletedWith = DeletedWith,
        Provider = Provider,
        Dependencies = Dependencies,
        PropertyDependencies = new SortedDictionary<string, IReadOnlyList<Urn>>(PropertyDependencies.ToDictionary(), StringComparer.Ordinal),
        IgnoreChanges = IgnoreChanges,
        ReplaceOnChanges = ReplaceOnChanges,
        HideDiffs = HideDiffs,
        ReplacementTrigger = ReplacementTrigger is { IsNull: false } ? ReplacementTrigger : old?.ReplacementTrigger,
        AdditionalSecretOutputs = AdditionalSecretOutputs,
        Timeouts = Timeouts,
        ImportId = ImportId.Length > 0 ? ImportId : old?.ImportId ?? "",
        Aliases = old is not null && old.Urn != Urn ? [old.Urn] : [],
        Created = old?.Created,
        Modified = old?.Modified,
        Extra = old?.Extra,
    };
}
