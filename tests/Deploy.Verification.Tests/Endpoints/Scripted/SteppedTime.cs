using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace Deploy.Verification.Tests.Endpoints.Scripted;

/// <summary>Time that stands still until a delay of the run waits for it.</summary>
internal sealed class SteppedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _timers = Channel.CreateUnbounded<TimeSpan>();
    private readonly DateTimeOffset _start;

    public SteppedTime() => _start = GetUtcNow();

    public TimeSpan Passed => GetUtcNow() - _start;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        _timers.Writer.TryWrite(dueTime);
        return timer;
    }

    /// <summary>Lets every timer up to a length run out as soon as it is made, until the run is over. Longer ones are time limits, and stay.</summary>
    public async Task StepThroughAsync(Task run, TimeSpan longest)
    {
        using var over = new CancellationTokenSource();
        var ended = run.ContinueWith(_ => over.Cancel(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            await foreach (var due in _timers.Reader.ReadAllAsync(over.Token))
            {
                if (due > TimeSpan.Zero && due <= longest)
                {
                    Advance(due);
                }
            }
        }
        catch (OperationCanceledException)
        {
            await ended;
        }
    }
}
