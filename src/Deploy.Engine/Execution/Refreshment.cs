using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Planning;
using Deploy.Engine.Providers;
using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>
/// Asks the cloud for every managed resource and takes the answer into the state. Components have nothing to ask for, providers live in state only, and what is
/// only read (external) or taken away for a successor (pending replacement) is not managed.
/// </summary>
/// <param name="counts">Whether what is found counts as the run's changes; not when the run goes on to correct it.</param>
internal sealed class Refreshment(StateLedger ledger, ProviderRegistry providers, UrnPatterns targets, EventStream events, RunGate gate, bool counts)
{
    /// <summary>Reads everything. False when something could not be read or the run is ending; the rest is taken over all the same.</summary>
    public async Task<bool> RunAsync(CancellationToken abort)
    {
        var entries = ledger.Old;
        foreach (var component in entries.Where(entry => !entry.State.Custom && counts))
        {
            var step = new Step { Op = StepOp.Same, Old = component, New = component.State };
            events.StepEnded(step.Describe(component.State, component.State));
        }

        var results = await Task.WhenAll(entries.Where(IsManaged).Select(entry => RefreshAsync(entry, abort)));
        return results.All(success => success);
    }

    private bool IsManaged(LedgerEntry entry) =>
        entry.State is { Custom: true, External: false, PendingReplacement: false } state && ProviderReference.PackageOf(state.Urn) is null && targets.Includes(state.Urn);

    private async Task<bool> RefreshAsync(LedgerEntry entry, CancellationToken abort)
    {
        using var place = await gate.EnterAsync();
        if (place is null)
        {
            return false;
        }

        var old = entry.State;
        var step = new Step { Op = StepOp.Refresh, Old = entry };
        events.StepBegins(step.Describe(old, null));
        try
        {
            var provider = await providers.GetAsync(old.Provider);
            Tell(await provider.ReadAsync(old, abort) is { } answer
                ? await TakeOverAsync(entry, step, provider, answer, abort)
                : await VanishAsync(entry, step));
            return true;
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            events.StepFailed(step.Describe(old, null), EngineErrors.Cancelled.With($"reading {old.Urn} was abandoned"));
            return false;
        }
        catch (Exception exception)
        {
            events.StepFailed(step.Describe(old, null), StepRunner.ToError(step, exception));
            return false;
        }
    }

    private async Task<StepMetadata> TakeOverAsync(LedgerEntry entry, Step step, ProviderConnection provider, ReadResponse answer, CancellationToken abort)
    {
        var old = entry.State;

        // What the program does not want to see changed has not changed for it.
        var inputs = old.IgnoreChanges.Select(PropertyPath.TryParse).OfType<PropertyPath>().Aggregate(answer.Inputs, (map, path) => path.Restore(old.Inputs, map));
        var diff = await provider.DiffAsync(old, inputs, old.IgnoreChanges, abort);
        var isSame = diff.Changes != DiffChanges.Some;
        var state = old with
        {
            // Services do not keep the case of their ids; whoever holds the old spelling is right, too.
            Id = string.Equals(old.Id, answer.Id, StringComparison.OrdinalIgnoreCase) ? old.Id : answer.Id,
            Inputs = isSame ? old.Inputs : inputs,
            Outputs = answer.Outputs,
        };
        if (!state.Inputs.Equals(old.Inputs) || !state.Outputs.Equals(old.Outputs) || state.Id != old.Id)
        {
            await ledger.ChangeAsync(null, entry, state);
        }

        var told = isSame ? step : step with
        {
            Diffs = diff.Diffs,
            DetailedDiff = diff.DetailedDiff.ToDictionary(item => item.Key, item => item.Value with { Kind = WithoutReplace(item.Value.Kind) }),
        };
        return told.Describe(old, state) with { Found = isSame ? StepOp.Same : StepOp.Update };
    }

    private async Task<StepMetadata> VanishAsync(LedgerEntry entry, Step step)
    {
        var old = entry.State;
        await ledger.RemoveAsync(null, entry, vanished: true);
        return step.Describe(old, null) with { Found = StepOp.Delete };
    }

    private void Tell(StepMetadata step)
    {
        if (counts)
        {
            events.StepEnded(step);
        }
        else
        {
            events.OutputsArrived(step);
        }
    }

    /// <summary>Taking over a difference replaces nothing, whatever undoing it would take.</summary>
    private static DiffKind WithoutReplace(DiffKind kind) => kind switch
    {
        DiffKind.AddReplace => DiffKind.Add,
        DiffKind.DeleteReplace => DiffKind.Delete,
        DiffKind.UpdateReplace => DiffKind.Update,
        _ => kind,
    };
}
