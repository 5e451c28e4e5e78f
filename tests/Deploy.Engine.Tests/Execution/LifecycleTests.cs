using Deploy.Engine.Events;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Execution;

public sealed class LifecycleTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Update_NewStack_CreatesEverythingAndKeepsState()
    {
        var run = (await _harness.UpAsync(TwoThingsAsync)).Succeeded();

        Assert.Equal(["create shop-dev", "create a", "create b"], run.Steps);
        Assert.Equal(3, run.Result.Changes.Create);
        Assert.Equal($"https://{run.Resource("a").Id}", run.Result.Outputs.Find("url")!.AsString());
        Assert.Equal(run.Result.Outputs, run.Snapshot.StackOutputs);
        Assert.Equal("default_1_2_3", run.Snapshot.Resources[1].Urn.Name);
        Assert.Equal(2, _harness.Cloud.Things.Count);
        Assert.False(_harness.Stack.HasJournal);
        Assert.False(_harness.Stack.IsLocked);
    }

    [Fact]
    public async Task Update_NothingChanged_TouchesNothing()
    {
        (await _harness.UpAsync(TwoThingsAsync)).Succeeded();
        _harness.Cloud.Calls.Clear();

        var run = (await _harness.UpAsync(TwoThingsAsync, request => request with { ExpectNoChanges = true })).Succeeded();

        Assert.Empty(run.Steps);
        Assert.Empty(_harness.Cloud.Calls);
        Assert.Equal(3, run.Result.Changes.Same);
    }

    [Fact]
    public async Task Update_ChangesWithNoneExpected_IsRefusedUntouched()
    {
        var run = await _harness.UpAsync(TwoThingsAsync, request => request with { ExpectNoChanges = true });

        Assert.Equal(RunResult.Refused, run.Result.Result);
        Assert.Equal(EngineErrors.UnexpectedChanges, run.Result.Error!.Definition);
        Assert.False(_harness.Stack.Exists);
        Assert.Empty(_harness.Cloud.Calls);
    }

    [Fact]
    public async Task Preview_NewStack_PlansWithUnknownsAndTouchesNothing()
    {
        PropertyValue? address = null;
        var run = (await _harness.PreviewAsync(async program =>
        {
            var a = await program.ThingAsync("a");
            address = a.Outputs.Find("address");
            Assert.Equal("", a.Id);
            await program.RegisterAsync("fake:index:Thing", "b", [("of", address!)], ProgramClient.Uses("of", a));
        })).Succeeded();

        Assert.Equal(PropertyValue.Unknown, address);
        Assert.Equal(["create shop-dev", "create a", "create b"], run.Steps);
        Assert.Empty(_harness.Cloud.Things);
        Assert.False(_harness.Stack.Exists);
    }

    [Fact]
    public async Task Preview_ProgramWithoutPartialValues_GetsNoUnknowns()
    {
        (await _harness.PreviewAsync(async program =>
        {
            var thing = await program.RegisterAsync("fake:index:Thing", "a", [("size", 1)], request => request.SupportsPartialValues = false);
            Assert.Equal(["name", "size"], thing.Outputs.Keys);
        })).Succeeded();
    }

    [Fact]
    public async Task Update_PropertyChanged_UpdatesInPlace()
    {
        (await _harness.UpAsync(program => program.ThingAsync("a", ("size", 1)))).Succeeded();

        var run = (await _harness.UpAsync(program => program.ThingAsync("a", ("size", 2)))).Succeeded();

        Assert.Equal(["update a"], run.Steps);
        Assert.Equal(2, run.Resource("a").Inputs.Find("size")!.AsNumber());
        Assert.Equal(["size"], run.Events.OfType<ResourcePreEvent>().Single(item => item.Step.Op == StepOp.Update).Step.Diffs);
    }

    [Fact]
    public async Task Update_ResourceGone_IsDeletedAfterItsDependents()
    {
        (await _harness.UpAsync(TwoThingsAsync)).Succeeded();

        var run = (await _harness.UpAsync(_ => Task.CompletedTask)).Succeeded();

        Assert.Equal(["delete b", "delete a"], run.Steps);
        Assert.Empty(_harness.Cloud.Things);
        Assert.Equal(["shop-dev"], run.Snapshot.Resources.Select(resource => resource.Urn.Name));
    }

    [Fact]
    public async Task Update_ReplacementWithNewName_CreatesBeforeItDeletes()
    {
        (await _harness.UpAsync(program => program.ThingAsync("a", ("zone", "east")))).Succeeded();

        var run = (await _harness.UpAsync(program => program.ThingAsync("a", ("zone", "west")))).Succeeded();

        Assert.Equal(["create-replacement a", "replace a", "delete-replaced a"], run.Steps);
        Assert.Equal(1, run.Result.Changes.Replace);
        Assert.Equal(run.Resource("a").Id, Assert.Single(_harness.Cloud.Things).Key);
    }

    [Fact]
    public async Task Update_ReplacementWithFixedName_DeletesDependentsAndResourceFirst()
    {
        static Func<ProgramClient, Task> Program(string zone) => async program =>
        {
            var a = await program.ThingAsync("a", ("zone", zone), ("exclusive", true));
            await program.RegisterAsync("fake:index:Thing", "b", [("zone", a.Text("address"))], ProgramClient.Uses("zone", a));
            await program.RegisterAsync("fake:index:Thing", "c", [("size", a.Text("address"))], ProgramClient.Uses("size", a));
        };
        (await _harness.UpAsync(Program("east"))).Succeeded();

        var run = (await _harness.UpAsync(Program("west"))).Succeeded();

        Assert.Equal(
            ["delete-replaced b", "delete-replaced a", "replace a", "create-replacement a", "replace b", "create-replacement b", "update c"], run.Steps);
        Assert.Equal(3, _harness.Cloud.Things.Count);
    }

    [Fact]
    public async Task Update_FormerDependentRegisteredWhileItIsTakenAway_WaitsAndComesBack()
    {
        (await _harness.UpAsync(async program =>
        {
            var a = await program.ThingAsync("a", ("zone", "east"), ("exclusive", true));
            await program.RegisterAsync("fake:index:Thing", "b", [("zone", a.Text("address"))], ProgramClient.Uses("zone", a));
        })).Succeeded();
        var deleting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var goOn = new TaskCompletionSource();
        _harness.Cloud.Waits["delete b"] = goOn.Task;
        _harness.Cloud.Moment = moment =>
        {
            if (moment.StartsWith("before delete b", StringComparison.Ordinal))
            {
                deleting.SetResult();
            }
        };

        var run = (await _harness.UpAsync(async program =>
        {
            var a = program.ThingAsync("a", ("zone", "west"), ("exclusive", true));
            await deleting.Task;
            var b = program.ThingAsync("b", ("zone", "north"));

            // An engine that does not wait answers within this bound, and fails the test.
            await Task.WhenAny(b, Task.Delay(TimeSpan.FromMilliseconds(500)));
            goOn.SetResult();
            await Task.WhenAll(a, b);
        })).Succeeded();

        Assert.Equal(["delete-replaced b", "delete-replaced a"], run.Steps.Take(2));
        Assert.Contains("create-replacement b", run.Steps);
        Assert.Equal(2, _harness.Cloud.Things.Count);
    }

    [Fact]
    public async Task Destroy_Stack_LeavesNoStateButHistory()
    {
        (await _harness.UpAsync(TwoThingsAsync)).Succeeded();

        var run = (await _harness.DestroyAsync()).Succeeded();

        Assert.Equal(["delete b", "delete a", "delete shop-dev"], run.Steps);
        Assert.Equal(3, run.Result.Changes.Delete);
        Assert.Empty(_harness.Cloud.Things);
        var files = Directory.EnumerateFiles(Path.Combine(_harness.Folder, ".deploy", "state", ".pulumi"), "*", SearchOption.AllDirectories);
        Assert.All(files, file => Assert.True(file.Contains("/history/", StringComparison.Ordinal) || file.EndsWith("meta.yaml", StringComparison.Ordinal), file));
    }

    [Fact]
    public async Task Update_ResourceFails_KeepsTheOthersAndDeletesNothing()
    {
        (await _harness.UpAsync(program => program.ThingAsync("old"))).Succeeded();
        _harness.Cloud.Faults["create bad"] = new Core.DeployException(EngineErrors.ResourceFailed.With("no capacity"));

        var run = await _harness.UpAsync(program => Task.WhenAll(program.ThingAsync("bad"), program.ThingAsync("good")));

        Assert.Equal(RunResult.Failed, run.Result.Result);
        Assert.Equal("no capacity", run.Result.Error!.Message);
        Assert.Equal(["create bad"], run.Failed);
        Assert.Equal("old", run.Resource("old").Urn.Name);
        Assert.Empty(run.Snapshot.PendingOperations);
        Assert.DoesNotContain(run.Snapshot.Resources, resource => resource.Urn.Name == "bad");
    }

    [Fact]
    public async Task Update_ResourceNotReady_IsKeptAndUpdatedNextTime()
    {
        var first = await _harness.UpAsync(program => program.ThingAsync("a", ("sick", true)));
        Assert.Equal(RunResult.Failed, first.Result.Result);
        Assert.Equal(["it is sick"], first.Resource("a").InitErrors);

        var second = (await _harness.UpAsync(program => program.ThingAsync("a", ("sick", true)))).Succeeded();

        Assert.Equal(["update a"], second.Steps);
        Assert.Empty(second.Resource("a").InitErrors);
    }

    [Theory]
    [InlineData(false, "create-replacement a,replace a,delete-replaced a")]
    [InlineData(true, "delete-replaced a,replace a,create-replacement a")]
    public async Task Update_ResourceThatDidNotBecomeReadyIsReplaced_IsNoFailure(bool deleteFirst, string steps)
    {
        Task Program(ProgramClient program, params (string, PropertyValue)[] inputs) => program.RegisterAsync("fake:index:Thing", "a", inputs, request =>
            (request.DeleteBeforeReplaceDefined, request.DeleteBeforeReplace) = (deleteFirst, deleteFirst));
        Assert.Equal(RunResult.Failed, (await _harness.UpAsync(program => Program(program, ("zone", "east"), ("sick", true)))).Result.Result);

        var second = (await _harness.UpAsync(program => Program(program, ("zone", "west")))).Succeeded();

        Assert.Equal(steps.Split(','), second.Steps);
        Assert.Empty(second.Resource("a").InitErrors);
        Assert.Single(_harness.Cloud.Things);
    }

    [Fact]
    public async Task Update_ProgramFails_DeletesNothing()
    {
        (await _harness.UpAsync(TwoThingsAsync)).Succeeded();

        var run = await _harness.UpAsync(async program =>
        {
            await program.Engine.LogAsync(new() { Severity = Pulumirpc.LogSeverity.Error, Message = "my own mistake" });
            throw new Grpc.Core.RpcException(Grpc.Core.Status.DefaultCancelled);
        });

        Assert.Equal(RunResult.Failed, run.Result.Result);
        Assert.Equal("my own mistake", run.Result.Error!.Message);
        Assert.Equal(2, _harness.Cloud.Things.Count);
        Assert.NotEmpty(run.Result.Outputs);
    }

    [Fact]
    public async Task Update_InvalidInputs_FailsBeforeAnythingIsCalled()
    {
        var run = await _harness.UpAsync(program => program.ThingAsync("a", ("bad", 1)));

        Assert.Equal(EngineErrors.CheckFailed, run.Result.Error!.Definition);
        Assert.Contains("bad: must not be set", run.Result.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_harness.Cloud.Calls);
    }

    private static async Task TwoThingsAsync(ProgramClient program)
    {
        var a = await program.ThingAsync("a", ("size", 1));
        await program.RegisterAsync("fake:index:Thing", "b", [("of", a.Text("address"))], ProgramClient.Uses("of", a));
        await program.OutputsAsync(("url", a.Outputs.Find("address")!));
    }
}
