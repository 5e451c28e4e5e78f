using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>One resource in a stack's state.</summary>
public sealed record ResourceState
{
    public required Urn Urn { get; init; }

    /// <summary>False for components and the stack.</summary>
    public required bool Custom { get; init; }

    /// <summary>Empty for components; in a preview also for resources that do not exist yet.</summary>
    public string Id { get; init; } = "";

    public string Type => Urn.Type;

    /// <summary>The resource has been replaced and its deletion is still to come.</summary>
    public bool Delete { get; init; }

    /// <summary>The resource was deleted in order to be replaced, and its successor is still to come.</summary>
    public bool PendingReplacement { get; init; }

    public bool Protect { get; init; }

    /// <summary>The resource is read and not managed.</summary>
    public bool External { get; init; }

    public bool RetainOnDelete { get; init; }

    public PropertyMap Inputs { get; init; } = PropertyMap.Empty;

    public PropertyMap Outputs { get; init; } = PropertyMap.Empty;

    public Urn? Parent { get; init; }

    /// <summary>Provider reference <c>urn::id</c>; empty for components.</summary>
    public string Provider { get; init; } = "";

    public Urn? DeletedWith { get; init; }

    public string ImportId { get; init; } = "";

    public IReadOnlyList<Urn> Dependencies { get; init; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<Urn>> PropertyDependencies { get; init; } = new SortedDictionary<string, IReadOnlyList<Urn>>(StringComparer.Ordinal);

    public IReadOnlyList<string> InitErrors { get; init; } = [];

    public IReadOnlyList<string> AdditionalSecretOutputs { get; init; } = [];

    /// <summary>Earlier URNs of the resource; only until the next save.</summary>
    public IReadOnlyList<Urn> Aliases { get; init; } = [];

    public IReadOnlyList<string> IgnoreChanges { get; init; } = [];

    public IReadOnlyList<string> ReplaceOnChanges { get; init; } = [];

    public IReadOnlyList<string> HideDiffs { get; init; } = [];

    /// <summary>The value whose change replaces the resource; null when there is none.</summary>
    public PropertyValue? ReplacementTrigger { get; init; }

    public CustomTimeouts Timeouts { get; init; } = CustomTimeouts.None;

    public DateTimeOffset? Created { get; init; }

    public DateTimeOffset? Modified { get; init; }

    internal bool ContainsSecrets => Inputs.ContainsSecrets || Outputs.ContainsSecrets || ReplacementTrigger is { ContainsSecrets: true };

    /// <summary>The resources this one refers to, besides its provider; one may be named more than once.</summary>
    internal IEnumerable<Urn> NeededUrns
    {
        get
        {
            var urns = Dependencies.Concat(PropertyDependencies.Values.SelectMany(list => list));
            urns = Parent is null ? urns : urns.Append(Parent);
            return DeletedWith is null ? urns : urns.Append(DeletedWith);
        }
    }

    /// <summary>Keys of the file that this version does not know, kept as they are.</summary>
    public System.Text.Json.Nodes.JsonObject? Extra { get; init; }
}

/// <summary>Limits of the user for one resource; null means the provider's own.</summary>
public sealed record CustomTimeouts
{
    public static CustomTimeouts None { get; } = new();

    public TimeSpan? Create { get; init; }

    public TimeSpan? Update { get; init; }

    public TimeSpan? Delete { get; init; }

    public bool IsEmpty => Create is null && Update is null && Delete is null;
}
