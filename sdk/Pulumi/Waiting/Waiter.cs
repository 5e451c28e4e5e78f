using System.Collections.Immutable;

namespace Pulumi.Waiting;

/// <summary>
/// A part of the run that may wait: a registration, a function call, the program, or the computation of an output. Each of them notes what it waits for
/// while it does, so that a run which can never finish can be explained (<see cref="WaitGraph"/>).
/// </summary>
/// <param name="description">Who it is in messages, e.g. <c>test:index:Account 'a'</c>; null for outputs, which have no name.</param>
/// <param name="pulse">Of the run; null outside of one.</param>
internal sealed class Waiter(string? description, Pulse? pulse)
{
    // Follows the flow of control, as the run does: what is awaited deep inside a registration is awaited by that registration.
    private static readonly AsyncLocal<Waiter?> Ambient = new();

    private readonly Lock _gate = new();
    private ImmutableList<Wait> _waits = [];
    private ImmutableList<UserTask> _userTasks = [];
    private Thread? _userThread;

    /// <summary>The one whose code runs here.</summary>
    public static Waiter? Current => Ambient.Value;

    /// <summary>Who it is in messages; null for outputs.</summary>
    public string? Description { get; } = description;

    /// <summary>What its values are called: <c>input</c> of a resource, <c>argument</c> of a function.</summary>
    public string ValueNoun { get; init; } = "input";

    /// <summary>Runs its code.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> body)
    {
        // Ends with this method: an async method does not leak its ambient values to the caller.
        Ambient.Value = this;
        pulse?.Begin(this);
        try
        {
            return await body().ConfigureAwait(false);
        }
        finally
        {
            pulse?.End(this);
        }
    }

    /// <inheritdoc cref="RunAsync{T}(Func{Task{T}})"/>
    public Task RunAsync(Func<Task> body) => RunAsync(async () =>
    {
        await body().ConfigureAwait(false);
        return default(ValueTuple);
    });

    /// <summary>Waits for an output.</summary>
    public async Task<T> WaitAsync<T>(Task<T> task, Wait wait)
    {
        Change(() => _waits = _waits.Add(wait));
        try
        {
            return await task.ConfigureAwait(false);
        }
        finally
        {
            Change(() => _waits = _waits.Remove(wait));
        }
    }

    /// <summary>Calls code of the program.</summary>
    public T Call<T>(Func<T> userCode)
    {
        Change(() => _userThread = Thread.CurrentThread);
        try
        {
            return userCode();
        }
        finally
        {
            Change(() => _userThread = null);
        }
    }

    /// <summary>Calls code of the program and watches the task that it returns.</summary>
    public Task<T> CallAsync<T>(string taskDescription, Func<Task<T>> userCode) => Watch(taskDescription, Call(userCode));

    /// <summary>A task that follows one of the program without holding it.</summary>
    public Task<T> Watch<T>(string taskDescription, Task<T> task)
    {
        if (task is null)
        {
            throw new InvalidOperationException($"Null where {taskDescription} was expected.");
        }

        if (task.IsCompleted)
        {
            return task;
        }

        var follower = new TaskCompletionSource<T>();
        var userTask = new UserTask(task, taskDescription);
        Change(() => _userTasks = _userTasks.Add(userTask));
        task.ContinueWith(
            done =>
            {
                Change(() => _userTasks = _userTasks.Remove(userTask));
                follower.SetFromTask(done);
            },
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
        return follower.Task;
    }

    /// <summary>What it waits for now.</summary>
    public WaiterState Read()
    {
        lock (_gate)
        {
            var waits = _waits.RemoveAll(wait => wait.Output.Task.IsCompleted);
            var isBlocked = _userThread is { } thread && thread.ThreadState.HasFlag(ThreadState.WaitSleepJoin) && waits.Count > 0;
            return new(this, [.. waits], [.. _userTasks], RunsUserCode: _userThread is not null && !isBlocked, isBlocked);
        }
    }

    private void Change(Action change)
    {
        // First, so that whoever read the state from before the change sees that it may be out of date.
        pulse?.Beat();
        lock (_gate)
        {
            change();
        }
    }
}

/// <summary>What a <see cref="Pulumi.Waiting.Waiter"/> waited for at one moment.</summary>
/// <param name="Waiter">Who.</param>
/// <param name="Waits">Outputs that were not there yet.</param>
/// <param name="UserTasks">Tasks of the program that were not done.</param>
/// <param name="RunsUserCode">Code of the program was running, or blocked by something that this library does not see.</param>
/// <param name="IsBlocked">Code of the program blocked its thread while an output that it asked for was not there.</param>
internal sealed record WaiterState(Waiter Waiter, ImmutableArray<Wait> Waits, ImmutableArray<UserTask> UserTasks, bool RunsUserCode, bool IsBlocked);
