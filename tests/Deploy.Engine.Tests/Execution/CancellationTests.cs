using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Execution;

public sealed class CancellationTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Graceful_WhileCreating_FinishesItAndBeginsNothingNew()
    {
        using var graceful = new CancellationTokenSource();
        var finish = new TaskCompletionSource();
        _harness.Cloud.Waits["create a"] = finish.Task;
        _harness.Cloud.Moment = moment =>
        {
            if (moment.StartsWith("before create a", StringComparison.Ordinal))
            {
                graceful.Cancel();
                finish.SetResult();
            }
        };

        var run = await _harness.RunAsync(EngineOperation.Update, TwoThingsAsync, graceful: graceful.Token);

        Assert.Equal(RunResult.Cancelled, run.Result.Result);
        Assert.Equal(Core.ExitCode.Cancelled, run.Result.Error!.ExitCode);
        Assert.Equal("a", run.Resource("a").Urn.Name);
        Assert.DoesNotContain(run.Snapshot.Resources, resource => resource.Urn.Name == "b");
        Assert.Empty(run.Snapshot.PendingOperations);
    }

    [Fact]
    public async Task Abort_WhileCreating_KeepsTheOperationForTheNextRun()
    {
        using var abort = new CancellationTokenSource();
        _harness.Cloud.Waits["create a"] = new TaskCompletionSource().Task;
        _harness.Cloud.Moment = _ => abort.Cancel();

        var cancelled = await _harness.RunAsync(EngineOperation.Update, TwoThingsAsync, abort: abort.Token);
        _harness.Cloud.Waits.Clear();
        _harness.Cloud.Moment = _ => { };
        var next = (await _harness.UpAsync(TwoThingsAsync)).Succeeded();

        Assert.Equal(RunResult.Cancelled, cancelled.Result.Result);
        Assert.Equal("a", Assert.Single(cancelled.Snapshot.PendingOperations).Resource.Urn.Name);
        Assert.Contains("recover a", _harness.Cloud.Calls);
        Assert.Empty(next.Snapshot.PendingOperations);
        Assert.Equal(2, _harness.Cloud.Things.Count);
    }

    [Fact]
    public async Task Lock_HeldByALiveRun_RefusesAnotherAndPreviewGoesOn()
    {
        var inside = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        var first = _harness.UpAsync(async _ =>
        {
            inside.SetResult();
            await finish.Task;
        });
        await inside.Task;

        var second = await _harness.UpAsync(TwoThingsAsync);
        var preview = await _harness.PreviewAsync(TwoThingsAsync);
        finish.SetResult();
        (await first).Succeeded();

        Assert.Equal(EngineErrors.StackLocked, second.Result.Error!.Definition);
        Assert.Equal(RunResult.Refused, second.Result.Result);
        preview.Succeeded();
    }

    private static async Task TwoThingsAsync(ProgramClient program)
    {
        var a = await program.ThingAsync("a");
        await program.RegisterAsync("fake:index:Thing", "b", [("of", a.Id)], ProgramClient.Uses("of", a));
    }
}
