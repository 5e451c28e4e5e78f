using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Execution;

public sealed class TargetTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Up_Target_TouchesOnlyIt()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.UpAsync(Program(2), Targets("**::user"))).Succeeded();

        Assert.Equal(["update user"], run.Steps);
        Assert.Equal((1.0, 2.0), (run.Resource("base").Inputs["size"].AsNumber(), run.Resource("user").Inputs["size"].AsNumber()));
        Assert.Equal(["update base"], (await _harness.UpAsync(Program(2))).Succeeded().Steps);
    }

    [Fact]
    public async Task Up_TargetOnEmptyStack_LeavesTheOthersOut()
    {
        var run = (await _harness.UpAsync(Program(1), Targets("**::base"))).Succeeded();

        Assert.Equal(["create shop-dev", "create base"], run.Steps);
        Assert.Equal(["base-thing"], _harness.Cloud.Things.Keys);
        Assert.Equal(["create user"], (await _harness.UpAsync(Program(1))).Succeeded().Steps);
    }

    [Fact]
    public async Task Up_TargetNeedsWhatIsLeftOut_FailsAndNamesBoth()
    {
        var run = await _harness.UpAsync(Program(1), Targets("**::user"));

        Assert.Equal(EngineErrors.TargetIncomplete, run.Result.Error!.Definition);
        Assert.Contains("::base", run.Result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_harness.Cloud.Things);
    }

    [Fact]
    public async Task Up_TargetNoLongerInProgram_DeletesOnlyIt()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.UpAsync(_ => Task.CompletedTask, Targets("**::user"))).Succeeded();

        Assert.Equal(["delete user"], run.Steps);
        Assert.Equal(["base-thing"], _harness.Cloud.Things.Keys);
    }

    [Fact]
    public async Task Destroy_TargetThatOthersNeed_IsRefused()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = await _harness.DestroyAsync(Targets("**::base"));

        Assert.Equal(EngineErrors.TargetIncomplete, run.Result.Error!.Definition);
        Assert.Equal(2, _harness.Cloud.Things.Count);
    }

    [Fact]
    public async Task Destroy_Target_DeletesOnlyItAndKeepsTheRest()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.DestroyAsync(Targets("**::user"))).Succeeded();

        Assert.Equal(["delete user"], run.Steps);
        Assert.Equal("base-thing", run.Resource("base").Id);
    }

    [Fact]
    public async Task Destroy_TargetUnknown_IsRefusedByName()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = await _harness.DestroyAsync(Targets("**::nobody"));

        Assert.Equal(EngineErrors.TargetUnknown, run.Result.Error!.Definition);
        Assert.Contains("**::nobody", run.Result.Error.Message, StringComparison.Ordinal);
        Assert.Equal(2, _harness.Cloud.Things.Count);
    }

    [Fact]
    public async Task Up_UntargetedNoLongerDependsOnWhatComesLater_StateStaysInOrder()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.UpAsync(
            async program =>
            {
                var user = await program.ThingAsync("user", ("name", "user-thing"), ("size", 1));
                await program.RegisterAsync("fake:index:Thing", "third", [("name", "third-thing")], ProgramClient.DependsOn(user));
                await program.ThingAsync("base", ("name", "base-thing"), ("size", 1));
            }, Targets("**::third"))).Succeeded();

        Assert.Equal(["create third"], run.Steps);
        Assert.Equal([run.Resource("base").Urn], run.Resource("user").Dependencies);
    }

    [Fact]
    public async Task Up_Replace_ReplacesAlthoughNothingChanged()
    {
        (await _harness.UpAsync(Program(1))).Succeeded();

        var run = (await _harness.UpAsync(Program(1), request => request with { Replaces = ["**::user"] })).Succeeded();

        // The name is fixed: there cannot be both.
        Assert.Equal(["delete-replaced user", "replace user", "create-replacement user"], run.Steps);
        Assert.Equal(1, run.Result.Changes.Replace);
    }

    [Fact]
    public async Task Up_ReplaceWith_FollowsTheCompanion()
    {
        static Func<ProgramClient, Task> Program(string zone) => async program =>
        {
            var first = await program.ThingAsync("first", ("zone", zone));
            await program.RegisterAsync("fake:index:Thing", "second", [], request => request.ReplaceWith.Add(first.Urn));
        };
        (await _harness.UpAsync(Program("east"))).Succeeded();

        var run = (await _harness.UpAsync(Program("west"))).Succeeded();

        Assert.Contains("replace second", run.Steps);
        Assert.Equal(2, run.Result.Changes.Replace);
        Assert.Empty((await _harness.UpAsync(Program("west"))).Succeeded().Steps);
    }

    [Fact]
    public async Task Up_ReplacementTriggerChanged_Replaces()
    {
        static Func<ProgramClient, Task> Program(string trigger) => program => program.RegisterAsync(
            "fake:index:Thing", "a", [], request => request.ReplacementTrigger = Google.Protobuf.WellKnownTypes.Value.ForString(trigger));
        (await _harness.UpAsync(Program("one"))).Succeeded();

        Assert.Empty((await _harness.UpAsync(Program("one"))).Succeeded().Steps);
        Assert.Contains("replace a", (await _harness.UpAsync(Program("two"))).Succeeded().Steps);
        Assert.Empty((await _harness.UpAsync(Program("two"))).Succeeded().Steps);
    }

    private static Func<EngineRequest, EngineRequest> Targets(params string[] targets) => request => request with { Targets = targets };

    private static Func<ProgramClient, Task> Program(int size) => async program =>
    {
        var thing = await program.ThingAsync("base", ("name", "base-thing"), ("size", size));
        await program.RegisterAsync("fake:index:Thing", "user", [("name", "user-thing"), ("size", size)], ProgramClient.DependsOn(thing));
        await program.OutputsAsync(("base", thing.Id.Length == 0 ? PropertyValue.Unknown : thing.Id));
    };
}
