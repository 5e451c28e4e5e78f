using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Planning;
using Deploy.Engine.Providers;
using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>Does one step: journals that it begins, calls the provider, journals how it ended, and tells the events. Decides nothing.</summary>
internal sealed class StepRunner(StateLedger ledger, EventStream events, TimeProvider time, bool preview)
{
    /// <summary>Does a step; a fault has been told when the result says so.</summary>
    /// <returns>The resource as it is now (null when it is gone), or the fault.</returns>
    public async Task<StepResult> RunAsync(Step step, CancellationToken abort)
    {
        var old = step.Old?.State;
        events.StepBegins(step.Describe(old, step.New));
        try
        {
            var entry = await ApplyAsync(step, abort);
            if (step.Op is StepOp.Create or StepOp.CreateReplacement or StepOp.Update && entry is { State.InitErrors.Count: > 0 })
            {
                var error = EngineErrors.ResourceFailed.With($"{step.Urn.Type} '{step.Urn.Name}' exists but did not become ready: {string.Join("; ", entry.State.InitErrors)}");
                events.StepFailed(step.Describe(old, entry.State), error);
                return new(entry, error);
            }

            events.StepEnded(step.Describe(old, entry?.State));
            return new(entry, null);
        }
        catch (OperationCanceledException) when (abort.IsCancellationRequested)
        {
            var error = EngineErrors.Cancelled.With($"{step.Op.Text()} of {step.Urn} was abandoned; the journal keeps that it was in flight");
            events.StepFailed(step.Describe(old, step.New), error);
            return new(step.Old, error);
        }
        catch (Exception exception)
        {
            var error = ToError(step, exception);
            events.StepFailed(step.Describe(old, step.New), error);
            return new(step.Old, error);
        }
    }

    /// <summary>A fault of a provider as a value; what is not expected keeps its text.</summary>
    public static DeployError ToError(Step step, Exception exception) => exception is DeployException known
        ? known.Error
        : EngineErrors.ResourceFailed.With($"{step.Op.Text()} of {step.Urn.Type} '{step.Urn.Name}' failed: {exception.Message}", detail: exception.GetType().Name);

    private async Task<LedgerEntry?> ApplyAsync(Step step, CancellationToken abort) => step.Op switch
    {
        StepOp.Same => await ledger.WriteAsync(null, step.New!, supersedes: step.Old),
        StepOp.Create or StepOp.CreateReplacement => await CreateAsync(step, abort),
        StepOp.Update => await UpdateAsync(step, abort),
        StepOp.Delete or StepOp.DeleteReplaced => await DeleteAsync(step, abort),
        StepOp.Replace => step.Old,
        StepOp.Discard or StepOp.DiscardReplaced or StepOp.RemovePendingReplace => await ForgetAsync(step.Old!),
        StepOp.Read => await ReadAsync(step, abort),
        StepOp.Import => await ImportAsync(step, abort),
        _ => throw new InvalidOperationException($"no way to do {step.Op.Text()}"),
    };

    private async Task<LedgerEntry?> CreateAsync(Step step, CancellationToken abort)
    {
        var wanted = step.New!;
        var retires = step is { Op: StepOp.CreateReplacement, Old: { IsGone: false, State: { PendingReplacement: false, External: false } } } ? step.Old : null;
        var supersedes = retires is null && step.Old is { IsGone: false } ? step.Old : null;
        if (step.Provider is null)
        {
            return await ledger.WriteAsync(null, Stamped(wanted), supersedes, retires);
        }

        return await DuringAsync(step, PendingOperationType.Creating, wanted, async (operation, accepted) =>
        {
            var response = await step.Provider.CreateAsync(wanted, step.MayExist, accepted, abort);
            if (response.Id.Length == 0 && !preview)
            {
                throw new DeployException(EngineErrors.ResourceFailed.With($"the provider gave {wanted.Urn} no id"));
            }

            var state = Stamped(wanted with { Id = response.Id, Outputs = response.Outputs, InitErrors = response.InitErrors });
            return await ledger.WriteAsync(operation, state, supersedes, retires);
        });
    }

    private async Task<LedgerEntry?> UpdateAsync(Step step, CancellationToken abort)
    {
        var (old, wanted) = (step.Old!.State, step.New!);
        if (step.Provider is null)
        {
            return await ledger.WriteAsync(null, wanted with { Modified = time.GetUtcNow() }, supersedes: step.Old);
        }

        return await DuringAsync(step, PendingOperationType.Updating, wanted, async (operation, accepted) =>
        {
            var response = await step.Provider.UpdateAsync(old, wanted, accepted, abort);
            var state = wanted with { Outputs = response.Outputs, InitErrors = response.InitErrors, Modified = time.GetUtcNow() };
            return await ledger.WriteAsync(operation, state, supersedes: step.Old);
        });
    }

    private async Task<LedgerEntry?> DeleteAsync(Step step, CancellationToken abort)
    {
        var old = step.Old!.State;
        if (preview || !old.Custom || old.RetainOnDelete || step.Provider is null || ProviderReference.PackageOf(old.Urn) is not null)
        {
            return await RemovedAsync(null, step);
        }

        return await DuringAsync(step, PendingOperationType.Deleting, old, async (operation, accepted) =>
        {
            await step.Provider.DeleteAsync(old, accepted, abort);
            return await RemovedAsync(operation, step);
        });
    }

    private async Task<LedgerEntry?> ReadAsync(Step step, CancellationToken abort)
    {
        var wanted = step.New!;
        if (wanted.Id.Length == 0 || step.Provider is null)
        {
            return await ledger.WriteAsync(null, wanted, supersedes: step.Old is { IsGone: false } ? step.Old : null);
        }

        var response = await step.Provider.ReadAsync(wanted, abort)
            ?? throw new DeployException(EngineErrors.ReadFailed.With($"{wanted.Urn.Type} '{wanted.Id}' does not exist"));
        return await ledger.WriteAsync(null, wanted with { Id = response.Id, Outputs = response.Outputs }, supersedes: step.Old is { IsGone: false } ? step.Old : null);
    }

    private async Task<LedgerEntry?> ImportAsync(Step step, CancellationToken abort)
    {
        var wanted = step.New!;
        var response = await step.Provider!.ReadAsync(wanted with { Id = wanted.ImportId, Inputs = Values.PropertyMap.Empty }, abort)
            ?? throw new DeployException(EngineErrors.ImportFailed.With($"{wanted.Urn.Type} '{wanted.ImportId}' does not exist"));
        var found = wanted with { Id = response.Id, Inputs = response.Inputs, Outputs = response.Outputs };
        var diff = await step.Provider.DiffAsync(found, wanted.Inputs, wanted.IgnoreChanges, abort);
        if (diff.Changes == DiffChanges.Some)
        {
            var names = diff.DetailedDiff.Count > 0 ? diff.DetailedDiff.Keys : diff.Diffs;
            var error = EngineErrors.ImportFailed.With(
                $"{wanted.Urn}: the program does not match the resource '{wanted.ImportId}' in: {string.Join(", ", names)}", "Change the program to what exists, then import.");
            if (!preview)
            {
                throw new DeployException(error);
            }

            events.Message(wanted.Urn, DiagnosticSeverity.Warning, error.ToString());
        }

        return await ledger.WriteAsync(null, Stamped(found with { Inputs = wanted.Inputs }), supersedes: step.Old is { IsGone: false } ? step.Old : null);
    }

    /// <summary>
    /// Journals around a call. When the call fails for certain, the operation is forgotten; when nobody knows (an unexpected fault, an abort, a fault that may pass),
    /// it stays pending, and the next run finds out.
    /// </summary>
    private async Task<LedgerEntry?> DuringAsync(Step step, PendingOperationType type, ResourceState resource, Func<long?, OperationAccepted, Task<LedgerEntry?>> call)
    {
        if (preview || ProviderReference.PackageOf(step.Urn) is not null)
        {
            return await call(null, static _ => Task.CompletedTask);
        }

        var operation = await ledger.BeginAsync(type, resource);
        try
        {
            return await call(operation, url => ledger.AcceptedAsync(operation, url));
        }
        catch (DeployException exception) when (!exception.Error.Retryable)
        {
            ledger.Drop(operation);
            throw;
        }
    }

    private async Task<LedgerEntry?> RemovedAsync(long? operation, Step step)
    {
        var entry = step.Old!;
        if (!step.KeepsEntry)
        {
            await ledger.RemoveAsync(operation, entry);
            return null;
        }

        await ledger.ChangeAsync(operation, entry, entry.State with { PendingReplacement = true });
        return entry;
    }

    private async Task<LedgerEntry?> ForgetAsync(LedgerEntry entry)
    {
        await ledger.RemoveAsync(null, entry);
        return null;
    }

    private ResourceState Stamped(ResourceState state)
    {
        var now = time.GetUtcNow();
        return state with { Created = state.Created ?? now, Modified = now };
    }
}

/// <summary>How a step ended.</summary>
/// <param name="Entry">The resource as it is now; null when it is gone.</param>
/// <param name="Error">Null when it ended well.</param>
internal sealed record StepResult(LedgerEntry? Entry, DeployError? Error);
