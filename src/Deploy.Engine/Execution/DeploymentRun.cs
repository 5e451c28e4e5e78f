using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Planning;
using Deploy.Engine.Programs;
using Deploy.Engine.Protocol;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>One run: state in, program and steps, state out.</summary>
internal sealed class DeploymentRun(EngineRequest request, IReadOnlyList<IProviderFactory> factories, IEngineEventSink sink, TimeProvider time)
{
    /// <summary>How long a program may take to end by itself after the engine told it that the run is over.</summary>
    private static readonly TimeSpan ProgramGrace = TimeSpan.FromSeconds(5);

    private readonly bool _preview = request.Operation.IsPreview();
    private readonly bool _destroy = request.Operation is EngineOperation.Destroy or EngineOperation.PreviewDestroy;
    private readonly bool _refresh = request.Operation is EngineOperation.Refresh or EngineOperation.PreviewRefresh;
    private readonly UrnPatterns _targets = new(request.Targets);
    private readonly UrnPatterns _replaces = new(request.Replaces);

    /// <summary>Runs to the end.</summary>
    /// <exception cref="DeployException">Nothing was touched.</exception>
    public async Task<EngineResult> ExecuteAsync(CancellationToken graceful, CancellationToken abort)
    {
        var (started, start) = (time.GetTimestamp(), time.GetUtcNow());
        var events = new EventStream(sink, time, _preview);
        using var held = _preview ? null : request.Stack.Lock();
        events.Prelude(request.Config.Values.ToDictionary(entry => entry.Key, entry => request.Config.SecretKeys.Contains(entry.Key) ? PropertyJson.SecretText : entry.Value));
        var providers = new ProviderRegistry(factories, _preview, abort);
        var recovery = new Recovery(providers, events);
        var snapshot = await LoadAsync(recovery, events, abort);
        var journal = _preview ? null : request.Stack.StartJournal(request.Secrets);
        using var gate = new RunGate(Math.Max(1, request.Parallel), request.Ready);
        using var onGraceful = graceful.Register(gate.Close);
        using var onAbort = abort.Register(gate.Close);
        StateLedger ledger;
        bool complete;
        ProgramResources? resources = null;
        try
        {
            ledger = new StateLedger(snapshot, journal);
            var runner = new StepRunner(ledger, events, time, _preview);
            complete = true;
            if (_refresh || request.RefreshFirst)
            {
                complete = await new Refreshment(ledger, providers, _targets, events, gate, counts: _refresh).RunAsync(abort);
            }

            if (complete && !_destroy && !_refresh)
            {
                var planner = new GoalPlanner(new(ledger, providers, _targets), recovery.LostCreations, _targets, _replaces);
                var settings = new RunSettings(request.Project.Name, request.Stack.Name, request.Config, _preview);
                resources = new ProgramResources(settings, ledger, providers, planner, runner, events, gate);
                complete = await RunProgramAsync(settings, resources, events, gate, abort);
            }

            complete = KnowsTargets(ledger, events) && complete;
            if (!_refresh)
            {
                complete = complete && await new Deletions(ledger, providers, _targets, runner, events, gate).RunAsync(abort);
            }

            await gate.WhenIdle();
        }
        finally
        {
            journal?.Dispose();
        }

        var outputs = FinishOutputs(resources?.StackOutputs, snapshot, complete);
        var result = Conclude(complete, events, outputs, graceful.IsCancellationRequested || abort.IsCancellationRequested, started);
        if (!_preview)
        {
            result = Save(ledger.Build(), result, start, events);
        }

        events.Summary(result.Result, result.Duration);
        return result;
    }

    /// <summary>Whether every pattern of the user has met a resource; one that has not is most likely misspelled.</summary>
    private bool KnowsTargets(StateLedger ledger, EventStream events)
    {
        foreach (var entry in ledger.Current)
        {
            _targets.Matches(entry.State.Urn);
        }

        // Where a run has failed, what it did not come to is not unknown.
        if (events.FirstError is not null || _targets.Unmet.Count + _replaces.Unmet.Count == 0)
        {
            return true;
        }

        events.Fault(null, EngineErrors.TargetUnknown.With($"no resource of stack '{request.Stack.Name}' matches {string.Join(", ", _targets.Unmet.Concat(_replaces.Unmet))}"));
        return false;
    }

    private async Task<Snapshot> LoadAsync(Recovery recovery, EventStream events, CancellationToken abort)
    {
        var stack = request.Stack;
        var hadJournal = stack.HasJournal;
        var snapshot = stack.Load(request.Secrets) ?? Snapshot.Empty;
        if (_preview && stack.IsLocked)
        {
            events.Message(null, DiagnosticSeverity.Warning, "another run is changing this stack: the plan is for the state as it is at this moment");
            return await recovery.ResolveAsync(snapshot with { PendingOperations = [] }, abort);
        }

        var resolved = await recovery.ResolveAsync(snapshot, abort);
        if (!_preview)
        {
            stack.Backup(time.GetUtcNow());
            if (hadJournal || snapshot.PendingOperations.Count > 0)
            {
                stack.Save(resolved, request.Secrets, time.GetUtcNow());
            }
        }

        return resolved;
    }

    /// <summary>Runs the program and waits for everything it began. False when deletions must not follow.</summary>
    private async Task<bool> RunProgramAsync(RunSettings settings, ProgramResources resources, EventStream events, RunGate gate, CancellationToken abort)
    {
        using var transforms = new Transforms();
        var context = new MonitorContext
        {
            Settings = settings,
            Organization = request.Organization,
            Parallel = request.Parallel,
            Resources = resources,
            Events = events,
            Values = new(request.Project.ProgramDirectory),
            Transforms = transforms,
            Stack = request.Stack,
            OtherStackSecrets = request.OtherStackSecrets,
            Abort = abort,
        };
        await using var server = await ProtocolServer.StartAsync(context, abort);
        var program = await LaunchAsync(Launch(server.Address, settings, events), gate, abort);
        if (program is { ExitCode: not 0 })
        {
            // A program that fails because the run is over says nothing new.
            var isConsequence = gate.IsClosed || events.FirstError is not null;
            gate.Close();
            if (program.Error is not null || !isConsequence)
            {
                events.Fault(null, program.Error ?? EngineErrors.ProgramFailed.With($"the program ended with exit code {program.ExitCode}"));
            }
        }

        await gate.WhenIdle();
        return program is { ExitCode: 0 } && !gate.IsClosed && events.FirstError is null;
    }

    /// <summary>Runs the program; null when it had to be ended because the run is over.</summary>
    private async Task<ProgramResult?> LaunchAsync(ProgramLaunch launch, RunGate gate, CancellationToken abort)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(abort);
        var launcher = request.Launcher ?? new ProjectProgramLauncher(request.Project, request.ProgramBinary);
        var program = launcher.RunAsync(launch, ending.Token);
        try
        {
            var closed = Task.Delay(Timeout.InfiniteTimeSpan, time, gate.Closed);
            await Task.WhenAny(program, closed, request.Ready);
            if (request.Ready.IsCompletedSuccessfully)
            {
                await Task.WhenAny(program, closed);
            }

            if (!program.IsCompleted)
            {
                gate.Close();
                await gate.WhenIdle();
                await Task.WhenAny(program, Task.Delay(request.Ready.IsCompletedSuccessfully ? ProgramGrace : TimeSpan.Zero, time, abort));
                await ending.CancelAsync();
            }

            return await program;
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return null;
        }
    }

    private ProgramLaunch Launch(string address, RunSettings settings, EventStream events) => new()
    {
        Address = address,
        Project = settings.Project,
        Stack = settings.Stack,
        Organization = request.Organization,
        RootDirectory = request.Project.RootDirectory,
        ProgramDirectory = request.Project.ProgramDirectory,
        Config = request.Config.Values,
        ConfigSecretKeys = request.Config.SecretKeys,
        DryRun = _preview,
        Parallel = request.Parallel,
        Environment = request.ProgramEnvironment,
        OnOutput = events.Output,
    };

    /// <summary>The outputs of the stack; those of a failed run only add to what was there.</summary>
    private PropertyMap FinishOutputs(PropertyMap? told, Snapshot before, bool complete)
    {
        if (_destroy)
        {
            return PropertyMap.Empty;
        }

        return told is null ? before.StackOutputs : complete && _targets.IsEmpty ? told : before.StackOutputs.Merge(told);
    }

    private EngineResult Conclude(bool complete, EventStream events, PropertyMap outputs, bool cancelled, long started)
    {
        var error = events.FirstError;
        var (result, reason) = (complete, error) switch
        {
            (true, null) when request.ExpectNoChanges && _preview && events.Changes.HasChanges => (RunResult.Refused, UnexpectedChanges(events.Changes)),
            (true, null) => (RunResult.Succeeded, null),
            _ when !request.Ready.IsCompletedSuccessfully => (RunResult.Refused, EngineErrors.Cancelled.With("what the run waited for has failed; nothing was touched")),
            _ when cancelled && (error is null || error.Definition == EngineErrors.Cancelled || error.Definition == EngineErrors.ProgramFailed) =>
                (RunResult.Cancelled, EngineErrors.Cancelled.With("the run was cancelled; what was in flight is finished or kept in the state as pending")),
            _ => (RunResult.Failed, error ?? EngineErrors.Internal.With("the run did not complete, and nothing said why")),
        };
        return new() { Result = result, Error = reason, Changes = events.Changes, Outputs = outputs, Duration = time.GetElapsedTime(started) };
    }

    private EngineResult Save(Snapshot snapshot, EngineResult result, DateTimeOffset start, EventStream events)
    {
        if (!_destroy)
        {
            snapshot = WithOutputs(snapshot, result.Outputs);
        }

        if (SnapshotIntegrity.Find(snapshot) is { } fault)
        {
            events.Fault(null, fault);
            result = result with { Result = RunResult.Failed, Error = fault };
        }

        var written = HistoryWriter.Write(request.Stack, request, result, start, time.GetUtcNow(), snapshot);
        if (_destroy && result.Result == RunResult.Succeeded && snapshot.Resources.Count == 0)
        {
            request.Stack.DeleteState();
        }
        else
        {
            request.Stack.SaveCopy(written);
        }

        return result;
    }

    private static Snapshot WithOutputs(Snapshot snapshot, PropertyMap outputs) => snapshot with
    {
        Resources = [.. snapshot.Resources.Select(resource => resource.Urn.IsStack && !resource.Outputs.Equals(outputs) ? resource with { Outputs = outputs } : resource)],
    };

    private DeployError UnexpectedChanges(ChangeSummary changes) => EngineErrors.UnexpectedChanges.With(_refresh
        ? $"no changes were expected, but {changes.Update} resource(s) differ from the state and {changes.Delete} are gone"
        : $"no changes were expected, but the plan creates {changes.Create}, updates {changes.Update}, replaces {changes.Replace} and deletes {changes.Delete}");
}
