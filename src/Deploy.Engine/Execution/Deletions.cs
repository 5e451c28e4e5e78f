using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Planning;
using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>Deletes what nobody wants any more, each resource as soon as everything that needs it is gone.</summary>
internal sealed class Deletions(StateLedger ledger, ProviderRegistry providers, UrnPatterns targets, StepRunner runner, EventStream events, RunGate gate)
{
    /// <summary>Plans and does the deletions. False when something refused or failed.</summary>
    public async Task<bool> RunAsync(CancellationToken abort)
    {
        var entries = ledger.Old.Where(entry => (!entry.IsSeen || entry.State.Delete) && targets.Includes(entry.State.Urn)).ToList();
        var refused = entries.Where(entry => entry.State is { Protect: true, Delete: false, External: false }).ToList();
        foreach (var entry in refused)
        {
            events.Fault(entry.State.Urn, EngineErrors.Protected.With($"{entry.State.Urn} would be deleted, and it is protected"));
        }

        if (refused.Count > 0 || (!targets.IsEmpty && IsNeeded(entries)))
        {
            return false;
        }

        var going = entries.Select(entry => entry.State.Urn).ToHashSet();
        var done = new Dictionary<LedgerEntry, Task<bool>>();
        foreach (var (entry, dependents) in Order(entries))
        {
            done[entry] = DeleteAsync(entry, going, [.. dependents.Select(dependent => done[dependent])], abort);
        }

        return (await Task.WhenAll(done.Values)).All(success => success);
    }

    /// <summary>Whether something that stays, because it is no target, needs something that would go.</summary>
    private bool IsNeeded(List<LedgerEntry> entries)
    {
        var going = entries.Where(entry => !entry.State.Delete).Select(entry => entry.State.Urn).ToHashSet();
        var needing = ledger.Current.Except(entries).Select(entry => (Entry: entry, Urn: Needs(entry.State).FirstOrDefault(going.Contains))).FirstOrDefault(pair => pair.Urn is not null);
        if (needing.Urn is not null)
        {
            events.Fault(needing.Entry.State.Urn, EngineErrors.TargetIncomplete.With($"{needing.Urn} would be deleted, but {needing.Entry.State.Urn} needs it and is no target"));
        }

        return needing.Urn is not null;
    }

    private async Task<bool> DeleteAsync(LedgerEntry entry, HashSet<Urn> going, IReadOnlyList<Task<bool>> dependents, CancellationToken abort)
    {
        if (!(await Task.WhenAll(dependents)).All(success => success))
        {
            return false;
        }

        using var place = await gate.EnterAsync();
        if (place is null)
        {
            return false;
        }

        var state = entry.State;
        var step = new Step { Op = Operation(state), Old = entry };
        var goesWithAnother = state.DeletedWith is { } other && going.Contains(other);
        if (step.Op is StepOp.Delete or StepOp.DeleteReplaced && state.Provider.Length > 0 && !goesWithAnother)
        {
            try
            {
                step = step with { Provider = await providers.GetAsync(state.Provider) };
            }
            catch (DeployException exception)
            {
                events.Fault(state.Urn, exception.Error);
                return false;
            }
        }

        var result = await runner.RunAsync(step, abort);
        return result.Error is null;
    }

    private static StepOp Operation(ResourceState state) => state switch
    {
        { PendingReplacement: true } => StepOp.RemovePendingReplace,
        { External: true, Delete: true } => StepOp.DiscardReplaced,
        { External: true } => StepOp.Discard,
        { Delete: true } => StepOp.DeleteReplaced,
        _ => StepOp.Delete,
    };

    /// <summary>
    /// Dependents before what they need; with each the entries that must be gone first. A dependent names a URN, and while a replacement is not finished several instances
    /// have that URN: it waits for all of them, except where that would close a loop. What the current instances need of each other always holds.
    /// </summary>
    private static List<(LedgerEntry Entry, List<LedgerEntry> Dependents)> Order(List<LedgerEntry> entries)
    {
        var byUrn = entries.ToLookup(entry => entry.State.Urn);
        var dependents = entries.ToDictionary(entry => entry, _ => new List<LedgerEntry>());
        var unsure = new List<(LedgerEntry Entry, LedgerEntry Needed)>();
        foreach (var entry in entries)
        {
            foreach (var needed in Needs(entry.State).Distinct().SelectMany(urn => byUrn[urn]).Where(needed => needed.State.Urn != entry.State.Urn))
            {
                if (entry.State.Delete || needed.State.Delete)
                {
                    unsure.Add((entry, needed));
                }
                else
                {
                    dependents[needed].Add(entry);
                }
            }
        }

        // The only instance of its URN is surely meant; then those that stem from one program.
        foreach (var (entry, needed) in unsure.OrderBy(pair => byUrn[pair.Needed.State.Urn].Count() > 1).ThenBy(pair => pair.Entry.State.Delete != pair.Needed.State.Delete))
        {
            if (!Reaches(entry, needed, dependents))
            {
                dependents[needed].Add(entry);
            }
        }

        var order = new List<(LedgerEntry, List<LedgerEntry>)>();
        var visited = new HashSet<LedgerEntry>();
        foreach (var entry in Enumerable.Reverse(entries))
        {
            Visit(entry, dependents, visited, order);
        }

        return order;
    }

    /// <summary>Whether <paramref name="target"/> has to be gone before <paramref name="start"/>.</summary>
    private static bool Reaches(LedgerEntry start, LedgerEntry target, Dictionary<LedgerEntry, List<LedgerEntry>> dependents)
    {
        var seen = new HashSet<LedgerEntry>();
        var open = new Stack<LedgerEntry>([start]);
        while (open.TryPop(out var entry))
        {
            if (entry == target)
            {
                return true;
            }

            if (seen.Add(entry))
            {
                dependents[entry].ForEach(open.Push);
            }
        }

        return false;
    }

    private static void Visit(LedgerEntry entry, Dictionary<LedgerEntry, List<LedgerEntry>> dependents, HashSet<LedgerEntry> visited, List<(LedgerEntry, List<LedgerEntry>)> order)
    {
        if (visited.Add(entry))
        {
            dependents[entry].ForEach(dependent => Visit(dependent, dependents, visited, order));
            order.Add((entry, dependents[entry]));
        }
    }

    private static IEnumerable<Urn> Needs(ResourceState state) =>
        ProviderReference.TryParse(state.Provider) is { } provider ? state.NeededUrns.Append(provider.Urn) : state.NeededUrns;
}
