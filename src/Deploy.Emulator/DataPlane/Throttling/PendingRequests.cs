namespace Deploy.Emulator.DataPlane.Throttling;

/// <summary>Requests that a deployment on managed compute works on or keeps waiting: as many at a time as it can, twice as many in all.</summary>
internal sealed class PendingRequests
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue> _queues = new(StringComparer.Ordinal);

    /// <summary>A place, when it is the request's turn; null at once when too many are pending. Dispose it when the request is over.</summary>
    /// <param name="key">The deployment.</param>
    /// <param name="concurrency">How many it works on at a time.</param>
    /// <param name="cancellationToken">Gives the place back.</param>
    public async Task<IDisposable?> EnterAsync(string key, int concurrency, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_gate)
        {
            if (!_queues.TryGetValue(key, out var queue))
            {
                _queues[key] = queue = new Queue();
            }

            if (queue.Running + queue.Waiting.Count >= 2L * concurrency)
            {
                return null;
            }

            waiter = new Waiter();
            queue.Waiting.AddLast(waiter);
            Admit(queue, concurrency);
        }

        try
        {
            await waiter.Turn.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave(key, waiter, concurrency);
            throw;
        }

        return new Place(() => Leave(key, waiter, concurrency));
    }

    private void Leave(string key, Waiter waiter, int concurrency)
    {
        lock (_gate)
        {
            var queue = _queues[key];
            if (!queue.Waiting.Remove(waiter))
            {
                queue.Running--;
            }

            Admit(queue, concurrency);
            if (queue is { Running: 0, Waiting.Count: 0 })
            {
                _queues.Remove(key);
            }
        }
    }

    private static void Admit(Queue queue, int concurrency)
    {
        while (queue.Running < concurrency && queue.Waiting.First is { Value: { } next })
        {
            queue.Waiting.RemoveFirst();
            queue.Running++;
            next.Turn.SetResult();
        }
    }

    private sealed class Queue
    {
        public int Running { get; set; }

        public LinkedList<Waiter> Waiting { get; } = new();
    }

    private sealed class Waiter
    {
        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
