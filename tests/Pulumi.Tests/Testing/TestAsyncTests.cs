using System.Collections.Immutable;
using Pulumi.Testing;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Xunit;

namespace Pulumi.Tests.Testing;

public sealed class TestAsyncTests
{
    [Fact]
    public async Task TestAsync_Stack_ReturnsResourcesWithMockedOutputs()
    {
        var mocks = new RecordingMocks();

        var resources = await Pulumi.Deployment.TestAsync<AccountStack>(mocks, new TestOptions { IsPreview = false, StackName = "prod" });

        var account = Assert.Single(resources.OfType<Account>());
        Assert.Equal("a_id", await OutputUtilities.GetValueAsync(account.Id));
        Assert.Equal("prod", await OutputUtilities.GetValueAsync(account.Location));
        Assert.Equal("mocked", await OutputUtilities.GetValueAsync(account.Key));
        Assert.Equal("prod", await OutputUtilities.GetValueAsync(resources.OfType<AccountStack>().Single().Where));
        Assert.Equal("hush", mocks.Inputs["a"]["key"]);
    }

    [Fact]
    public async Task TestAsync_DefaultOptions_IsAPreview()
    {
        Account account = null!;
        await Pulumi.Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () =>
        {
            Assert.True(Pulumi.Deployment.Instance.IsDryRun);
            Assert.Equal(("project", "stack", "organization"), (Pulumi.Deployment.Instance.ProjectName, Pulumi.Deployment.Instance.StackName, Pulumi.Deployment.Instance.OrganizationName));
            account = new Account("a");
        });

        Assert.False(await OutputUtilities.GetIsKnownAsync(account.Key));
    }

    [Fact]
    public async Task TestAsync_Function_ReturnsOutputs()
    {
        var (resources, outputs) = await Pulumi.Deployment.TestAsync(new RecordingMocks(), new TestOptions(), () => new Dictionary<string, object?> { ["a"] = new Account("a") });

        Assert.Same(Assert.Single(resources.OfType<Account>()), outputs["a"]);
    }

    [Fact]
    public async Task TestAsync_ProgramFails_ThrowsItsMessage()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() => Pulumi.Deployment.TestAsync(new EmptyMocks(), new TestOptions(), void () => throw new RunException("wrong")));

        Assert.Equal("wrong", exception.Message);
    }

    [Fact]
    public async Task TestAsync_MockReturnsNoDictionary_SaysSo()
    {
        var exception = await Assert.ThrowsAsync<RunException>(() => Pulumi.Deployment.TestAsync(new TextMocks(), new TestOptions(), () => { _ = new Account("a"); }));

        Assert.Contains("test:index:Account 'a'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("System.String", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TestAsync_Invoke_GoesToTheMocks()
    {
        var mocks = new RecordingMocks();
        string? primary = null;
        await Pulumi.Deployment.TestAsync(mocks, new TestOptions(), async () =>
            primary = (await Pulumi.Deployment.Instance.InvokeAsync<KeyResult>("test:index:listKeys", new KeyArgs { Name = "a" })).Primary);

        Assert.Equal("key of a", primary);
    }

    [Fact]
    public async Task TestAsync_ManyAtOnce_DoNotMeet()
    {
        var runs = Enumerable.Range(0, 20).Select(i => Task.Run(async () =>
        {
            var resources = await Pulumi.Deployment.TestAsync<AccountStack>(new RecordingMocks(), new TestOptions { StackName = $"s{i}", IsPreview = false });
            return await OutputUtilities.GetValueAsync(resources.OfType<Account>().Single().Location);
        }));

        Assert.Equal(Enumerable.Range(0, 20).Select(i => $"s{i}"), await Task.WhenAll(runs));
    }

    [Fact]
    public async Task TestAsync_Afterwards_NoRunIsLeft()
    {
        await Pulumi.Deployment.TestAsync(new EmptyMocks(), new TestOptions(), () => { });

        Assert.Throws<InvalidOperationException>(() => Pulumi.Deployment.Instance);
    }

    [Fact]
    public async Task TestAsync_ServiceProvider_BuildsTheStack()
    {
        var resources = await Pulumi.Deployment.TestWithServiceProviderAsync<AccountStack>(new RecordingMocks(), new SingleService(() => new AccountStack()));

        Assert.Single(resources.OfType<Account>());
    }

    [Fact]
    public async Task TestAsync_Transformation_ChangesChildren()
    {
        var mocks = new RecordingMocks();
        await Pulumi.Deployment.TestAsync(mocks, new TestOptions(), () =>
        {
            var group = new Group("g", new ComponentResourceOptions
            {
                ResourceTransformations =
                {
                    args => args.Args is AccountArgs account
                        ? new ResourceTransformationResult(new AccountArgs { Location = account.Location, Tags = { ["added"] = "yes" } }, args.Options)
                        : null,
                },
            });
            _ = new Account("a", new AccountArgs { Location = "x" }, new CustomResourceOptions { Parent = group });
        });

        Assert.Equal("yes", ((ImmutableDictionary<string, object>)mocks.Inputs["a"]["tags"])["added"]);
    }

    private sealed class AccountStack : Stack
    {
        public AccountStack()
        {
            var account = new Account("a", new AccountArgs { Location = Pulumi.Deployment.Instance.StackName, Key = Output.CreateSecret("hush") });
            Where = account.Location;
        }

        [Output]
        public Output<string> Where { get; private set; }
    }

    private sealed class RecordingMocks : IMocks
    {
        public Dictionary<string, ImmutableDictionary<string, object>> Inputs { get; } = [];

        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args)
        {
            lock (Inputs)
            {
                Inputs[args.Name!] = args.Inputs;
            }

            return Task.FromResult<(string?, object)>(($"{args.Name}_id", args.Inputs.SetItem("key", "mocked")));
        }

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>(new Dictionary<string, object> { ["primary"] = $"key of {args.Args["name"]}" });
    }

    private sealed class TextMocks : IMocks
    {
        public Task<(string? id, object state)> NewResourceAsync(MockResourceArgs args) => Task.FromResult<(string?, object)>(("id", "text"));

        public Task<object> CallAsync(MockCallArgs args) => Task.FromResult<object>("text");
    }

    private sealed class SingleService(Func<object> create) : IServiceProvider
    {
        public object? GetService(System.Type serviceType) => create();
    }
}
