using System.Collections.Concurrent;
using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Execution;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>Decides the steps that turn what is in state into what a goal wants. Asks providers to check and compare, and changes nothing.</summary>
/// <param name="dependents">Finds what must go before a resource that is deleted before it is replaced.</param>
/// <param name="interrupted">Checked inputs of creations that a killed run had begun and that left no trace.</param>
/// <param name="targets">The resources that may be touched.</param>
/// <param name="replaces">The resources to replace whatever their difference is.</param>
internal sealed class GoalPlanner(
    DependentReplacements dependents, IReadOnlyDictionary<Urn, PropertyMap> interrupted, UrnPatterns targets, UrnPatterns replaces)
{
    private readonly ConcurrentDictionary<Urn, bool> _replaced = new();

    /// <summary>Whether a resource may be touched. Components and providers exist in the state only, and others cannot do without them.</summary>
    public bool IsTarget(Goal goal) => !goal.Custom || ProviderReference.PackageOf(goal.Urn) is not null || targets.Includes(goal.Urn);

    /// <summary>The steps, in order; none when the resource does not exist and is no target.</summary>
    public async Task<IReadOnlyList<Step>> PlanAsync(Goal goal, LedgerEntry? entry, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        var old = entry?.State;
        if (!IsTarget(goal))
        {
            return old is null or { PendingReplacement: true } ? [] : [new() { Op = StepOp.Same, Old = entry, New = old with { Urn = goal.Urn, Aliases = old.Urn == goal.Urn ? [] : [old.Urn] } }];
        }

        var wanted = old is null ? goal.Inputs : Ignore(goal, old);
        if (goal.ImportId.Length > 0 && goal.Custom && (old is null || old.External || (old.ImportId != goal.ImportId && old.Id != goal.ImportId)))
        {
            return [new() { Op = StepOp.Import, Old = entry, New = goal.ToState(await CheckAsync(goal, PropertyMap.Empty, wanted, provider, cancellationToken), old), Provider = provider }];
        }

        if (old is null || old.External || old.PendingReplacement)
        {
            return await PlanCreationAsync(goal, entry, wanted, provider, cancellationToken);
        }

        var inputs = await CheckAsync(goal, old.Inputs, wanted, provider, cancellationToken);
        var diff = await DiffAsync(goal, old, inputs, provider, cancellationToken);
        var replaceKeys = ReplaceKeys(goal, old, diff);
        if (replaceKeys.Count == 0 && Forced(goal, old) is { } reason)
        {
            replaceKeys = [reason];
        }

        if (replaceKeys.Count > 0)
        {
            return await PlanReplacementAsync(goal, entry!, wanted, diff with { Replaces = replaceKeys }, provider, cancellationToken);
        }

        var changed = diff.Changes == DiffChanges.Some || old.InitErrors.Count > 0;
        // An input that has become secret makes the output of the same name so, although nothing is called.
        var state = goal.ToState(inputs, old) with { Id = old.Id, Outputs = SecretMarks.Annotate(old.Outputs, inputs) };
        return [new() { Op = changed ? StepOp.Update : StepOp.Same, Old = entry, New = state, Provider = provider, Diffs = diff.Diffs, DetailedDiff = diff.DetailedDiff }];
    }

    private async Task<IReadOnlyList<Step>> PlanCreationAsync(Goal goal, LedgerEntry? entry, PropertyMap wanted, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        var begun = interrupted.GetValueOrDefault(goal.Urn);
        var inputs = await CheckAsync(goal, begun ?? PropertyMap.Empty, wanted, provider, cancellationToken);
        var create = new Step { Op = StepOp.Create, Old = entry, New = goal.ToState(inputs, entry?.State), Provider = provider, MayExist = begun is not null };
        return entry?.State.PendingReplacement == true
            ? [create with { Op = StepOp.Replace, Provider = null }, create with { Op = StepOp.CreateReplacement }]
            : [create];
    }

    private async Task<IReadOnlyList<Step>> PlanReplacementAsync(
        Goal goal, LedgerEntry entry, PropertyMap wanted, DiffResponse diff, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        var old = entry.State;
        if (old.Protect)
        {
            throw new DeployException(EngineErrors.Protected.With($"{old.Urn} must be replaced because of {string.Join(", ", diff.Replaces)}, and it is protected"));
        }

        if (goal.ImportId.Length > 0)
        {
            throw new DeployException(EngineErrors.ImportFailed.With($"{old.Urn} was imported and would have to be replaced because of {string.Join(", ", diff.Replaces)}"));
        }

        // Checked anew without the old inputs, so that the successor gets a name of its own.
        var begun = interrupted.GetValueOrDefault(goal.Urn);
        var inputs = await CheckAsync(goal, begun ?? PropertyMap.Empty, wanted, provider, cancellationToken);
        var marker = new Step
        {
            Op = StepOp.Replace,
            Old = entry,
            New = goal.ToState(inputs, old) with { Created = null, Modified = null },
            ReplaceKeys = diff.Replaces,
            Diffs = diff.Diffs,
            DetailedDiff = diff.DetailedDiff,
        };
        var create = marker with { Op = StepOp.CreateReplacement, Provider = provider, MayExist = begun is not null };
        _replaced[goal.Urn] = true;
        if (!goal.Custom || !(goal.DeleteBeforeReplace ?? await MustGoFirstAsync(goal, old, inputs, diff, provider, cancellationToken)))
        {
            return [create, marker];
        }

        var first = await dependents.FindAsync(entry, cancellationToken);
        return [.. first, new() { Op = StepOp.DeleteReplaced, Old = entry, Provider = provider, KeepsEntry = true, ReplaceKeys = diff.Replaces }, marker, create];
    }

    /// <summary>Why a resource must be replaced although its provider sees no need; null when there is no reason.</summary>
    private string? Forced(Goal goal, ResourceState old) => goal switch
    {
        { Custom: false } => null,
        _ when !replaces.IsEmpty && replaces.Matches(goal.Urn) => "replace",
        _ when goal.ReplaceWith.Any(_replaced.ContainsKey) => "replaceWith",
        { DeletedWith: { } other } when _replaced.ContainsKey(other) => "deletedWith",
        { ReplacementTrigger: { IsNull: false } trigger } when old.ReplacementTrigger is { } before && !before.Bare.Equals(trigger.Bare) => "replacementTrigger",
        _ => null,
    };

    /// <summary>
    /// Whether the old one must go before the new one can be. Where the provider saw no difference that replaces, the new inputs tell: with the name of the
    /// old one there cannot be both.
    /// </summary>
    private static async Task<bool> MustGoFirstAsync(
        Goal goal, ResourceState old, PropertyMap inputs, DiffResponse diff, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        if (diff.DeleteBeforeReplace || diff.Replaces is not (["replace"] or ["replaceWith"] or ["deletedWith"] or ["replacementTrigger"]))
        {
            return diff.DeleteBeforeReplace;
        }

        var between = await DiffAsync(goal, old, inputs, provider, cancellationToken);
        return between.Replaces.Count == 0 || between.DeleteBeforeReplace;
    }

    private static async Task<PropertyMap> CheckAsync(
        Goal goal, PropertyMap oldInputs, PropertyMap newInputs, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        if (provider is null)
        {
            return newInputs;
        }

        var response = await provider.CheckAsync(goal.Urn, oldInputs, newInputs, cancellationToken);
        if (response.Failures.Count == 0)
        {
            return response.Inputs;
        }

        var reasons = response.Failures.Select(failure => failure.Property.Length == 0 ? failure.Reason : $"{failure.Property}: {failure.Reason}");
        throw new DeployException(EngineErrors.CheckFailed.With($"{goal.Urn.Type} resource '{goal.Urn.Name}' has a problem: {string.Join("; ", reasons)}"));
    }

    private static async Task<DiffResponse> DiffAsync(Goal goal, ResourceState old, PropertyMap inputs, ProviderConnection? provider, CancellationToken cancellationToken)
    {
        if (old.Custom != goal.Custom || (old.Provider.Length == 0) != (goal.Provider.Length == 0))
        {
            return new() { Changes = DiffChanges.Some, Replaces = ["provider"], Diffs = ["provider"] };
        }

        return provider is null ? ValueDiffer.Compare(old.Inputs, inputs) : await provider.DiffAsync(old, inputs, goal.IgnoreChanges, cancellationToken);
    }

    private static List<string> ReplaceKeys(Goal goal, ResourceState old, DiffResponse diff)
    {
        var keys = new List<string>();
        if (diff.Changes == DiffChanges.Some)
        {
            keys.AddRange(diff.Replaces);
            var patterns = goal.ReplaceOnChanges.Select(PropertyPath.TryParse).OfType<PropertyPath>().ToList();
            var changed = diff.DetailedDiff.Count > 0 ? diff.DetailedDiff.Keys : diff.Diffs;
            keys.AddRange(changed.Where(path => PropertyPath.TryParse(path) is { } parsed && patterns.Any(pattern => pattern.Covers(parsed))));
        }

        if (old.InitErrors.Count > 0 && goal.ReplaceOnChanges.Contains("#initerror"))
        {
            keys.Add("#initerror");
        }

        return [.. keys.Distinct(StringComparer.Ordinal)];
    }

    private static PropertyMap Ignore(Goal goal, ResourceState old)
    {
        var inputs = goal.Inputs;
        foreach (var text in goal.IgnoreChanges)
        {
            var path = PropertyPath.TryParse(text)
                ?? throw new DeployException(EngineErrors.InvalidRegistration.With($"{goal.Urn}: '{text}' in ignoreChanges is not a property path"));
            inputs = path.Restore(old.Inputs, inputs);
        }

        return inputs;
    }
}
