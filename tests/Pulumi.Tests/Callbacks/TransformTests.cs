using System.Collections.Immutable;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumi.Serialization;
using Pulumi.Testing;
using Pulumi.Tests.Fakes;
using Pulumirpc;
using Xunit;

namespace Pulumi.Tests.Callbacks;

public sealed class TransformTests : IAsyncLifetime
{
    private const string StackUrn = "urn:pulumi:dev::phi::pulumi:pulumi:Stack::phi-dev";

    private static readonly Dictionary<string, object?> Nothing = [];

    private FakeEngine _engine = null!;

    private IEnumerable<string> Errors => _engine.Logs.Where(log => log.Severity == LogSeverity.Error).Select(log => log.Message);

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Transform_ChangesArgumentsAndOptions_EngineGetsThem()
    {
        var response = await TransformAsync(
            new TransformRequest { Type = "test:index:Account", Name = "a", Custom = true, Parent = StackUrn, Properties = new() { Fields = { ["location"] = Value.ForString("x") } } },
            args => new(args.Args.SetItem("key", Output.CreateSecret($"key of {args.Name}")), CustomResourceOptions.Merge((CustomResourceOptions)args.Options, new() { Protect = true })));

        Assert.Equal("x", response.Properties.Fields["location"].StringValue);
        var key = response.Properties.Fields["key"].StructValue.Fields;
        Assert.Equal(WireConstants.OutputValueSignature, key[WireConstants.Signature].StringValue);
        Assert.Equal("key of a", key[WireConstants.Value].StringValue);
        Assert.True(key[WireConstants.Secret].BoolValue);
        Assert.True(response.Options.Protect);
    }

    [Fact]
    public async Task Transform_ReturnsNull_NothingChanges()
    {
        var request = new TransformRequest { Type = "test:index:Account", Name = "a", Custom = true, Properties = new() { Fields = { ["location"] = Value.ForString("x") } }, Options = AllOptions() };

        var response = await TransformAsync(request, _ => null);

        Assert.Equal(request.Properties, response.Properties);
        Assert.Equal(request.Options, response.Options);
    }

    [Fact]
    public async Task Transform_TouchesNothing_EverythingSurvivesTheRoundTrip()
    {
        var secret = Value.ForStruct(new()
        {
            Fields =
            {
                [WireConstants.Signature] = Value.ForString(WireConstants.OutputValueSignature),
                [WireConstants.Value] = Value.ForString("hush"),
                [WireConstants.Secret] = Value.ForBool(true),
                [WireConstants.Dependencies] = Value.ForList(Value.ForString(FakeEngine.UrnOf("", "test:index:Account", "b"))),
            },
        });
        var properties = new Struct { Fields = { ["key"] = secret, ["tags"] = Value.ForStruct(new() { Fields = { ["nested"] = secret, ["none"] = Value.ForNull() } }) } };
        var request = new TransformRequest { Type = "test:index:Account", Name = "a", Custom = true, Parent = StackUrn, Properties = properties, Options = AllOptions() };
        ResourceTransformArgs? seen = null;

        var response = await TransformAsync(request, args =>
        {
            seen = args;
            return new(args.Args, args.Options);
        });

        Assert.Equal(properties, response.Properties);
        Assert.Equal(request.Options, response.Options);
        Assert.IsType<Output<object?>>(seen!.Value.Args["key"]);
        Assert.Equal(TimeSpan.FromMinutes(90), seen.Value.Options.CustomTimeouts!.Create);
    }

    [Fact]
    public async Task Transform_ReplacesTheTrigger_EngineGetsTheNewOne()
    {
        var request = new TransformRequest { Type = "test:index:Account", Name = "a", Custom = true, Options = AllOptions() };

        var response = await TransformAsync(request, args => new(args.Args, CustomResourceOptions.Merge((CustomResourceOptions)args.Options, new() { ReplacementTrigger = "v2", HideDiffs = { "tags" } })));

        Assert.Equal("v2", response.Options.ReplacementTrigger.StringValue);
        Assert.Equal(["etag", "tags"], response.Options.HideDiff);
    }

    [Fact]
    public async Task Transform_OfAComponent_GetsAndReturnsProviders()
    {
        var reference = "urn:pulumi:dev::phi::pulumi:providers:test::p::id";
        var request = new TransformRequest { Type = "test:index:Group", Name = "g", Options = new() { Providers = { ["test"] = reference } } };

        var response = await TransformAsync(request, args => new(args.Args, ComponentResourceOptions.Merge((ComponentResourceOptions)args.Options, null)));

        Assert.Equal(reference, response.Options.Providers["test"]);
    }

    [Theory]
    [InlineData(true, "cannot change the parent")]
    [InlineData(false, "ComponentResourceOptions for a resource")]
    public async Task Transform_ReturnsWhatItMayNot_EngineLearnsWhy(bool custom, string reason)
    {
        var request = new TransformRequest { Type = "test:index:Account", Name = "a", Custom = true, Parent = StackUrn };

        var exception = await Assert.ThrowsAsync<RpcException>(() => TransformAsync(request, args => new(
            args.Args,
            custom ? new CustomResourceOptions { Parent = new DependencyResource(FakeEngine.UrnOf("", "test:index:Group", "other")) } : new ComponentResourceOptions())));

        Assert.Contains("a transform of test:index:Account 'a' failed", exception.Status.Detail, StringComparison.Ordinal);
        Assert.Contains(reason, exception.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Transform_Throws_FailsTheResourceByName()
    {
        // The engine refuses the registration with what the callback said.
        _engine.OnRegister = async request =>
        {
            foreach (var callback in request.Transforms)
            {
                await FakeEngine.CallBackAsync(callback, new TransformRequest { Type = request.Type, Name = request.Name, Custom = true }, TransformResponse.Parser);
            }

            return FakeEngine.Created(request);
        };

        var exitCode = await _engine.RunAsync(() =>
        {
            _ = new Account("a", null, new CustomResourceOptions { ResourceTransforms = { (_, _) => throw new InvalidOperationException("no such tag") } });
            return Nothing;
        });

        Assert.Equal(32, exitCode);
        Assert.Equal(["test:index:Account 'a': a transform of test:index:Account 'a' failed: no such tag"], Errors);
    }

    [Fact]
    public async Task Transform_CreatesAnOutputOfAnotherResource_WaitsForIt()
    {
        Account? other = null;
        _engine.OnRegister = async request =>
        {
            foreach (var callback in request.Transforms)
            {
                var response = await FakeEngine.CallBackAsync(callback, new TransformRequest { Type = request.Type, Name = request.Name, Custom = true, Properties = request.Object }, TransformResponse.Parser);
                request.Object = response.Properties;
            }

            return FakeEngine.Created(request);
        };

        Assert.Equal(0, await _engine.RunAsync(() =>
        {
            other = new Account("other", new AccountArgs { Location = "there" });
            _ = new Account("a", null, new CustomResourceOptions { ResourceTransforms = { (args, _) => Task.FromResult<ResourceTransformResult?>(new(args.Args.SetItem("location", other.Location), args.Options)) } });
            return Nothing;
        }));

        var location = _engine.Registration("a").Object.Fields["location"].StructValue.Fields;
        Assert.Equal("there", location[WireConstants.Value].StringValue);
        Assert.Equal(FakeEngine.UrnOf("", "test:index:Account", "other"), Assert.Single(location[WireConstants.Dependencies].ListValue.Values).StringValue);
    }

    [Fact]
    public async Task StackTransforms_AreRegisteredAfterTheStackAndBeforeOtherResources()
    {
        Task<IDictionary<string, object?>> Program()
        {
            _ = new Account("a");
            return Task.FromResult<IDictionary<string, object?>>(Nothing);
        }

        var options = new StackOptions
        {
            ResourceTransforms = { (args, _) => Task.FromResult<ResourceTransformResult?>(new(args.Args.Add("first", true), args.Options)), (_, _) => Task.FromResult<ResourceTransformResult?>(null) },
            InvokeTransforms = { (args, _) => Task.FromResult<InvokeTransformResult?>(new(args.Args.SetItem("name", $"{args.Args["name"]} of {args.Token}"), args.Options)) },
        };
        TransformResponse? response = null;
        TransformInvokeResponse? invokeResponse = null;
        _engine.OnShutdown = async () =>
        {
            // Callbacks may come until the engine says that it is done.
            response = await FakeEngine.CallBackAsync(_engine.StackTransforms.First(), new TransformRequest { Custom = true }, TransformResponse.Parser);
            var request = new TransformInvokeRequest { Token = "test:index:listKeys", Args = new() { Fields = { ["name"] = Value.ForString("n") } }, Options = new() { Version = "1.2.3" } };
            invokeResponse = await FakeEngine.CallBackAsync(_engine.InvokeTransforms.Single(), request, TransformInvokeResponse.Parser);
        };

        var exitCode = await Pulumi.Deployment.RunAsync(_engine.Environment(), Pulumi.Deployment.FunctionProgram(Program, options), TimeProvider.System);

        Assert.Equal(0, exitCode);
        Assert.Equal(["register phi-dev", "stack transform", "stack transform", "stack invoke transform", "register a"], _engine.Calls.Where(call => call is not ("outputs" or "shutdown")));
        Assert.True(response!.Properties.Fields["first"].BoolValue);
        Assert.Equal("n of test:index:listKeys", invokeResponse!.Args.Fields["name"].StringValue);
        Assert.Equal("1.2.3", invokeResponse.Options.Version);
    }

    [Theory]
    [InlineData("transforms")]
    [InlineData("invokeTransforms")]
    public async Task StackTransforms_EngineWithoutThem_FailsOnce(string feature)
    {
        _engine.MissingFeatures.Add(feature);

        var exitCode = await _engine.RunAsync(() =>
        {
            Pulumi.Deployment.Instance.RegisterResourceTransform((_, _) => Task.FromResult<ResourceTransformResult?>(null));
            Pulumi.Deployment.Instance.RegisterInvokeTransform((_, _) => Task.FromResult<InvokeTransformResult?>(null));
            return new Dictionary<string, object?> { ["where"] = new Account("a").Location };
        });

        Assert.Equal(32, exitCode);
        Assert.Contains($"'{feature}'", Assert.Single(Errors), StringComparison.Ordinal);
        Assert.DoesNotContain("register a", _engine.Calls);
    }

    [Fact]
    public async Task Transforms_EngineWithoutThem_NamesTheResource()
    {
        _engine.MissingFeatures.Add("transforms");

        Assert.Equal(32, await _engine.RunAsync(() =>
        {
            _ = new Account("a", null, new CustomResourceOptions { ResourceTransforms = { (_, _) => Task.FromResult<ResourceTransformResult?>(null) } });
            return Nothing;
        }));

        Assert.Equal(["test:index:Account 'a': The engine does not support the option ResourceTransforms (it lacks the feature 'transforms')."], Errors);
    }

    [Fact]
    public async Task Transforms_UnderMocks_AreDeliveredAndNotApplied()
    {
        var mocks = new TransformMocks();
        static Task<ResourceTransformResult?> None(ResourceTransformArgs args, CancellationToken cancellationToken) => Task.FromResult<ResourceTransformResult?>(null);
        ResourceTransform own = None, stack = None;

        await Pulumi.Deployment.TestAsync(mocks, new TestOptions(), () =>
        {
            Pulumi.Deployment.Instance.RegisterResourceTransform(stack);
            _ = new Account("a", null, new CustomResourceOptions { ResourceTransforms = { own } });
        });

        Assert.Same(stack, Assert.Single(mocks.OfStack));
        Assert.Same(own, Assert.Single(mocks.OfResource));
    }

    private static TransformResourceOptions AllOptions() => new()
    {
        DependsOn = { FakeEngine.UrnOf("", "test:index:Account", "b") },
        Protect = false,
        IgnoreChanges = { "tags" },
        ReplaceOnChanges = { "location" },
        Version = "1.0.0",
        Aliases =
        {
            new Pulumirpc.Alias { Urn = FakeEngine.UrnOf("", "test:index:Account", "old") },
            new Pulumirpc.Alias { Spec = new() { Name = "older", ParentUrn = StackUrn } },
            new Pulumirpc.Alias { Spec = new() { Name = "oldest", NoParent = true } },
        },
        Provider = "urn:pulumi:dev::phi::pulumi:providers:test::p::04da6b54-80e4-46f7-96ec-b56ff0331ba9",
        CustomTimeouts = new() { Create = "5400000000000ns", Read = "10s" },
        PluginDownloadUrl = "https://example.com",
        RetainOnDelete = true,
        DeletedWith = FakeEngine.UrnOf("", "test:index:Account", "c"),
        DeleteBeforeReplace = false,
        AdditionalSecretOutputs = { "key" },
        PluginChecksums = { ["linux"] = ByteString.CopyFromUtf8("sum") },
        Hooks = new(),
        Import = "id",
        HideDiff = { "etag" },
        ReplaceWith = { FakeEngine.UrnOf("", "test:index:Account", "d") },
        ReplacementTrigger = Value.ForString("v1"),
    };

    /// <summary>Runs a program whose one resource has a transform, and calls that as the engine would.</summary>
    private async Task<TransformResponse> TransformAsync(TransformRequest request, Func<ResourceTransformArgs, ResourceTransformResult?> transform)
    {
        TransformResponse? response = null;
        RpcException? failure = null;
        _engine.OnShutdown = async () =>
        {
            try
            {
                response = await FakeEngine.CallBackAsync(_engine.Registration("carrier").Transforms.Single(), request, TransformResponse.Parser);
            }
            catch (RpcException exception)
            {
                failure = exception;
            }
        };
        Assert.Equal(0, await _engine.RunAsync(() =>
        {
            _ = new Account("carrier", null, new CustomResourceOptions { ResourceTransforms = { (args, _) => Task.FromResult(transform(args)) } });
            return Nothing;
        }));
        return failure is null ? response! : throw failure;
    }

    private sealed class TransformMocks : EmptyMocks, IMocks
    {
        public List<ResourceTransform> OfStack { get; } = [];

        public ImmutableArray<ResourceTransform> OfResource { get; private set; } = [];

        Task<(string? id, object state)> IMocks.NewResourceAsync(MockResourceArgs args)
        {
            OfResource = args.Transforms;
            return NewResourceAsync(args);
        }

        Task IMocks.RegisterTransform(ResourceTransform transform)
        {
            OfStack.Add(transform);
            return Task.CompletedTask;
        }
    }
}
