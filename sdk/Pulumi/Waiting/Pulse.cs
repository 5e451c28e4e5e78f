using System.Collections.Concurrent;

namespace Pulumi.Waiting;

/// <summary>What a run does right now, as far as this library sees it.</summary>
internal sealed class Pulse
{
    private readonly ConcurrentDictionary<Waiter, byte> _waiters = new(ReferenceEqualityComparer.Instance);
    private int _calls;
    private int _answers;
    private long _beats;

    /// <summary>Whether the engine (or a mock) owes an answer: however long it takes, the run is not stuck.</summary>
    public bool IsCalling => Volatile.Read(ref _calls) > Volatile.Read(ref _answers);

    /// <summary>Differs from an earlier value when something happened in between.</summary>
    public long Beats => Interlocked.Read(ref _beats);

    /// <summary>Everybody who is not done.</summary>
    public ICollection<Waiter> Waiters => _waiters.Keys;

    /// <summary>Notes that somebody has begun.</summary>
    public void Begin(Waiter waiter)
    {
        Beat();
        _waiters.TryAdd(waiter, 0);
    }

    /// <summary>Notes that somebody is done.</summary>
    public void End(Waiter waiter)
    {
        Beat();
        _waiters.TryRemove(waiter, out _);
    }

    /// <summary>Notes that something happened.</summary>
    public void Beat() => Interlocked.Increment(ref _beats);

    /// <summary>Makes a call to the engine.</summary>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        Interlocked.Increment(ref _calls);
        Beat();
        try
        {
            return await call().ConfigureAwait(false);
        }
        finally
        {
            Beat();
            Interlocked.Decrement(ref _calls);
        }
    }

    /// <summary>Answers a call of the engine. It makes one while it owes an answer itself, and waits for this one first.</summary>
    public async Task<T> AnswerAsync<T>(Func<Task<T>> answer)
    {
        Interlocked.Increment(ref _answers);
        Beat();
        try
        {
            return await answer().ConfigureAwait(false);
        }
        finally
        {
            Beat();
            Interlocked.Decrement(ref _answers);
        }
    }

    /// <inheritdoc cref="CallAsync{T}(Func{Task{T}})"/>
    public Task CallAsync(Func<Task> call) => CallAsync(async () =>
    {
        await call().ConfigureAwait(false);
        return default(ValueTuple);
    });
}
