using Deploy.Engine.Events;
using Deploy.Engine.Execution;
using Deploy.Engine.Providers;
using Deploy.Engine.State;

namespace Deploy.Engine.Planning;

/// <summary>One action on one resource, decided and not yet done.</summary>
internal sealed record Step
{
    public required StepOp Op { get; init; }

    /// <summary>The resource in state; null for a creation.</summary>
    public LedgerEntry? Old { get; init; }

    /// <summary>The resource as wanted, before a provider has answered; null for a deletion.</summary>
    public ResourceState? New { get; init; }

    /// <summary>Null for components.</summary>
    public ProviderConnection? Provider { get; init; }

    public IReadOnlyList<string> ReplaceKeys { get; init; } = [];

    public IReadOnlyList<string> Diffs { get; init; } = [];

    public IReadOnlyDictionary<string, PropertyDiff> DetailedDiff { get; init; } = new Dictionary<string, PropertyDiff>();

    /// <summary>Whether a killed run may have created the resource already.</summary>
    public bool MayExist { get; init; }

    /// <summary>For a deletion: the resource comes back in this run, so its entry stays with a mark.</summary>
    public bool KeepsEntry { get; init; }

    public Urn Urn => New?.Urn ?? Old!.State.Urn;

    /// <summary>What to show; <paramref name="outcome"/> is the resource as the step left it.</summary>
    public StepMetadata Describe(ResourceState? old, ResourceState? outcome) => new()
    {
        Op = Op,
        Urn = Urn,
        Old = old,
        New = outcome,
        ReplaceKeys = ReplaceKeys,
        Diffs = Diffs,
        DetailedDiff = DetailedDiff,
        Logical = Op is not (StepOp.CreateReplacement or StepOp.DeleteReplaced),
        IsDefaultProvider = EventStream.IsDefaultProvider(Urn),
    };
}
