namespace Deploy.Engine.Execution;

/// <summary>Decides whether another step may begin, limits how many run at once, and tells when none is left running.</summary>
internal sealed class RunGate(int parallel, Task ready) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(parallel);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _closed = new();
    private int _running;
    private TaskCompletionSource _idle = Completed();

    /// <summary>Whether nothing new may begin.</summary>
    public bool IsClosed => _closed.IsCancellationRequested;

    /// <summary>Cancelled when nothing new may begin.</summary>
    public CancellationToken Closed => _closed.Token;

    /// <summary>Nothing new begins from now on; what runs, ends.</summary>
    public void Close() => _closed.Cancel();

    /// <summary>Waits for a free place; null when nothing new may begin.</summary>
    public async Task<IDisposable?> EnterAsync()
    {
        try
        {
            await ready.WaitAsync(_closed.Token);
            await _slots.WaitAsync(_closed.Token);
        }
        catch (Exception) when (IsClosed || !ready.IsCompletedSuccessfully)
        {
            // Whoever asked to wait for it hears from it what went wrong.
            Close();
            return null;
        }

        lock (_gate)
        {
            if (IsClosed)
            {
                _slots.Release();
                return null;
            }

            if (_running++ == 0)
            {
                _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }

        return new Place(this);
    }

    /// <summary>Ends when nothing runs.</summary>
    public Task WhenIdle()
    {
        lock (_gate)
        {
            return _idle.Task;
        }
    }

    public void Dispose()
    {
        _slots.Dispose();
        _closed.Dispose();
    }

    private void Leave()
    {
        lock (_gate)
        {
            _slots.Release();
            if (--_running == 0)
            {
                _idle.TrySetResult();
            }
        }
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }

    private sealed class Place(RunGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
