using Google.Protobuf.WellKnownTypes;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Pulumirpc;
using Xunit;

namespace Pulumi.Tests.Deployment;

public sealed class InvokeTests : IAsyncLifetime
{
    private FakeEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Invoke_KnownArgs_ReturnsTypedResultThatDependsOnThem()
    {
        _engine.OnInvoke = _ => new() { Return = Struct.Parser.ParseJson("""{"primary":"k"}""") };
        Output<KeyResult> result = null!;
        Account account = null!;
        await _engine.RunAsync(() =>
        {
            account = new Account("a", new AccountArgs { Location = "x" });
            result = Pulumi.Deployment.Instance.Invoke<KeyResult>("test:index:listKeys", new KeyArgs { Name = account.Location }, new InvokeOptions { Version = "1.0.0" });
            return Nothing;
        });

        Assert.Equal("k", (await OutputUtilities.GetValueAsync(result)).Primary);
        Assert.Equal([account], await OutputUtilities.GetDependenciesAsync(result));
        Assert.Equal("x", _engine.Invokes.Single().Args.Fields["name"].StringValue);
        Assert.Equal("1.0.0", _engine.Invokes.Single().Version);
    }

    [Fact]
    public async Task Invoke_ArgOfPlannedResource_IsUnknownWithoutACall()
    {
        _engine.OnRegister = request =>
        {
            var response = FakeEngine.Created(request);
            response.Id = "";
            return Task.FromResult(response);
        };
        Output<KeyResult> result = null!;
        await _engine.RunAsync(
            () =>
            {
                var account = new Account("a", new AccountArgs { Location = "x" });
                result = Pulumi.Deployment.Instance.Invoke<KeyResult>("test:index:listKeys", new KeyArgs { Name = account.Location });
                return Nothing;
            },
            isDryRun: true);

        Assert.False(await OutputUtilities.GetIsKnownAsync(result));
        Assert.Empty(_engine.Invokes);
    }

    [Fact]
    public async Task Invoke_UnknownArg_IsUnknownWithoutACall()
    {
        Output<KeyResult> result = null!;
        await _engine.RunAsync(() =>
        {
            result = Pulumi.Deployment.Instance.Invoke<KeyResult>("test:index:listKeys", new KeyArgs { Name = OutputUtilities.CreateUnknown("x") });
            return Nothing;
        });

        Assert.False(await OutputUtilities.GetIsKnownAsync(result));
        Assert.Empty(_engine.Invokes);
    }

    [Fact]
    public async Task Invoke_ProviderRefuses_NamesFunctionAndProperty()
    {
        _engine.OnInvoke = _ => new() { Failures = { new CheckFailure { Property = "name", Reason = "not found" } } };

        var exitCode = await Pulumi.Deployment.RunAsync(_engine.Environment(), Pulumi.Deployment.FunctionProgram(async () =>
        {
            await Pulumi.Deployment.Instance.InvokeAsync<KeyResult>("test:index:listKeys", new KeyArgs { Name = "a" });
            return Nothing;
        }), TimeProvider.System);

        Assert.Equal(32, exitCode);
        Assert.Contains("Function 'test:index:listKeys' failed: not found (name)", _engine.Logs.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvokeSingle_OneMember_IsUnwrapped()
    {
        _engine.OnInvoke = _ => new() { Return = Struct.Parser.ParseJson("""{"anything":5}""") };
        Output<int> result = null!;
        await _engine.RunAsync(() =>
        {
            result = Pulumi.Deployment.Instance.InvokeSingle<int>("test:index:count", InvokeArgs.Empty, new InvokeOutputOptions { DependsOn = { new Account("a") } });
            return Nothing;
        });

        Assert.Equal(5, await OutputUtilities.GetValueAsync(result));
        var calls = _engine.Calls.ToList();
        Assert.True(calls.IndexOf("register a") < calls.IndexOf("invoke test:index:count"));
    }

    private static Dictionary<string, object?> Nothing => [];
}
