using Deploy.Engine.Programs;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Execution;

/// <summary>Runs that wait for something of their caller's while the program starts.</summary>
public sealed class ReadyTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Update_NotReadyYet_StartsTheProgramAndDoesNothing()
    {
        var ready = new TaskCompletionSource();
        var launched = new TaskCompletionSource();
        var running = _harness.UpAsync(
            program => program.ThingAsync("a"),
            request => request with { Ready = ready.Task, Launcher = new Announcing(request.Launcher!, launched) });

        await launched.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Empty(_harness.Cloud.Calls);
        Assert.False(running.IsCompleted);

        ready.SetResult();
        Assert.Contains("create a", (await running).Succeeded().Steps);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Update_NeverReady_EndsWithNothingDone(bool cancelled)
    {
        var ready = cancelled ? Task.FromCanceled(new CancellationToken(canceled: true)) : Task.FromException(new InvalidOperationException("not ready"));

        var run = await _harness.UpAsync(program => program.ThingAsync("a"), request => request with { Ready = ready });

        Assert.Equal(RunResult.Refused, run.Result.Result);
        Assert.Empty(run.Steps);
        Assert.Empty(_harness.Cloud.Calls);
        Assert.Empty(run.Snapshot.Resources);
        Assert.False(_harness.Stack.IsLocked);
    }

    [Fact(Timeout = 30_000)]
    public async Task Update_NotReadyAfterAll_EndsAProgramThatNeverAsks()
    {
        var ready = new TaskCompletionSource();
        var launched = new TaskCompletionSource();
        var running = _harness.UpAsync(_ => Task.CompletedTask, request => request with { Ready = ready.Task, Launcher = new Endless(launched) });

        await launched.Task.WaitAsync(TestContext.Current.CancellationToken);
        ready.SetException(new InvalidOperationException("not ready"));

        Assert.Equal(RunResult.Refused, (await running).Result.Result);
        Assert.Empty(_harness.Cloud.Calls);
    }

    private sealed class Endless(TaskCompletionSource launched) : IProgramLauncher
    {
        public async Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
        {
            launched.SetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return new() { ExitCode = 0 };
        }
    }

    private sealed class Announcing(IProgramLauncher launcher, TaskCompletionSource launched) : IProgramLauncher
    {
        public Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken)
        {
            launched.SetResult();
            return launcher.RunAsync(launch, cancellationToken);
        }
    }
}
