using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Execution;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>
/// Finds the resources that must be deleted before one that is deleted before it is replaced: those that would have to be replaced themselves when what they
/// take from it becomes unknown, those whose provider goes, and those that are deleted with it.
/// </summary>
internal sealed class DependentReplacements(StateLedger ledger, ProviderRegistry providers, UrnPatterns targets)
{
    /// <summary>The deletions, in the order in which they must be done.</summary>
    public async Task<IReadOnlyList<Step>> FindAsync(LedgerEntry root, CancellationToken cancellationToken)
    {
        var going = new List<LedgerEntry> { root };
        try
        {
            return await CollectAsync(root, going, cancellationToken);
        }
        catch
        {
            Release(going);
            throw;
        }
    }

    /// <summary>Lets those go on that wait for a resource which was to be taken away, or has been.</summary>
    public static void Release(IEnumerable<LedgerEntry> entries)
    {
        foreach (var entry in entries)
        {
            entry.Leaving?.TrySetResult();
        }
    }

    private async Task<IReadOnlyList<Step>> CollectAsync(LedgerEntry root, List<LedgerEntry> going, CancellationToken cancellationToken)
    {
        var steps = new List<Step>();
        foreach (var entry in ledger.Old.Where(entry => entry.Handle > root.Handle && !entry.IsSeen && !entry.State.Delete && !entry.State.PendingReplacement))
        {
            var state = entry.State;
            if (!state.Custom || state.External || !await MustGoAsync(state, going, cancellationToken))
            {
                continue;
            }

            if (state.Protect)
            {
                throw new DeployException(EngineErrors.Protected.With($"{state.Urn} would have to be deleted because {root.State.Urn} is replaced, and it is protected"));
            }

            if (!targets.Includes(state.Urn))
            {
                throw new DeployException(EngineErrors.TargetIncomplete.With($"{state.Urn} would have to be deleted because {root.State.Urn} is replaced, and it is no target"));
            }

            if (!ledger.TryReserve(entry))
            {
                continue;
            }

            going.Add(entry);
            steps.Add(new()
            {
                Op = StepOp.DeleteReplaced,
                Old = entry,
                Provider = await ConnectionAsync(state),
                KeepsEntry = true,
            });
        }

        // The state lists dependencies first: the last one found is the first to go.
        steps.Reverse();
        return steps;
    }

    private async Task<bool> MustGoAsync(ResourceState state, List<LedgerEntry> going, CancellationToken cancellationToken)
    {
        var urns = going.Select(entry => entry.State.Urn).ToHashSet();
        if ((state.DeletedWith is { } with && urns.Contains(with))
            || (ProviderReference.TryParse(state.Provider) is { } reference && urns.Contains(reference.Urn)))
        {
            return true;
        }

        var touched = state.PropertyDependencies.Where(entry => entry.Value.Any(urns.Contains)).Select(entry => entry.Key).ToHashSet(StringComparer.Ordinal);
        if (touched.Count == 0)
        {
            return false;
        }

        var inputs = state.Inputs.Select((name, value) => touched.Contains(name) ? PropertyValue.Unknown : value);
        var diff = await (await ConnectionAsync(state)).DiffAsync(state, inputs, [], cancellationToken);
        return diff.Changes == DiffChanges.Some && diff.Replaces.Count > 0;
    }

    private Task<ProviderConnection> ConnectionAsync(ResourceState state) =>
        ProviderReference.PackageOf(state.Urn) is null ? providers.GetAsync(state.Provider) : Task.FromResult(providers.ForProviders);
}
