namespace Pulumi.Waiting;

/// <summary>
/// Notices a run that can never finish. It fails only what provably cannot go on; a task of the program that takes long, or code that blocks, gets a warning
/// that names it. As long as the engine owes an answer, or anything happens, nothing is checked.
/// </summary>
/// <param name="pulse">Of the run.</param>
/// <param name="warn">Takes a warning.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class Watchdog(Pulse pulse, Func<string, Task> warn, TimeProvider timeProvider)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstCheck = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FirstWarning = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);

    /// <summary>Watches until the run is stuck.</summary>
    /// <param name="cancellationToken">Ends the watch.</param>
    /// <returns>Who waits for what.</returns>
    public async Task<string> WatchAsync(CancellationToken cancellationToken)
    {
        var (beats, since, next) = (pulse.Beats, timeProvider.GetTimestamp(), FirstCheck);
        while (true)
        {
            await Task.Delay(Interval, timeProvider, cancellationToken).ConfigureAwait(false);
            if (pulse.IsCalling || pulse.Beats != beats)
            {
                (beats, since, next) = (pulse.Beats, timeProvider.GetTimestamp(), FirstCheck);
                continue;
            }

            var quiet = timeProvider.GetElapsedTime(since);
            if (quiet < next)
            {
                continue;
            }

            if (FindStuck() is { } lines && pulse.Beats == beats && !pulse.IsCalling)
            {
                return $"The program can never finish, because something in it waits for itself or for what nobody will deliver:{lines}";
            }

            if (next >= FirstWarning)
            {
                await warn($"Nothing has happened for {quiet.TotalSeconds:0} s. If that is not meant, the program waits for something that never comes:{WaitGraph.Read(pulse.Waiters).Describe()}").ConfigureAwait(false);
            }

            (beats, next) = (pulse.Beats, Later(next));
        }
    }

    private static TimeSpan Later(TimeSpan last) => last < FirstWarning ? FirstWarning : last + (last < LongestPause ? last : LongestPause);

    private WaitLines? FindStuck()
    {
        var graph = WaitGraph.Read(pulse.Waiters);
        if (graph.HasUserTasks)
        {
            // Only a collection tells forgotten tasks from others. It is rare (see the pauses) and the run has nothing else to do.
            GC.Collect();
        }

        var stuck = graph.FindStuck();
        return stuck.Length == 0 ? null : graph.Describe(stuck);
    }
}
