using Deploy.Engine.Projects;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;
using Pulumirpc;

namespace Deploy.Engine.Tests.Execution;

public sealed class OptionTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task IgnoreChanges_ChangedProperty_KeepsTheOldValue()
    {
        Func<ProgramClient, Task> Program(int size) => program => Thing(program, "a", [("size", size), ("tag", size)], request => request.IgnoreChanges.Add("size"));
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.UpAsync(Program(2))).Succeeded();

        Assert.Equal(["update a"], run.Steps);
        Assert.Equal((1.0, 2.0), (run.Resource("a").Inputs["size"].AsNumber(), run.Resource("a").Inputs["tag"].AsNumber()));
    }

    [Fact]
    public async Task ReplaceOnChanges_ChangedProperty_Replaces()
    {
        Func<ProgramClient, Task> Program(int size) => program => Thing(program, "a", [("size", size)], request => request.ReplaceOnChanges.Add("size"));
        (await _harness.UpAsync(Program(1))).Succeeded();

        Assert.Equal(["create-replacement a", "replace a", "delete-replaced a"], (await _harness.UpAsync(Program(2))).Succeeded().Steps);
    }

    [Fact]
    public async Task Protect_DeletionOrReplacement_IsRefused()
    {
        Func<ProgramClient, Task> Program(string zone) => program => Thing(program, "a", [("zone", zone)], request => request.Protect = true);
        (await _harness.UpAsync(Program("east"))).Succeeded();

        var replaced = await _harness.UpAsync(Program("west"));
        var deleted = await _harness.UpAsync(_ => Task.CompletedTask);

        Assert.Equal(EngineErrors.Protected, replaced.Result.Error!.Definition);
        Assert.Equal(EngineErrors.Protected, deleted.Result.Error!.Definition);
        Assert.Single(_harness.Cloud.Things);
        Assert.True(deleted.Resource("a").Protect);
    }

    [Fact]
    public async Task RetainOnDelete_ResourceGone_LeavesItInTheCloud()
    {
        (await _harness.UpAsync(program => Thing(program, "a", [], request => request.RetainOnDelete = true))).Succeeded();

        Assert.Equal(["delete a"], (await _harness.UpAsync(_ => Task.CompletedTask)).Succeeded().Steps);
        Assert.Single(_harness.Cloud.Things);
    }

    [Fact]
    public async Task DeletedWith_BothGo_DeletesOnlyTheOther()
    {
        (await _harness.UpAsync(async program =>
        {
            var a = await program.ThingAsync("a");
            await Thing(program, "b", [], request => request.DeletedWith = a.Urn);
        })).Succeeded();
        _harness.Cloud.Calls.Clear();

        Assert.Equal(["delete b", "delete a"], (await _harness.UpAsync(_ => Task.CompletedTask)).Succeeded().Steps);
        Assert.Equal(["delete a"], _harness.Cloud.Calls);
    }

    [Fact]
    public async Task Aliases_RenamedResource_IsTheSameOneAndReferencesFollow()
    {
        (await _harness.UpAsync(async program =>
        {
            var old = await program.ThingAsync("old");
            await Thing(program, "user", [], ProgramClient.DependsOn(old));
        })).Succeeded();

        var run = (await _harness.UpAsync(async program =>
        {
            var renamed = await Thing(program, "new", [("name", _harness.Cloud.Things.Keys.Single(name => name.StartsWith("old", StringComparison.Ordinal)))],
                request => request.Aliases.Add(new Alias { Spec = new() { Name = "old" } }));
            await Thing(program, "user", [], ProgramClient.DependsOn(renamed));
        })).Succeeded();

        Assert.Empty(run.Steps);
        Assert.Equal(run.Resource("new").Urn, run.Resource("user").Dependencies.Single());
        Assert.Empty(run.Resource("new").Aliases);
    }

    [Fact]
    public async Task Aliases_RenamedComponent_TakesItsChildrenAlong()
    {
        static Func<ProgramClient, Task> Program(string component, string? alias) => async program =>
        {
            var parent = await program.RegisterAsync("my:index:Group", component, [], request =>
            {
                request.Custom = false;
                if (alias is not null)
                {
                    request.Aliases.Add(new Alias { Spec = new() { Name = alias } });
                }
            });
            await Thing(program, $"{component}-child", [("name", "fixed")], request => request.Parent = parent.Urn);
        };
        (await _harness.UpAsync(Program("one", null))).Succeeded();

        Assert.Empty((await _harness.UpAsync(Program("two", "one"))).Succeeded().Steps);
    }

    [Fact]
    public async Task Secret_Input_IsEncryptedInStateAndMarkedInOutputs()
    {
        PropertyValue? answered = null;
        async Task Program(ProgramClient program)
        {
            var thing = await program.ThingAsync("a", ("key", PropertyValue.FromString("hunter2").AsSecret()));
            answered = thing.Outputs["key"];
            await program.OutputsAsync(("key", answered));
        }

        var run = (await _harness.UpAsync(Program)).Succeeded();
        var first = (await _harness.ExportAsync())!["deployment"]!["resources"]!.ToJsonString();
        (await _harness.UpAsync(Program, request => request with { ExpectNoChanges = true })).Succeeded();
        var second = (await _harness.ExportAsync())!["deployment"]!["resources"]!.ToJsonString();

        Assert.Equal(PropertyValue.FromString("hunter2").AsSecret(), answered);
        Assert.IsType<PropertySecret>(run.Result.Outputs["key"]);
        Assert.DoesNotContain(Directory.EnumerateFiles(_harness.Folder, "*", SearchOption.AllDirectories), file => File.ReadAllText(file).Contains("hunter2", StringComparison.Ordinal));
        Assert.Equal(first, second);
    }

    [Fact]
    public async Task AdditionalSecretOutputs_Output_IsSecret()
    {
        var run = (await _harness.UpAsync(program => Thing(program, "a", [], request => request.AdditionalSecretOutputs.Add("address")))).Succeeded();

        Assert.IsType<PropertySecret>(run.Resource("a").Outputs["address"]);
    }

    [Fact]
    public async Task Import_ExistingThing_IsAdoptedWhenTheProgramMatches()
    {
        _harness.Cloud.Things["x"] = PropertyMap.Create(("name", "x"), ("size", 1));

        var refused = await _harness.UpAsync(program => Thing(program, "a", [("name", "x"), ("size", 2)], request => request.ImportId = "x"));
        var run = (await _harness.UpAsync(program => Thing(program, "a", [("name", "x"), ("size", 1)], request => request.ImportId = "x"))).Succeeded();

        Assert.Equal(EngineErrors.ImportFailed, refused.Result.Error!.Definition);
        Assert.Contains("size", refused.Result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(["import a"], run.Steps);
        Assert.Equal("x", run.Resource("a").Id);
    }

    [Fact]
    public async Task Providers_DefaultAndExplicit_AreConfiguredAndKept()
    {
        _harness.Config = StackConfig.Empty with { Values = new Dictionary<string, string> { ["fake:region"] = "east" } };
        var run = (await _harness.UpAsync(async program =>
        {
            await program.ThingAsync("a");
            var provider = await program.RegisterAsync("pulumi:providers:fake", "mine", [("region", "west")]);
            await Thing(program, "b", [], request => request.Provider = $"{provider.Urn}::{provider.Id}");
        })).Succeeded();

        Assert.Equal("east", run.Resource("default_1_2_3").Inputs["region"].AsString());
        Assert.Equal("1.2.3", run.Resource("default_1_2_3").Outputs["version"].AsString());
        Assert.Equal($"{run.Resource("mine").Urn}::{run.Resource("mine").Id}", run.Resource("b").Provider);
        Assert.Equal(4, run.Result.Changes.Create);
    }

    [Fact]
    public async Task UnknownPackage_IsRefusedByName()
    {
        var run = await _harness.UpAsync(program => program.RegisterAsync("aws:s3:Bucket", "b", []));

        Assert.Equal(EngineErrors.ProviderUnknown, run.Result.Error!.Definition);
        Assert.Contains("'aws'", run.Result.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DuplicateName_IsRefused()
    {
        var run = await _harness.UpAsync(async program =>
        {
            await program.ThingAsync("a");
            await program.ThingAsync("a");
        });

        Assert.Contains("registered twice", run.Result.Error!.Message, StringComparison.Ordinal);
    }

    private static Task<Registered> Thing(ProgramClient program, string name, (string, PropertyValue)[] inputs, Action<RegisterResourceRequest> options) =>
        program.RegisterAsync("fake:index:Thing", name, inputs, options);
}
