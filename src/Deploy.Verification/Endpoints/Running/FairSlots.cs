namespace Deploy.Verification.Endpoints.Running;

/// <summary>
/// A number of slots for work that goes to hosts. A slot that comes free goes to the host with the least work under way, so that many endpoints of one host do
/// not keep the others waiting; within a host, first come, first served.
/// </summary>
internal sealed class FairSlots(int count)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, int> _running = new(StringComparer.OrdinalIgnoreCase);
    private readonly LinkedList<Waiter> _waiting = [];
    private int _free = count;

    /// <summary>Waits for a slot.</summary>
    /// <param name="host">Where the work goes.</param>
    /// <param name="goesFirst">Whether it was begun before: what is begun is ended before more is begun.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task EnterAsync(string host, bool goesFirst, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(host, goesFirst);
        lock (_lock)
        {
            _waiting.AddLast(waiter);
            Grant();
        }

        await using var registration = cancellationToken.Register(() => GiveUp(waiter, cancellationToken)).ConfigureAwait(false);
        await waiter.Granted.Task.ConfigureAwait(false);
    }

    public void Leave(string host)
    {
        lock (_lock)
        {
            _free++;
            _running[host]--;
            Grant();
        }
    }

    private void Grant()
    {
        while (_free > 0 && _waiting.Count > 0)
        {
            var next = _waiting.OrderBy(waiter => waiter.GoesFirst ? 0 : 1).ThenBy(waiter => _running.GetValueOrDefault(waiter.Host)).First();
            _waiting.Remove(next);
            _free--;
            _running[next.Host] = _running.GetValueOrDefault(next.Host) + 1;
            next.Granted.SetResult();
        }
    }

    private void GiveUp(Waiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            // One that has its slot already gives it back itself.
            if (_waiting.Remove(waiter))
            {
                waiter.Granted.SetCanceled(cancellationToken);
            }
        }
    }

    private sealed class Waiter(string host, bool goesFirst)
    {
        public string Host => host;

        public bool GoesFirst => goesFirst;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The slot of one endpoint, which it gives away while it only waits.</summary>
internal sealed class EndpointSlot(FairSlots slots, string host)
{
    // Shorter delays are none.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    public Task EnterAsync(CancellationToken cancellationToken) => slots.EnterAsync(host, goesFirst: false, cancellationToken);

    public void Leave() => slots.Leave(host);

    /// <summary>Lets time pass without holding the slot. Ends with the slot held again, also when the wait is cancelled.</summary>
    /// <returns>How long the slot itself was waited for.</returns>
    public async Task<TimeSpan> WaitAsync(TimeSpan delay, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        slots.Leave(host);
        var started = timeProvider.GetTimestamp();
        long over;
        try
        {
            // The system's timers are coarse, and may run out some milliseconds early: too soon for who named the time.
            for (var left = delay; left > TimeSpan.Zero; left = delay - timeProvider.GetElapsedTime(started))
            {
                await Task.Delay(left < Shortest ? Shortest : left, timeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            over = timeProvider.GetTimestamp();
            // Slots come free all the time, and quickly once the run is cancelled.
            await slots.EnterAsync(host, goesFirst: true, CancellationToken.None).ConfigureAwait(false);
        }

        return timeProvider.GetElapsedTime(over);
    }
}
