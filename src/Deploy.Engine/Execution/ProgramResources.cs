using System.Collections.Concurrent;
using System.Text.Json;
using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.Planning;
using Deploy.Engine.Projects;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Execution;

/// <summary>Takes what the program registers: works out identity and provider, plans and does the steps, and keeps what children inherit.</summary>
internal sealed class ProgramResources(
    RunSettings settings, StateLedger ledger, ProviderRegistry providers, GoalPlanner planner, StepRunner runner, EventStream events, RunGate gate)
{
    private const string DisabledKey = "pulumi:disable-default-providers";

    private readonly ConcurrentDictionary<Urn, Registered> _registered = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _defaultProviders = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Urn, bool> _skipped = new();
    private PropertyMap? _stackOutputs;

    /// <summary>The outputs of the stack; null as long as the program has not told them.</summary>
    public PropertyMap? StackOutputs => _stackOutputs;

    /// <summary>Registers a resource; null when it failed or nothing new may begin (the fault has been told).</summary>
    public async Task<ResourceState?> RegisterAsync(Registration registration, CancellationToken abort)
    {
        try
        {
            var goal = await ToGoalAsync(registration, abort);
            return await ReachAsync(goal, abort);
        }
        catch (DeployException exception)
        {
            events.Fault(null, exception.Error);
            gate.Close();
            return null;
        }
    }

    /// <summary>Whether a resource was left out because it does not exist and is no target.</summary>
    public bool IsSkipped(Urn urn) => _skipped.ContainsKey(urn);

    /// <summary>Records the outputs of a component or of the stack.</summary>
    public async Task RegisterOutputsAsync(Urn urn, PropertyMap outputs)
    {
        var entry = ledger.FindNew(urn) ?? throw new DeployException(EngineErrors.InvalidRegistration.With($"{urn} has outputs but was not registered"));
        var old = entry.State;
        if (!settings.Preview)
        {
            // What comes from a resource that was left out stays unknown to the program.
            outputs = outputs.Where((_, value) => !value.ContainsUnknowns);
        }

        var state = old with { Outputs = outputs };
        if (!outputs.Equals(old.Outputs))
        {
            await ledger.ChangeAsync(null, entry, state);
        }

        if (urn.IsStack)
        {
            _stackOutputs = outputs;
        }

        events.OutputsArrived(new() { Op = StepOp.Same, Urn = urn, Old = old, New = state });
    }

    /// <summary>Reads a resource that is not managed; null when it failed.</summary>
    public async Task<ResourceState?> ReadAsync(Registration registration, string id, CancellationToken abort)
    {
        try
        {
            var goal = await ToGoalAsync(registration, abort);
            using var place = await gate.EnterAsync();
            if (place is null)
            {
                return null;
            }

            var entry = ledger.Claim(goal.Urn, goal.Aliases);
            var state = goal.ToState(goal.Inputs, entry?.State) with { Id = id, External = true };
            return await RunAsync([new() { Op = StepOp.Read, Old = entry, New = state, Provider = await providers.GetAsync(goal.Provider) }], abort);
        }
        catch (DeployException exception)
        {
            events.Fault(null, exception.Error);
            gate.Close();
            return null;
        }
    }

    /// <summary>Records a resource that the engine itself has read; null when it failed.</summary>
    public async Task<ResourceState?> RecordAsync(Registration registration, string id, PropertyMap outputs, CancellationToken abort)
    {
        var urn = Urn.Create(settings.Stack, settings.Project, registration.Parent, registration.Type, registration.Name);
        if (!_registered.TryAdd(urn, new(false, false, null, [], "", new Dictionary<string, string>())))
        {
            throw Invalid($"{urn} is registered twice: names of resources of one type and parent must differ");
        }

        using var place = await gate.EnterAsync();
        if (place is null)
        {
            return null;
        }

        var entry = ledger.Claim(urn, []);
        var goal = registration.Options with { Urn = urn, Custom = true, Inputs = registration.Inputs, Parent = registration.Parent };
        var state = goal.ToState(goal.Inputs, entry?.State) with { Id = id, External = true, Outputs = outputs };
        return await RunAsync([new() { Op = StepOp.Read, Old = entry, New = state }], abort);
    }

    /// <summary>The provider for a function or resource of a package: the one named, or the default one.</summary>
    public async Task<ProviderConnection> ProviderAsync(string token, string reference, string version, string url, CancellationToken abort) =>
        await providers.GetAsync(reference.Length > 0 ? reference : await DefaultProviderAsync(PackageOf(token), version, url, abort));

    /// <summary>A resource of this run, or one that an earlier run left.</summary>
    public ResourceState? Find(Urn urn) => ledger.FindNew(urn)?.State;

    private async Task<Goal> ToGoalAsync(Registration registration, CancellationToken abort)
    {
        var parent = registration.Parent is null
            ? null
            : _registered.GetValueOrDefault(registration.Parent) ?? throw Invalid($"the parent {registration.Parent} of '{registration.Name}' is not registered");
        var urn = Urn.Create(settings.Stack, settings.Project, registration.Parent, registration.Type, registration.Name);
        var aliases = AliasResolver.Resolve(urn, registration.Parent, registration.Aliases, parent?.Aliases ?? []);
        var record = new Registered(
            registration.Protect ?? parent?.Protect ?? false,
            registration.RetainOnDelete ?? parent?.RetainOnDelete ?? false,
            registration.Options.DeletedWith ?? parent?.DeletedWith,
            aliases,
            registration.Provider,
            registration.Custom ? registration.Providers : Inherit(registration, parent));
        if (!_registered.TryAdd(urn, record))
        {
            throw Invalid($"{urn} is registered twice: names of resources of one type and parent must differ");
        }

        var provider = await ProviderReferenceAsync(registration, parent, abort);
        _registered[urn] = record with { Provider = provider };
        return registration.Options with
        {
            Urn = urn,
            Custom = registration.Custom,
            Inputs = registration.Inputs,
            Parent = registration.Parent,
            Protect = record.Protect,
            RetainOnDelete = record.RetainOnDelete,
            DeletedWith = record.DeletedWith,
            Aliases = aliases,
            Provider = provider,
        };
    }

    private async Task<ResourceState?> ReachAsync(Goal goal, CancellationToken abort)
    {
        using var place = await gate.EnterAsync();
        if (place is null)
        {
            return null;
        }

        var isProvider = ProviderReference.PackageOf(goal.Urn) is not null;
        var connection = !goal.Custom ? null : isProvider ? providers.ForProviders : await providers.GetAsync(goal.Provider);
        await ledger.WhenSettledAsync(goal.Urn, goal.Aliases);
        var entry = ledger.Claim(goal.Urn, goal.Aliases);
        IReadOnlyList<Step> steps;
        try
        {
            goal = WithoutSkipped(goal);
            steps = await planner.PlanAsync(goal, entry, connection, abort);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            var failed = new Step { Op = entry is null ? StepOp.Create : StepOp.Update, Old = entry, New = goal.ToState(goal.Inputs, entry?.State) };
            events.StepFailed(failed.Describe(entry?.State, failed.New), StepRunner.ToError(failed, exception));
            gate.Close();
            return null;
        }

        if (steps.Count == 0)
        {
            _skipped[goal.Urn] = true;
            return goal.ToState(goal.Inputs, null);
        }

        ResourceState? state;
        try
        {
            state = await RunAsync(steps, abort);
        }
        finally
        {
            DependentReplacements.Release(steps.Select(step => step.Old).OfType<LedgerEntry>());
        }

        if (isProvider && state is not null)
        {
            providers.Register(state);
        }

        return state;
    }

    /// <summary>Nothing that is made may need what was left out; a component, which is not made, just does not name it.</summary>
    private Goal WithoutSkipped(Goal goal)
    {
        if (_skipped.IsEmpty || !planner.IsTarget(goal))
        {
            return goal;
        }

        if (!goal.Custom)
        {
            return goal with { Dependencies = [.. goal.Dependencies.Where(urn => !IsSkipped(urn))], PropertyDependencies = new Dictionary<string, IReadOnlyList<Urn>>() };
        }

        var needed = goal.Dependencies.Concat(goal.PropertyDependencies.Values.SelectMany(urns => urns)).Append(goal.Parent).Append(goal.DeletedWith)
            .FirstOrDefault(urn => urn is not null && IsSkipped(urn));
        return needed is null ? goal : throw new DeployException(EngineErrors.TargetIncomplete.With($"{goal.Urn} needs {needed}, which does not exist yet and is no target"));
    }

    private async Task<ResourceState?> RunAsync(IReadOnlyList<Step> steps, CancellationToken abort)
    {
        ResourceState? state = null;
        foreach (var step in steps)
        {
            var result = await runner.RunAsync(step, abort);
            if (result.Error is not null)
            {
                gate.Close();
                return null;
            }

            state = step.Op is StepOp.Replace or StepOp.DeleteReplaced ? state : result.Entry?.State;
        }

        return state;
    }

    private async Task<string> ProviderReferenceAsync(Registration registration, Registered? parent, CancellationToken abort)
    {
        if (!registration.Custom || registration.Type.StartsWith("pulumi:providers:", StringComparison.Ordinal))
        {
            return "";
        }

        var package = PackageOf(registration.Type);
        if (registration.Provider.Length > 0)
        {
            return registration.Provider;
        }

        if (registration.Providers.TryGetValue(package, out var named) || (parent?.Providers.TryGetValue(package, out named) ?? false))
        {
            return named!;
        }

        return parent is not null && State.ProviderReference.TryParse(parent.Provider)?.Package == package
            ? parent.Provider
            : await DefaultProviderAsync(package, registration.Version, registration.PluginUrl, abort);
    }

    private Task<string> DefaultProviderAsync(string package, string version, string url, CancellationToken abort)
    {
        RefuseDisabled(package);
        var actual = version.Length > 0 ? version : providers.Factory(package).Version;
        return _defaultProviders.GetOrAdd($"{package}@{actual}@{url}", _ => new(() => CreateDefaultProviderAsync(package, actual, url, abort))).Value;
    }

    private async Task<string> CreateDefaultProviderAsync(string package, string version, string url, CancellationToken abort)
    {
        providers.Factory(package);
        var type = State.ProviderReference.TypeOf(package);
        var urn = Urn.Create(settings.Stack, settings.Project, null, type, ProviderInputs.DefaultName(version, url));
        var goal = new Goal { Urn = urn, Custom = true, Inputs = ProviderInputs.FromConfig(package, version, settings.Config) };
        _registered.TryAdd(urn, new(false, false, null, [], "", new Dictionary<string, string>()));
        var state = await ReachAsync(goal, abort) ?? throw new DeployException(EngineErrors.Cancelled.With($"the provider of '{package}' was not set up, because the run is ending"));
        return new ProviderReference(urn, state.Id).ToString();
    }

    private void RefuseDisabled(string package)
    {
        if (settings.Config.Values.TryGetValue(DisabledKey, out var text)
            && JsonSerializer.Deserialize<string[]>(text) is { } disabled && (disabled.Contains("*") || disabled.Contains(package)))
        {
            throw Invalid($"the default provider of '{package}' is disabled by {DisabledKey}; the program must name a provider");
        }
    }

    private static Dictionary<string, string> Inherit(Registration registration, Registered? parent)
    {
        var result = new Dictionary<string, string>(parent?.Providers ?? new Dictionary<string, string>(), StringComparer.Ordinal);
        foreach (var (package, reference) in registration.Providers)
        {
            result[package] = reference;
        }

        return result;
    }

    private static string PackageOf(string token)
    {
        var parts = token.Split(':');
        return parts.Length == 3 && parts.All(part => part.Length > 0) ? parts[0] : throw Invalid($"'{token}' is not a type token of the form package:module:Type");
    }

    private static DeployException Invalid(string message) => new(EngineErrors.InvalidRegistration.With(message));

    /// <summary>What children inherit.</summary>
    private sealed record Registered(
        bool Protect, bool RetainOnDelete, Urn? DeletedWith, IReadOnlyList<Urn> Aliases, string Provider, IReadOnlyDictionary<string, string> Providers);
}

/// <summary>What holds for the whole run.</summary>
internal sealed record RunSettings(string Project, string Stack, StackConfig Config, bool Preview);
