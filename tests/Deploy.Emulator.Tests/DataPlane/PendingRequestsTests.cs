using Deploy.Emulator.DataPlane.Throttling;

namespace Deploy.Emulator.Tests.DataPlane;

public sealed class PendingRequestsTests
{
    private readonly PendingRequests _pending = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Enter_TwiceTheConcurrency_WaitsThenRefuses()
    {
        var first = await _pending.EnterAsync("a", 1, Cancel);
        var second = _pending.EnterAsync("a", 1, Cancel);
        Assert.False(second.IsCompleted);
        Assert.Null(await _pending.EnterAsync("a", 1, Cancel));
        Assert.NotNull(await _pending.EnterAsync("b", 1, Cancel));
        first!.Dispose();
        first.Dispose();
        (await second)!.Dispose();
        Assert.NotNull(await _pending.EnterAsync("a", 1, Cancel));
    }

    [Fact]
    public async Task Enter_WaiterGivesUp_FreesItsPlace()
    {
        using var first = await _pending.EnterAsync("a", 1, Cancel);
        using var stop = new CancellationTokenSource();
        var second = _pending.EnterAsync("a", 1, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        var third = _pending.EnterAsync("a", 1, Cancel);
        Assert.False(third.IsCompleted);
        first!.Dispose();
        (await third)!.Dispose();
    }
}
