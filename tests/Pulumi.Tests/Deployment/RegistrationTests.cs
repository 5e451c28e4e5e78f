using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Pulumi.Tests.Fakes;
using Pulumi.Utilities;
using Pulumirpc;
using Xunit;

namespace Pulumi.Tests.Deployment;

public sealed class RegistrationTests : IAsyncLifetime
{
    private FakeEngine _engine = null!;

    public async ValueTask InitializeAsync() => _engine = await FakeEngine.StartAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task Run_Program_CallsEngineInOrderAndEndsWith0()
    {
        var exitCode = await _engine.RunAsync(() => new Dictionary<string, object?> { ["where"] = new Account("a", new AccountArgs { Location = "eastus2" }).Location });

        Assert.Equal(0, exitCode);
        Assert.Equal(["register phi-dev", "register a", "outputs", "shutdown"], _engine.Calls);
        Assert.Equal("eastus2", _engine.Outputs.Single().Outputs.Fields["where"].StringValue);
        Assert.Equal("urn:pulumi:dev::phi::pulumi:pulumi:Stack::phi-dev", _engine.Registration("a").Parent);
        Assert.Equal(["resourceReferences"], _engine.FeatureQuestions);
    }

    [Fact]
    public async Task Run_DependentResources_SendsDependenciesPerProperty()
    {
        await _engine.RunAsync(() =>
        {
            var first = new Account("first", new AccountArgs { Location = "eastus2" });
            var second = new Account("second", new AccountArgs { Location = first.Location, Key = "plain" }, new CustomResourceOptions { DependsOn = { first } });
            return Nothing;
        });

        var request = _engine.Registration("second");
        var urn = FakeEngine.UrnOf("", "test:index:Account", "first");
        Assert.Equal([urn], request.Dependencies);
        Assert.Equal([urn], request.PropertyDependencies["location"].Urns);
        Assert.Empty(request.PropertyDependencies["key"].Urns);
        Assert.Equal("eastus2", request.Object.Fields["location"].StringValue);
    }

    [Fact]
    public async Task Run_ReplacementOptions_AreSent()
    {
        await _engine.RunAsync(() =>
        {
            var first = new Account("first");
            var second = new Account("second", null, new CustomResourceOptions { ReplaceWith = { first }, ReplacementTrigger = Output.Create("v1"), HideDiffs = { "tags" } });
            return Nothing;
        });

        var request = _engine.Registration("second");
        Assert.Equal([FakeEngine.UrnOf("", "test:index:Account", "first")], request.ReplaceWith);
        Assert.Equal("v1", request.ReplacementTrigger.StringValue);
        Assert.Equal(["tags"], request.HideDiffs);
        Assert.Null(_engine.Registration("first").ReplacementTrigger);
    }

    [Theory]
    [InlineData("replaceWith", "option ReplaceWith")]
    [InlineData("replacementTrigger", "option ReplacementTrigger")]
    [InlineData("deletedWith", "option DeletedWith")]
    public async Task Run_OptionThatTheEngineLacks_NamesResourceAndOption(string feature, string option)
    {
        _engine.MissingFeatures.Add(feature);

        var exitCode = await _engine.RunAsync(() =>
        {
            var first = new Account("first");
            _ = new Account("second", null, new CustomResourceOptions { ReplaceWith = { first }, ReplacementTrigger = 1, DeletedWith = first });
            return Nothing;
        });

        Assert.Equal(32, exitCode);
        var error = Assert.Single(_engine.Logs).Message;
        Assert.Contains("test:index:Account 'second'", error, StringComparison.Ordinal);
        Assert.Contains(option, error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_DependsOnComponent_WaitsForItsCustomResources()
    {
        await _engine.RunAsync(() =>
        {
            var group = new Group("group");
            var inner = new Account("inner", null, new CustomResourceOptions { Parent = group });
            group.Complete(Nothing);
            var outer = new Account("outer", null, new CustomResourceOptions { DependsOn = { group } });
            return Nothing;
        });

        Assert.Equal(["urn:pulumi:dev::phi::test:index:Group$test:index:Account::inner"], _engine.Registration("outer").Dependencies);
        Assert.False(_engine.Registration("group").Custom);
        Assert.Equal(2, _engine.Outputs.Count);
    }

    [Fact]
    public async Task Run_AllOptions_AreOnTheWire()
    {
        await _engine.RunAsync(() =>
        {
            var provider = new TestProvider("east");
            var holder = new Account("holder");
            var account = new Account("a", null, new CustomResourceOptions
            {
                Protect = true,
                IgnoreChanges = { "tags" },
                ReplaceOnChanges = { "sku" },
                DeleteBeforeReplace = false,
                AdditionalSecretOutputs = { "key" },
                RetainOnDelete = true,
                DeletedWith = holder,
                ImportId = "imported",
                Provider = provider,
                CustomTimeouts = new() { Create = TimeSpan.FromMinutes(30) },
                Aliases = { new Pulumi.Alias { Name = "old" }, new Pulumi.Alias { Type = "test:v1:Account", NoParent = true } },
            });
            return Nothing;
        });

        var request = _engine.Registration("a");
        Assert.True(request.Protect && request.RetainOnDelete && request.AcceptSecrets && request.AcceptResources && request.SupportsResultReporting);
        Assert.True(request.DeleteBeforeReplaceDefined && !request.DeleteBeforeReplace);
        Assert.Equal(["tags"], request.IgnoreChanges);
        Assert.Equal(["sku"], request.ReplaceOnChanges);
        Assert.Equal(["key"], request.AdditionalSecretOutputs);
        Assert.Equal("urn:pulumi:dev::phi::test:index:Account::holder", request.DeletedWith);
        Assert.Equal("imported", request.ImportId);
        Assert.Equal("1.0.0", request.Version);
        Assert.Equal("urn:pulumi:dev::phi::pulumi:providers:test::east::id-of-east", request.Provider);
        Assert.Equal("1800000000000ns", request.CustomTimeouts.Create);
        Assert.Equal("", request.CustomTimeouts.Delete);
        Assert.Equal("old", request.Aliases[0].Spec.Name);
        Assert.True(request.Aliases[1].Spec.NoParent);
    }

    [Fact]
    public async Task Run_EngineWithoutAliasSpecs_GetsUrnsIncludingThoseOfTheParent()
    {
        _engine.MissingFeatures.Add("aliasSpecs");
        await _engine.RunAsync(() =>
        {
            var group = new Group("new", new ComponentResourceOptions { Aliases = { new Pulumi.Alias { Name = "old" } } });
            var account = new Account("new-a", null, new CustomResourceOptions { Parent = group });
            return Nothing;
        });

        Assert.Equal(["urn:pulumi:dev::phi::test:index:Group::old"], _engine.Registration("new").AliasURNs);
        Assert.Equal(["urn:pulumi:dev::phi::test:index:Group$test:index:Account::old-a"], _engine.Registration("new-a").AliasURNs);
        Assert.Empty(_engine.Registration("new-a").Aliases);
    }

    [Fact]
    public async Task Run_EngineWithoutReferences_GetsIds()
    {
        _engine.MissingFeatures.Add("resourceReferences");
        await _engine.RunAsync(() =>
        {
            var other = new Account("b", new AccountArgs { Owner = new Account("a") });
            return Nothing;
        });

        Assert.Equal("id-of-a", _engine.Registration("b").Object.Fields["owner"].StringValue);
    }

    [Fact]
    public async Task Run_StackOutputIsResource_IsAReference()
    {
        await _engine.RunAsync(() => new Dictionary<string, object?> { ["account"] = new Account("a"), ["group"] = new Group("g") });

        var fields = _engine.Outputs.Single().Outputs.Fields;
        Assert.Equal("5cf8f73096256a8f31e491e813e4eb8e", fields["account"].StructValue.Fields["4dabf18193072939515e22adb298388d"].StringValue);
        Assert.Equal("id-of-a", fields["account"].StructValue.Fields["id"].StringValue);
        Assert.False(fields["group"].StructValue.Fields.ContainsKey("id"));
    }

    [Fact]
    public async Task Run_Preview_MissingOutputsAreUnknownAndPropagate()
    {
        _engine.OnRegister = request => Task.FromResult(new RegisterResourceResponse { Urn = FakeEngine.UrnOf(request.Parent, request.Type, request.Name), Object = new() });
        var hasRun = false;
        await _engine.RunAsync(
            () =>
            {
                var first = new Account("first");
                var second = new Account("second", new AccountArgs { Location = first.Id.Apply(id => { hasRun = true; return id; }) });
                return Nothing;
            },
            isDryRun: true);

        Assert.False(hasRun);
        Assert.Equal("04da6b54-80e4-46f7-96ec-b56ff0331ba9", _engine.Registration("second").Object.Fields["location"].StringValue);
    }

    [Fact]
    public async Task Run_Update_OutputsHaveDeclaredTypesAndSecretness()
    {
        _engine.OnRegister = request =>
        {
            var response = FakeEngine.Created(request);
            response.Object = Struct.Parser.ParseJson(
                """{"count":3,"tags":{"a":"b"},"sku":{"name":"S0"},"zones":["1"],"key":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"k"}}""");
            return Task.FromResult(response);
        };
        Account account = null!;
        var exitCode = await _engine.RunAsync(() =>
        {
            account = new Account("a");
            return Nothing;
        });

        Assert.Equal(0, exitCode);
        Assert.Equal(3, await OutputUtilities.GetValueAsync(account.Count));
        Assert.Equal("b", (await OutputUtilities.GetValueAsync(account.Tags))!["a"]);
        Assert.Equal("S0", (await OutputUtilities.GetValueAsync(account.Sku))!.Name);
        Assert.Equal(["1"], await OutputUtilities.GetValueAsync(account.Zones));
        Assert.True(await Output.IsSecretAsync(account.Key));
        Assert.True(await OutputUtilities.GetIsKnownAsync(account.Location));
        Assert.Equal([account], await OutputUtilities.GetDependenciesAsync(account.Key));
    }

    [Fact]
    public async Task Run_SkippedResource_OutputsAreUnknown()
    {
        _engine.OnRegister = request =>
        {
            var response = FakeEngine.Created(request);
            response.Result = request.Custom ? Result.Skip : Result.Success;
            return Task.FromResult(response);
        };
        Account account = null!;
        await _engine.RunAsync(() =>
        {
            account = new Account("a");
            return Nothing;
        });

        Assert.False(await OutputUtilities.GetIsKnownAsync(account.Location));
    }

    [Fact]
    public async Task Get_ExistingId_ReadsInsteadOfRegistering()
    {
        _engine.OnRead = request => new() { Urn = FakeEngine.UrnOf("", request.Type, request.Name), Properties = Struct.Parser.ParseJson("""{"location":"west"}""") };
        await _engine.RunAsync(() => new Dictionary<string, object?> { ["where"] = Account.Get("a", "the-id").Location });

        Assert.Equal("the-id", _engine.Reads.Single().Id);
        Assert.Equal("west", _engine.Outputs.Single().Outputs.Fields["where"].StringValue);
    }

    [Fact]
    public async Task StackReference_OneSecretOutput_OnlyThatOneIsSecret()
    {
        _engine.OnRead = request => new()
        {
            Urn = FakeEngine.UrnOf("", request.Type, request.Name),
            Properties = Struct.Parser.ParseJson(
                """
                {"name":"org/net/prod","secretOutputNames":["key"],
                 "outputs":{"url":"u","key":{"4dabf18193072939515e22adb298388d":"1b47061264138c4ac30d75fd1eb44270","value":"k"}}}
                """),
        };
        Output<object> url = null!;
        Output<object?> key = null!;
        await _engine.RunAsync(() =>
        {
            var reference = new StackReference("org/net/prod");
            url = reference.RequireOutput("url");
            key = reference.GetOutput("key");
            return Nothing;
        });

        Assert.Equal("org/net/prod", _engine.Reads.Single().Id);
        Assert.Equal("u", await OutputUtilities.GetValueAsync(url));
        Assert.False(await Output.IsSecretAsync(url));
        Assert.True(await Output.IsSecretAsync(key));
    }

    [Fact]
    public async Task Run_ManyResources_RegisterConcurrently()
    {
        const int count = 150;
        var arrived = new TaskCompletionSource();
        var waiting = 0;
        _engine.OnRegister = async request =>
        {
            if (request.Custom)
            {
                if (Interlocked.Increment(ref waiting) == count)
                {
                    arrived.SetResult();
                }

                await arrived.Task;
            }

            return FakeEngine.Created(request);
        };

        var exitCode = await _engine.RunAsync(() =>
        {
            var accounts = Enumerable.Range(0, count).Select(i => new Account($"a{i}")).ToList();
            return new Dictionary<string, object?> { ["ids"] = Output.All(accounts.Select(account => account.Id)) };
        });

        Assert.Equal(0, exitCode);
        Assert.Equal(count, _engine.Outputs.Single().Outputs.Fields["ids"].ListValue.Values.Count);
    }

    [Fact]
    public async Task Reference_InOutputs_BecomesTheResourceAgain()
    {
        _engine.OnInvoke = request => new()
        {
            Return = new Struct
            {
                Fields =
                {
                    ["urn"] = request.Args.Fields["urn"],
                    ["id"] = Value.ForString("the-id"),
                    ["state"] = Value.Parser.ParseJson("""{"location":"north"}"""),
                },
            },
        };
        Account resolved = null!;
        await _engine.RunAsync(() =>
        {
            var first = new Account("a");
            var converter = Pulumi.Deployment.Current.ResolveReference(new("urn:pulumi:dev::phi::test:index:Account::other", "the-id", "1.0.0"));
            resolved = (Account)converter;
            return Nothing;
        });

        Assert.Equal("pulumi:pulumi:getResource", _engine.Invokes.Single().Tok);
        Assert.Equal("north", await OutputUtilities.GetValueAsync(resolved.Location));
        Assert.Equal("the-id", await OutputUtilities.GetValueAsync(resolved.Id));
    }

    private static Dictionary<string, object?> Nothing => [];
}
