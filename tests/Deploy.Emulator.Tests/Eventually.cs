namespace Deploy.Emulator.Tests;

/// <summary>Waits for what happens soon, and no longer than a limit.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>What a look finds that is not null; the first look is at once.</summary>
    public static async Task<T> SeesAsync<T>(Func<Task<T?>> look, string what)
        where T : class
    {
        for (var since = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(since) < Limit; await Task.Delay(Pause, TestContext.Current.CancellationToken))
        {
            if (await look() is { } found)
            {
                return found;
            }
        }

        throw new TimeoutException($"{what} was not to be seen within {Limit.TotalSeconds} s.");
    }
}
