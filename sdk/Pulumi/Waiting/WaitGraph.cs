using System.Collections.Immutable;

namespace Pulumi.Waiting;

/// <summary>Who waits for whom at one moment.</summary>
internal sealed class WaitGraph
{
    private readonly List<WaiterState> _states = [];
    private readonly Dictionary<Waiter, WaiterState> _byWaiter = new(ReferenceEqualityComparer.Instance);

    private WaitGraph()
    {
    }

    /// <summary>Whether somebody waits for a task of the program, so that a garbage collection may tell more.</summary>
    public bool HasUserTasks => _states.Exists(state => state.UserTasks.Length > 0);

    /// <summary>Reads what these and everybody behind them wait for.</summary>
    public static WaitGraph Read(IEnumerable<Waiter> waiters)
    {
        var graph = new WaitGraph();
        var queue = new Queue<Waiter>(waiters);
        while (queue.TryDequeue(out var waiter))
        {
            if (graph._byWaiter.ContainsKey(waiter))
            {
                continue;
            }

            var state = waiter.Read();
            graph._byWaiter.Add(waiter, state);
            graph._states.Add(state);
            foreach (var wait in state.Waits)
            {
                if (wait.Output.Producer is { } producer)
                {
                    queue.Enqueue(producer);
                }
            }
        }

        return graph;
    }

    /// <summary>
    /// Those that can never finish: they wait for each other, or for a task that nothing can complete. Whoever runs code of the program, or waits for a task
    /// that may still complete, or for nothing that is known here, counts as able to finish, and so does everybody who waits only for such.
    /// </summary>
    public ImmutableArray<WaiterState> FindStuck()
    {
        var stuck = _states.Where(state => !IsFree(state)).ToHashSet();
        while (stuck.RemoveWhere(state => !HasForgottenTask(state) && !state.Waits.Any(wait => StateOf(wait) is { } target && stuck.Contains(target))) > 0)
        {
        }

        return [.. _states.Where(stuck.Contains)];
    }

    /// <summary>Says who waits for what, first those that hold up the others.</summary>
    /// <param name="among">Whom to speak of.</param>
    public WaitLines Describe(ImmutableArray<WaiterState> among)
    {
        var described = among.ToHashSet();
        var awaited = described.SelectMany(state => state.Waits).Select(StateOf).OfType<WaiterState>().ToHashSet();

        // Outputs speak through whoever waits for them, unless nobody does or only outputs do.
        var speakers = among.Where(state => state.Waiter.Description is not null || !awaited.Contains(state)).ToList();
        speakers = speakers.Count > 0 ? speakers : [among[0]];
        var targets = speakers.ToDictionary(state => state, state => TargetsOf(state, described).ToList());
        var causes = speakers.Where(state => IsCause(state, targets)).ToList();
        var lines = from state in causes from target in targets[state] where IsShown(state, target, targets) select $"{Subject(state, target.Reason)} waits for {target.Text}";
        var followers = speakers.Except(causes).Select(state => Subject(state, reason: null)).Except(causes.Select(state => Subject(state, reason: null)));
        return new([.. lines.Distinct()], [.. followers]);
    }

    /// <inheritdoc cref="Describe(ImmutableArray{WaiterState})"/>
    public WaitLines Describe() => Describe([.. _states]);

    private static bool IsFree(WaiterState state) =>
        state.RunsUserCode || state.UserTasks.Any(task => !task.IsForgotten) || (state.UserTasks.Length == 0 && state.Waits.Length == 0);

    private static bool HasForgottenTask(WaiterState state) => state.UserTasks.Any(task => task.IsForgotten);

    private static string Subject(WaiterState state, string? reason) =>
        (state.Waiter.Description ?? "an output that no resource uses yet") + (reason is null ? "" : $": {reason}");

    /// <summary>Waits for something that is no other speaker, or is waited for by itself.</summary>
    private static bool IsCause(WaiterState state, Dictionary<WaiterState, List<Target>> targets) =>
        targets[state].Exists(target => target.Speaker is null) || Reaches(state, state, targets);

    private static bool IsShown(WaiterState state, Target target, Dictionary<WaiterState, List<Target>> targets) =>
        target.Speaker is null || target.Speaker == state || Reaches(target.Speaker, state, targets);

    private static bool Reaches(WaiterState from, WaiterState to, Dictionary<WaiterState, List<Target>> targets)
    {
        var reached = new HashSet<WaiterState>();
        var stack = new Stack<WaiterState>([from]);
        while (stack.TryPop(out var state))
        {
            foreach (var next in targets.GetValueOrDefault(state, []).Select(target => target.Speaker).OfType<WaiterState>().Where(reached.Add))
            {
                stack.Push(next);
            }
        }

        return reached.Contains(to);
    }

    private WaiterState? StateOf(Wait wait) => wait.Output.Producer is { } producer ? _byWaiter.GetValueOrDefault(producer) : null;

    private IEnumerable<Target> TargetsOf(WaiterState state, HashSet<WaiterState> among) =>
        state.Waits.SelectMany(wait => TargetsOf(wait, among, []).Select(target => target with { Reason = wait.Reason })).Concat(TasksOf(state));

    /// <summary>What stands behind an output: someone with a name, or a task of the program.</summary>
    private IEnumerable<Target> TargetsOf(Wait wait, HashSet<WaiterState> among, HashSet<WaiterState> seen)
    {
        if (StateOf(wait) is not { } state || !among.Contains(state))
        {
            return [];
        }

        if (state.Waiter.Description is { } description)
        {
            return [new(state, wait.Output.Name is null or "urn" ? description : $"output '{wait.Output.Name}' of {description}")];
        }

        if (!seen.Add(state))
        {
            return [new(null, "an output that waits for itself")];
        }

        // Code that blocks its thread is worth naming even where a resource stands behind it.
        var behind = state.Waits.SelectMany(inner => TargetsOf(inner, among, seen));
        return TasksOf(state).Concat(state.IsBlocked ? behind.Select(target => target with { Text = $"a callback that blocks its thread until it has {target.Text}" }) : behind);
    }

    private static IEnumerable<Target> TasksOf(WaiterState state)
    {
        var tasks = state.UserTasks.Select(task => new Target(null, task.Description + (task.IsForgotten ? ", which nothing can complete any more" : "")));
        return state.RunsUserCode ? tasks.Append(new(null, $"{(state.Waiter.Description is null ? "a callback of Apply" : "code")} that runs or blocks its thread")) : tasks;
    }

    /// <param name="Speaker">Who is waited for; null for tasks of the program.</param>
    /// <param name="Text">The same in words.</param>
    private sealed record Target(WaiterState? Speaker, string Text)
    {
        public string? Reason { get; init; }
    }
}

/// <summary>Who waits for what.</summary>
/// <param name="Causes">One line each.</param>
/// <param name="Followers">Those who only wait for the causes.</param>
internal sealed record WaitLines(ImmutableArray<string> Causes, ImmutableArray<string> Followers)
{
    private const int Limit = 10;

    public override string ToString()
    {
        var text = string.Concat(Limited(Causes).Select(line => $"\n  {line}"));
        return Followers.Length == 0 ? text : $"{text}\n  behind them: {string.Join(", ", Limited(Followers))}";
    }

    private static ImmutableArray<string> Limited(ImmutableArray<string> lines) => lines.Length <= Limit ? lines : [.. lines.Take(Limit), $"and {lines.Length - Limit} more"];
}
