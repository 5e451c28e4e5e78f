namespace Pulumi;

/// <summary>
/// Knows every task that the program has started by creating resources and outputs, so that the process ends when, and only when, all are done.
/// </summary>
internal sealed class TaskRunner
{
    private readonly Lock _gate = new();
    private readonly Queue<Exception> _failures = new();
    private readonly HashSet<Task> _running = [];
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Adds a task to wait for; none of the program's own, which are held weakly (<see cref="Waiting.UserTask"/>).</summary>
    public void Register(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            return;
        }

        lock (_gate)
        {
            if (!_running.Add(task))
            {
                return;
            }
        }

        task.ContinueWith(OnCompleted, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Returns when nothing is running any more; tells each failure as it happens.</summary>
    /// <param name="onFailure">Called one at a time, also for failures that follow from another.</param>
    /// <param name="abort">Ends the wait at once.</param>
    /// <returns>False when aborted.</returns>
    public async Task<bool> WaitAsync(Func<Exception, Task> onFailure, Task abort)
    {
        while (true)
        {
            Exception? failure;
            Task changed;
            lock (_gate)
            {
                _failures.TryDequeue(out failure);
                if (failure is null && _running.Count == 0)
                {
                    return true;
                }

                changed = _changed.Task;
            }

            if (failure is not null)
            {
                await onFailure(failure).ConfigureAwait(false);
            }
            else if (await Task.WhenAny(changed, abort).ConfigureAwait(false) == abort)
            {
                return false;
            }
        }
    }

    private void OnCompleted(Task task)
    {
        lock (_gate)
        {
            _running.Remove(task);
            if (task.IsFaulted)
            {
                foreach (var failure in task.Exception.InnerExceptions)
                {
                    _failures.Enqueue(failure);
                }
            }
            else if (task.IsCanceled)
            {
                _failures.Enqueue(new TaskCanceledException(task));
            }

            if (_failures.Count > 0 || _running.Count == 0)
            {
                _changed.TrySetResult();
                _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
