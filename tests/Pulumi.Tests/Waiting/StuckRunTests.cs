using Microsoft.Extensions.Time.Testing;
using Pulumi.Testing;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Waiting;

/// <summary>Runs that can never finish end, and say by name what is waited for.</summary>
public sealed class StuckRunTests
{
    [Fact]
    public async Task Run_InputsWaitForEachOther_NamesBothResourcesAndProperties()
    {
        var message = await FailAsync(() =>
        {
            var later = new TaskCompletionSource<Account>();
            var a = new Account("a", new AccountArgs { Location = Output.Create(later.Task).Apply(b => b.Location) });
            var b = new Account("b", new AccountArgs { Key = a.Key });
            var c = new Account("c", new AccountArgs { Key = b.Key });
            later.SetResult(b);
        });

        Assert.Contains("test:index:Account 'a': input 'location' waits for output 'location' of test:index:Account 'b'", message, StringComparison.Ordinal);
        Assert.Contains("test:index:Account 'b': input 'key' waits for output 'key' of test:index:Account 'a'", message, StringComparison.Ordinal);
        Assert.Contains("behind them: test:index:Account 'c'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DependsOnCycleThroughComponents_NamesBoth()
    {
        var message = await FailAsync(() =>
        {
            var (left, right) = (new Group("left"), new Group("right"));
            var both = new TaskCompletionSource();
            var inLeft = new Account("inLeft", null, new CustomResourceOptions { Parent = left, DependsOn = { Output.Create(After(both.Task, (Resource)right)) } });
            var inRight = new Account("inRight", null, new CustomResourceOptions { Parent = right, DependsOn = { left } });
            both.SetResult();
        });

        Assert.Contains("test:index:Account 'inLeft': option DependsOn waits for test:index:Account 'inRight'", message, StringComparison.Ordinal);
        Assert.Contains("test:index:Account 'inRight': option DependsOn waits for test:index:Account 'inLeft'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FunctionDependsOnWhatWaitsForIt_NamesTheFunction()
    {
        var message = await FailAsync(() =>
        {
            var later = new TaskCompletionSource<Account>();
            var keys = Pulumi.Deployment.Instance.Invoke<KeyResult>("test:index:listKeys", new KeyArgs { Name = "a" }, new InvokeOutputOptions { DependsOn = { Output.Create(later.Task).Apply(account => (Resource)account) } });
            later.SetResult(new Account("a", new AccountArgs { Key = keys.Apply(result => result.Primary) }));
        });

        Assert.Contains("function 'test:index:listKeys': a dependency waits for test:index:Account 'a'", message, StringComparison.Ordinal);
        Assert.Contains("test:index:Account 'a': input 'key' waits for function 'test:index:listKeys'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_InputThatNobodyDelivers_NamesResourceAndProperty()
    {
        var message = await FailAsync(() =>
        {
            var never = Output.Create(new TaskCompletionSource<string>().Task);
            var a = new Account("a", new AccountArgs { Sku = new SkuArgs { Name = never.Apply(name => name + "!") } });
            var b = new Account("b", new AccountArgs { Location = a.Location });
        });

        Assert.Contains("test:index:Account 'a': input 'sku.name' waits for a task given to Output.Create, which nothing can complete any more", message, StringComparison.Ordinal);
        Assert.Contains("behind them: test:index:Account 'b'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StackOutputThatNobodyDelivers_NamesIt()
    {
        var message = await FailAsync(() => Task.FromResult<IDictionary<string, object?>>(
            new Dictionary<string, object?> { ["good"] = 1, ["never"] = Output.Create(new TaskCompletionSource<string>().Task) }));

        Assert.Contains("stack output 'never' waits for a task given to Output.Create", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramAwaitsWhatAnUnknownValueNeverCalls_NamesTheProgram()
    {
        // The classic: in a preview the key is unknown, so the callback does not run and nobody completes the task.
        var message = await FailAsync(async () =>
        {
            var key = new TaskCompletionSource<string>();
            _ = new Account("a").Key.Apply(value =>
            {
                key.SetResult(value);
                return value;
            });
            return new Dictionary<string, object?> { ["key"] = await key.Task };
        });

        Assert.Contains("the program waits for a task that it awaits, which nothing can complete any more", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CallbackReturnsATaskThatNobodyCompletes_NamesResourceAndProperty()
    {
        var message = await FailAsync(() =>
        {
            _ = new Account("a", new AccountArgs { Location = Output.Create("x").Apply(_ => new TaskCompletionSource<string>().Task) });
        });

        Assert.Contains("test:index:Account 'a': input 'location' waits for a task that a callback of Apply returned, which nothing can complete any more", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_CallbackBlocksOnItsOwnResult_SaysSo()
    {
        var message = await FailAsync(() =>
        {
            var later = new TaskCompletionSource<Account>(TaskCreationOptions.RunContinuationsAsynchronously);
            later.SetResult(new Account("a", new AccountArgs
            {
                Location = Output.Create(later.Task).Apply(a => OutputUtilities.GetValueAsync(a.Key).GetAwaiter().GetResult()),
            }));
        });

        Assert.Contains("test:index:Account 'a': input 'location' waits for a callback that blocks its thread until it has output 'key' of test:index:Account 'a'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ProgramBlocksOnACycle_EndsAllTheSame()
    {
        var message = await FailAsync(() =>
        {
            var later = new TaskCompletionSource<Account>();
            var a = new Account("a", new AccountArgs { Location = Output.Create(later.Task).Apply(b => b.Location) });
            later.SetResult(new Account("b", new AccountArgs { Key = a.Key }));
            OutputUtilities.GetValueAsync(a.Location).GetAwaiter().GetResult();
        });

        Assert.Contains("test:index:Account 'a': input 'location' waits for output 'location' of test:index:Account 'b'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_MessageOfAStuckResource_DoesNotHoldUpTheReport()
    {
        var message = await FailAsync(() =>
        {
            var a = new Account("a", new AccountArgs { Location = Output.Create(new TaskCompletionSource<string>().Task) });
            Log.Info("about to wait", a);
        });

        Assert.Contains("input 'location'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_OutputThatNobodyUses_IsReportedToo()
    {
        var message = await FailAsync(() => { _ = Output.Create(new TaskCompletionSource<string>().Task).Apply(value => value.Length); });

        Assert.Contains("an output that no resource uses yet waits for a task given to Output.Create", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_TaskThatIsStillHeld_WarnsAndGoesOn()
    {
        var clock = new FakeTimeProvider();
        await using var engine = await FakeEngine.StartAsync(timeProvider: clock);
        var late = new TaskCompletionSource<string>();
        var run = engine.RunAsync(() => new Dictionary<string, object?> { ["where"] = new Account("a", new AccountArgs { Location = Output.Create(late.Task) }).Location });

        const string expected = "test:index:Account 'a': input 'location' waits for a task given to Output.Create";
        await PassTimeAsync(clock, () => engine.Logs.Count(log => log.Message.Contains(expected, StringComparison.Ordinal)) >= 2);

        Assert.False(run.IsCompleted);
        Assert.All(engine.Logs, log => Assert.Equal(Pulumirpc.LogSeverity.Warning, log.Severity));
        Assert.DoesNotContain(engine.Logs, log => log.Message.Contains("nothing can complete", StringComparison.Ordinal));
        late.SetResult("x");
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Run_LongTaskOfTheProgram_IsNotTakenForAStuckOne()
    {
        // Nobody holds this task but the timer.
        var clock = new FakeTimeProvider();
        await using var engine = await FakeEngine.StartAsync(timeProvider: clock);
        using var end = new CancellationTokenSource();
        var run = engine.RunAsync(() => new Dictionary<string, object?>
        {
            ["done"] = Output.Create(Task.Delay(TimeSpan.FromHours(1), end.Token).ContinueWith(_ => true, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default)),
        });

        await PassTimeAsync(clock, () => engine.Logs.Count >= 3);

        Assert.DoesNotContain(engine.Logs, log => log.Severity == Pulumirpc.LogSeverity.Error);
        await end.CancelAsync();
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Run_SlowRegistration_IsNeverMentioned()
    {
        var clock = new FakeTimeProvider();
        await using var engine = await FakeEngine.StartAsync(timeProvider: clock);
        var (started, slow) = (new TaskCompletionSource(), new TaskCompletionSource());
        engine.OnRegister = async request =>
        {
            if (request.Name == "a")
            {
                started.SetResult();
                await slow.Task;
            }

            return FakeEngine.Created(request);
        };
        var late = new TaskCompletionSource<string>();
        var run = engine.RunAsync(() => new Dictionary<string, object?> { ["key"] = new Account("a").Key, ["late"] = Output.Create(late.Task) });
        await started.Task;

        for (var i = 0; i < 600; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await PauseAsync();
        }

        Assert.Empty(engine.Logs);
        slow.SetResult();

        // The same run, with nothing in flight: now the clock counts.
        await PassTimeAsync(clock, () => engine.Logs.Any(log => log.Message.Contains("stack output 'late' waits for a task given to Output.Create", StringComparison.Ordinal)));
        late.SetResult("x");
        Assert.Equal(0, await run);
    }

    [Fact]
    public async Task Run_Stuck_TellsTheEngineAndEndsWith32()
    {
        var clock = new FakeTimeProvider();
        await using var engine = await FakeEngine.StartAsync(timeProvider: clock);

        Pulumi.Deployment? deployment = null;
        var run = engine.RunAsync(() =>
        {
            deployment = Pulumi.Deployment.Current;
            return new Dictionary<string, object?> { ["never"] = Output.Create(new TaskCompletionSource<string>().Task) };
        });
        await PassTimeAsync(new FakeTimeProvider(), () => deployment is not null && IsAtRest(deployment, hasOutputs: false));
        await PassTimeAsync(clock, () => run.IsCompleted);

        Assert.Equal(32, await run);
        Assert.Contains("stack output 'never' waits for a task given to Output.Create, which nothing can complete any more", Assert.Single(engine.Logs).Message, StringComparison.Ordinal);
        Assert.DoesNotContain("shutdown", engine.Calls);
    }

    private static Task<string> FailAsync(Action program) => FailAsync(() =>
    {
        program();
        return Task.FromResult<IDictionary<string, object?>>(new Dictionary<string, object?>());
    });

    private static async Task<string> FailAsync(Func<Task<IDictionary<string, object?>>> program)
    {
        var clock = new FakeTimeProvider();
        Pulumi.Deployment? deployment = null;
        var mocks = new OutputMocks();
        var run = Pulumi.Deployment.TestAsync(mocks, new TestOptions { TimeProvider = clock }, () =>
        {
            deployment = Pulumi.Deployment.Current;
            return program();
        });

        // Only then does it matter who was how far.
        await PassTimeAsync(new FakeTimeProvider(), () => deployment is not null && IsAtRest(deployment, mocks.HasOutputs));
        await PassTimeAsync(clock, () => run.IsCompleted);
        return (await Assert.ThrowsAsync<RunException>(() => run)).Message;
    }

    /// <summary>The program has got as far as it gets, and everybody waits: a run that is stuck is there sooner or later.</summary>
    private static bool IsAtRest(Pulumi.Deployment deployment, bool hasOutputs)
    {
        var states = deployment.Pulse.Waiters.Select(waiter => waiter.Read()).ToList();
        var hasStarted = hasOutputs || states.Exists(state => state.Waiter.ValueNoun == "stack output" || state.IsBlocked);
        return hasStarted && !deployment.Pulse.IsCalling && states.TrueForAll(state => !state.RunsUserCode && (state.Waits.Length > 0 || state.UserTasks.Length > 0));
    }

    /// <summary>Lets the clock run until something is seen; real time only bounds a test that would never end.</summary>
    private static async Task PassTimeAsync(FakeTimeProvider clock, Func<bool> isSeen)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!isSeen())
        {
            limit.Token.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await PauseAsync();
        }
    }

    // A yield would put this test before all other work of its thread, again and again.
    private static Task PauseAsync() => Task.Delay(TimeSpan.FromMilliseconds(1), TestContext.Current.CancellationToken);

    private sealed class OutputMocks : EmptyMocks, IMocks
    {
        public bool HasOutputs { get; private set; }

        Task IMocks.RegisterResourceOutputs(MockRegisterResourceOutputsRequest args)
        {
            HasOutputs = true;
            return Task.CompletedTask;
        }
    }

    private static async Task<T> After<T>(Task task, T value)
    {
        await task;
        return value;
    }
}
