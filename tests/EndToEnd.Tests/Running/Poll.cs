using System.Diagnostics;

namespace EndToEnd.Tests.Running;

/// <summary>Waits for what another process does, which cannot be awaited.</summary>
internal static class Poll
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    /// <param name="what">The condition in words, for the failure.</param>
    /// <param name="condition">Looked at again and again until it is true.</param>
    /// <param name="about">What is known when the limit is reached.</param>
    public static async Task UntilAsync(string what, Func<bool> condition, Func<string>? about = null)
    {
        var began = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(began) > Limit)
            {
                throw new TimeoutException($"Not within {Limit.TotalSeconds:0} s: {what}.\n{about?.Invoke()}");
            }

            await Task.Delay(Interval);
        }
    }
}
