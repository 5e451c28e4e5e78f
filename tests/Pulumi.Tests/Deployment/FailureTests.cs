using Grpc.Core;
using Pulumi.Tests.Fakes;
using Pulumirpc;
using Xunit;

namespace Pulumi.Tests.Deployment;

public sealed class FailureTests : IAsyncLifetime
{
    private FakeEngine _engine = null!;

    private IEnumerable<string> Errors => _engine.Logs.Where(log => log.Severity == LogSeverity.Error).Select(log => log.Message);

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Run_ProgramThrows_LogsOnceAndEndsWith32()
    {
        var exitCode = await _engine.RunAsync(() => throw new RunException("settings are wrong"));

        Assert.Equal(32, exitCode);
        Assert.Equal(["settings are wrong"], Errors);
        Assert.DoesNotContain("shutdown", _engine.Calls);
    }

    [Fact]
    public async Task Run_ProgramLogsAnError_EndsWith1()
    {
        var exitCode = await _engine.RunAsync(() =>
        {
            Log.Error("first");
            Log.Info("second");
            return new Dictionary<string, object?>();
        });

        Assert.Equal(1, exitCode);
        Assert.Equal(["first", "second"], _engine.Logs.Select(log => log.Message));
    }

    [Fact]
    public async Task Run_RequiredInputMissing_NamesResourceAndProperty()
    {
        var exitCode = await _engine.RunAsync(() =>
        {
            var account = new Account("a", new AccountArgs { Sku = new SkuArgs() });
            var dependent = new Account("b", new AccountArgs { Location = account.Location });
            return new Dictionary<string, object?> { ["where"] = dependent.Location };
        });

        Assert.Equal(32, exitCode);
        var error = Assert.Single(Errors);
        Assert.Contains("test:index:Account 'a'", error, StringComparison.Ordinal);
        Assert.Contains("'sku.name'", error, StringComparison.Ordinal);
        Assert.DoesNotContain(_engine.Registrations, request => request.Name is "a" or "b");
    }

    [Fact]
    public async Task Run_EngineRefusesResource_ReportsItsTextOnceWithTheResource()
    {
        _engine.OnRegister = request => request.Name == "a" ? throw new RpcException(new Status(StatusCode.InvalidArgument, "no such region")) : Task.FromResult(FakeEngine.Created(request));

        var exitCode = await _engine.RunAsync(() => new Dictionary<string, object?> { ["where"] = new Account("a").Location });

        Assert.Equal(32, exitCode);
        Assert.Equal(["test:index:Account 'a': no such region"], Errors);
    }

    [Fact]
    public async Task Run_TwoIndependentFailures_ReportsBoth()
    {
        _engine.OnRegister = request => request.Custom ? throw new RpcException(new Status(StatusCode.InvalidArgument, "refused")) : Task.FromResult(FakeEngine.Created(request));

        await _engine.RunAsync(() =>
        {
            var accounts = new[] { new Account("a"), new Account("b") };
            return new Dictionary<string, object?>();
        });

        Assert.Equal(["test:index:Account 'a': refused", "test:index:Account 'b': refused"], Errors.Order());
    }

    [Fact]
    public async Task Run_VersionOfTheEngineIsNotAccepted_FailsWithItsText()
    {
        var exitCode = await _engine.RunAsync(() =>
        {
            _ = Pulumi.Deployment.RequirePulumiVersionAsync(">=4.0.0");
            return new Dictionary<string, object?>();
        });

        Assert.Equal(32, exitCode);
        Assert.Equal(["version 3.0.0 is not in >=4.0.0"], Errors);
    }

    [Fact]
    public async Task Run_EngineShutsDown_EndsWith32WithoutAnError()
    {
        _engine.OnRegister = request => request.Custom ? throw new RpcException(new Status(StatusCode.Unavailable, "shutting down")) : Task.FromResult(FakeEngine.Created(request));

        var exitCode = await _engine.RunAsync(() => new Dictionary<string, object?> { ["where"] = new Account("a").Location });

        Assert.Equal(32, exitCode);
        Assert.Empty(Errors);
    }

    [Fact]
    public async Task Run_EngineWithoutShutdownSignal_EndsWith0()
    {
        _engine.KnowsShutdownSignal = false;

        Assert.Equal(0, await _engine.RunAsync(() => new Dictionary<string, object?>()));
    }

    [Fact]
    public async Task Run_EngineDisappearsWhileProgramWaitsForever_Ends()
    {
        var isWaiting = new TaskCompletionSource();
        _engine.OnRegister = request =>
        {
            if (request.Name == "a")
            {
                isWaiting.TrySetResult();
            }

            return Task.FromResult(FakeEngine.Created(request));
        };
        var run = _engine.RunAsync(() =>
        {
            var never = Output.Create(new TaskCompletionSource<string>().Task);
            return new Dictionary<string, object?> { ["id"] = new Account("a").Id, ["never"] = new Account("b", new AccountArgs { Location = never }).Id.Apply(id => id) };
        });
        await isWaiting.Task;

        await _engine.KillAsync();

        Assert.Equal(32, await run.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Run_EngineEndsAnIdleConnection_ProgramGoesOn()
    {
        await using var engine = await FakeEngine.StartAsync(idleLimit: TimeSpan.FromMilliseconds(50));
        var answer = new TaskCompletionSource<string>();
        var run = engine.RunAsync(() => new Dictionary<string, object?> { ["answer"] = Output.Create(answer.Task) });

        // The question asked again is the probe after the connection ended; more of them come, as the new connection idles too.
        await engine.WhenAskedAsync(questions: 3).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.False(run.IsCompleted);
        answer.SetResult("42");

        Assert.Equal(0, await run);
        Assert.Equal("42", engine.Outputs.Single().Outputs.Fields["answer"].StringValue);
    }

    [Fact]
    public async Task Run_VariablesMissing_SaysWhich()
    {
        var exception = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Pulumi.Deployment.RunAsync(name => name == "PULUMI_PROJECT" ? "phi" : null, _ => Task.CompletedTask, TimeProvider.System));

        Assert.Contains("PULUMI_MONITOR, PULUMI_ENGINE, PULUMI_STACK, PULUMI_DRY_RUN", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_StackClass_ReportsItsPropertiesAndMissingOnes()
    {
        Assert.Equal(0, await Pulumi.Deployment.RunAsync(_engine.Environment(), Pulumi.Deployment.StackProgram(() => new GoodStack()), TimeProvider.System));
        Assert.Equal("phi/dev", _engine.Outputs.Single().Outputs.Fields["who"].StringValue);

        Assert.Equal(32, await Pulumi.Deployment.RunAsync(_engine.Environment(), Pulumi.Deployment.StackProgram(() => new ForgetfulStack()), TimeProvider.System));
        Assert.Contains("'Who'", Assert.Single(Errors), StringComparison.Ordinal);
    }

    private sealed class GoodStack : Stack
    {
        public GoodStack() => Who = Output.Create($"{Pulumi.Deployment.Instance.ProjectName}/{Pulumi.Deployment.Instance.StackName}");

        [Output("who")]
        public Output<string> Who { get; private set; }
    }

    private sealed class ForgetfulStack : Stack
    {
        public ForgetfulStack() => Who = null!;

        [Output]
        public Output<string> Who { get; private set; }
    }
}
