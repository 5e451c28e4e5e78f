using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.Hosting;

/// <summary>Makes an instant clock jump to the end of what is in progress.</summary>
internal sealed class InstantClock(EmulatorClock clock, CloudStore store)
{
    // What ends later than that was made never to end.
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(365);

    public DateTimeOffset Now => clock.GetUtcNow();

    public void Jump()
    {
        if (clock.IsInstant && store.DueOperations(Now + Farthest) is [.., { } last])
        {
            clock.AdvanceTo(last.EndsAt);
        }
    }
}
