using Deploy.Verification.Endpoints.Running;

namespace Deploy.Verification.Tests.Endpoints.Running;

public sealed class FairSlotsTests
{
    [Fact]
    public async Task EnterAsync_ManyOfOneHost_LeaveRoomForOthers()
    {
        var slots = new FairSlots(2);
        await Task.WhenAll(Enter("a"), Enter("a"));
        var crowd = Enumerable.Range(0, 10).Select(_ => Enter("a")).ToArray();
        var other = Enter("b");
        Assert.False(other.IsCompleted);

        slots.Leave("a");
        await other;
        Assert.DoesNotContain(crowd, waiting => waiting.IsCompleted);

        Task Enter(string host) => slots.EnterAsync(host, goesFirst: false, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task EnterAsync_WhatWasBegun_GoesBeforeWhatWasNot()
    {
        var slots = new FairSlots(1);
        await slots.EnterAsync("a", goesFirst: false, TestContext.Current.CancellationToken);
        var later = slots.EnterAsync("b", goesFirst: false, TestContext.Current.CancellationToken);
        var begun = slots.EnterAsync("a", goesFirst: true, TestContext.Current.CancellationToken);
        slots.Leave("a");
        await begun;
        Assert.False(later.IsCompleted);
        slots.Leave("a");
        await later;
    }

    [Fact]
    public async Task EnterAsync_Cancelled_TakesNoSlot()
    {
        var slots = new FairSlots(1);
        await slots.EnterAsync("a", goesFirst: false, TestContext.Current.CancellationToken);
        using var impatient = new CancellationTokenSource();
        var given = slots.EnterAsync("a", goesFirst: false, impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        slots.Leave("a");
        await slots.EnterAsync("b", goesFirst: false, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_TimersThatRunOutEarly_AreNotBelieved()
    {
        var slots = new FairSlots(1);
        var slot = new EndpointSlot(slots, "a");
        await slot.EnterAsync(TestContext.Current.CancellationToken);
        var time = new HastyTime();
        var began = time.GetTimestamp();
        await slot.WaitAsync(TimeSpan.FromMilliseconds(60), time, TestContext.Current.CancellationToken);
        Assert.True(time.GetElapsedTime(began) >= TimeSpan.FromMilliseconds(60));
        slot.Leave();
    }

    private sealed class HastyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime / 2, period);
    }
}
