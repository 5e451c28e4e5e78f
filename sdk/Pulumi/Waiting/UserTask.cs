namespace Pulumi.Waiting;

/// <summary>
/// A task of the program that this library waits for. It is held weakly: a task that is not done and that nobody holds any more (no timer, no connection, no
/// variable of the program) can never complete, which is how a forgotten TaskCompletionSource is told from a slow download.
/// </summary>
/// <param name="task">The task.</param>
/// <param name="description">What it is, e.g. <c>a task given to Output.Create</c>.</param>
internal sealed class UserTask(Task task, string description)
{
    private readonly WeakReference<Task> _task = new(task);

    public string Description { get; } = description;

    /// <summary>Whether nothing can complete it any more. Becomes true only after a garbage collection.</summary>
    public bool IsForgotten => !_task.TryGetTarget(out _);
}
