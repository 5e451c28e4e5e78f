using Deploy.Core;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Execution;

public sealed class RefreshTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Refresh_NothingChanged_IsAllSameAndLeavesTheStateAsItIs()
    {
        var before = (await _harness.UpAsync(Program)).Succeeded().Snapshot;

        var run = (await _harness.RefreshAsync()).Succeeded();

        Assert.Empty(run.Drift);
        Assert.Equal((0, 0, 3), (run.Result.Changes.Update, run.Result.Changes.Delete, run.Result.Changes.Same));
        Assert.Equal(before.Resources.Select(resource => (resource.Urn, resource.Inputs)), run.Snapshot.Resources.Select(resource => (resource.Urn, resource.Inputs)));
    }

    [Fact]
    public async Task Refresh_PropertyChangedInTheCloud_NamesItAndTakesItOver()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("base-thing", "size", 7);

        var run = (await _harness.RefreshAsync()).Succeeded();

        Assert.Equal(["update base: size"], run.Drift);
        Assert.Equal((1, 0, 2), (run.Result.Changes.Update, run.Result.Changes.Delete, run.Result.Changes.Same));
        Assert.Equal(7.0, run.Resource("base").Inputs["size"].AsNumber());
        Assert.Equal(["update base"], (await _harness.UpAsync(Program)).Succeeded().Steps);
    }

    [Fact]
    public async Task Refresh_ResourceGone_IsRemovedWithItsReferencesAndMadeAgain()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        _harness.Cloud.Things.TryRemove("base-thing", out _);

        var run = (await _harness.RefreshAsync()).Succeeded();

        Assert.Equal(["delete base: "], run.Drift);
        Assert.DoesNotContain(run.Snapshot.Resources, resource => resource.Urn.Name == "base");
        Assert.Empty(run.Resource("user").Dependencies);
        Assert.All(run.Resource("user").PropertyDependencies.Values, Assert.Empty);
        var up = (await _harness.UpAsync(Program)).Succeeded();
        Assert.Equal(["create base"], up.Steps);
        Assert.Equal([up.Resource("base").Urn], up.Resource("user").Dependencies);
    }

    [Fact]
    public async Task PreviewRefresh_Drift_IsFoundAndNothingIsSaved()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("base-thing", "size", 7);

        var run = (await _harness.RefreshAsync(preview: true)).Succeeded();

        Assert.Equal(["update base: size"], run.Drift);
        Assert.Equal(1.0, run.Resource("base").Inputs["size"].AsNumber());
    }

    [Fact]
    public async Task Refresh_ExpectNoChangesWithDrift_RefusesAndSavesNothing()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("base-thing", "size", 7);
        _harness.Cloud.Things.TryRemove("user-thing", out _);

        var run = await _harness.RefreshAsync(request => request with { ExpectNoChanges = true });

        Assert.Equal((RunResult.Refused, ExitCode.UnexpectedChanges), (run.Result.Result, run.Result.Error!.ExitCode));
        Assert.Equal(1.0, run.Resource("base").Inputs["size"].AsNumber());
        Assert.Equal("user-thing", run.Resource("user").Id);
    }

    [Fact]
    public async Task Refresh_IgnoredProperty_IsNoDrift()
    {
        (await _harness.UpAsync(program => program.RegisterAsync("fake:index:Thing", "a", [("name", "a"), ("size", 1)], request => request.IgnoreChanges.Add("size")))).Succeeded();
        Change("a", "size", 7);

        var run = (await _harness.RefreshAsync()).Succeeded();

        Assert.Empty(run.Drift);
        Assert.Equal(1.0, run.Resource("a").Inputs["size"].AsNumber());
        Assert.Equal(7.0, run.Resource("a").Outputs["size"].AsNumber());
    }

    [Fact]
    public async Task Refresh_SecretInput_StaysSecret()
    {
        (await _harness.UpAsync(program => program.ThingAsync("a", ("name", "a"), ("key", PropertyValue.FromString("one").AsSecret())))).Succeeded();
        Change("a", "key", "two");

        var run = (await _harness.RefreshAsync()).Succeeded();

        Assert.Equal(PropertyValue.FromString("two").AsSecret(), run.Resource("a").Inputs["key"]);
        Assert.True(run.Resource("a").Outputs["key"].ContainsSecrets);
    }

    [Fact]
    public async Task Refresh_OneCannotBeRead_FailsAndKeepsWhatTheOthersSaid()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("user-thing", "size", 7);
        _harness.Cloud.Faults["read base"] = new DeployException(EngineErrors.ReadFailed.With("forbidden"));

        var run = await _harness.RefreshAsync();

        Assert.Equal((RunResult.Failed, EngineErrors.ReadFailed), (run.Result.Result, run.Result.Error!.Definition));
        Assert.Equal(["refresh base"], run.Failed);
        Assert.Equal(7.0, run.Resource("user").Inputs["size"].AsNumber());
        Assert.Equal(1.0, run.Resource("base").Inputs["size"].AsNumber());
    }

    [Fact]
    public async Task Refresh_Targets_ReadsOnlyThem()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("base-thing", "size", 7);
        Change("user-thing", "size", 7);

        var run = (await _harness.RefreshAsync(request => request with { Targets = ["**::user"] })).Succeeded();

        Assert.Equal(["update user: size"], run.Drift);
        Assert.Equal(1.0, run.Resource("base").Inputs["size"].AsNumber());
    }

    [Fact]
    public async Task Up_RefreshFirst_CorrectsDriftAndMakesAgainWhatIsGone()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        Change("user-thing", "size", 7);
        _harness.Cloud.Things.TryRemove("base-thing", out _);

        var preview = (await _harness.PreviewAsync(Program, request => request with { RefreshFirst = true })).Succeeded();
        var run = (await _harness.UpAsync(Program, request => request with { RefreshFirst = true })).Succeeded();

        Assert.Equal((1, 1, 0), (preview.Result.Changes.Create, preview.Result.Changes.Update, preview.Result.Changes.Delete));
        Assert.Equal((1, 1, 0), (run.Result.Changes.Create, run.Result.Changes.Update, run.Result.Changes.Delete));
        Assert.Equal(1.0, _harness.Cloud.Things["user-thing"]["size"].AsNumber());
        Assert.True(_harness.Cloud.Things.ContainsKey("base-thing"));
    }

    [Fact]
    public async Task Destroy_RefreshFirst_DoesNotDeleteWhatIsGone()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        _harness.Cloud.Things.TryRemove("base-thing", out _);

        var run = (await _harness.DestroyAsync(request => request with { RefreshFirst = true })).Succeeded();

        Assert.DoesNotContain("delete base", _harness.Cloud.Calls);
        Assert.Empty(run.Snapshot.Resources);
    }

    [Fact]
    public void SnapshotBuilder_Vanished_PrunesReferencesAlsoAfterAReplay()
    {
        var stack = Urn.Create("dev", "shop", null, "pulumi:pulumi:Stack", "shop-dev");
        var (gone, child) = (Urn.Create("dev", "shop", stack, "my:index:Group", "g"), Urn.Create("dev", "shop", stack, "my:index:Group", "child"));
        var builder = new SnapshotBuilder(new()
        {
            Resources =
            [
                new() { Urn = stack, Custom = false },
                new() { Urn = gone, Custom = false, Parent = stack },
                new() { Urn = child, Custom = false, Parent = gone, DeletedWith = gone, Dependencies = [gone, stack] },
            ],
        });
        var resources = new ResourceJson(new(EngineHarness.Secrets()));

        builder.Apply(JournalJson.Read(JournalJson.Write(new ResourceRemoved(null, 1, Vanished: true), resources), resources));

        var snapshot = builder.Build();
        Assert.Null(SnapshotIntegrity.Find(snapshot));
        Assert.Equal([stack], snapshot.Resources.Single(resource => resource.Urn == child).Dependencies);
    }

    [Fact]
    public void SnapshotBuilder_VanishedWhileAnOldInstanceIsLeft_NobodyMeansThatOne()
    {
        var (a, b) = (Urn.Create("dev", "shop", null, "my:index:Group", "a"), Urn.Create("dev", "shop", null, "my:index:Group", "b"));
        var builder = new SnapshotBuilder(new()
        {
            Resources =
            [
                new() { Urn = a, Custom = false },
                new() { Urn = b, Custom = false, Dependencies = [a], DeletedWith = a },
                new() { Urn = a, Custom = false, Delete = true, Dependencies = [b] },
            ],
        });

        builder.Apply(new ResourceRemoved(null, 0, Vanished: true));

        var snapshot = builder.Build();
        Assert.Null(SnapshotIntegrity.Find(snapshot));
        Assert.Empty(snapshot.Resources.Single(resource => resource.Urn == b).NeededUrns);
        Assert.Equal([b], snapshot.Resources.Single(resource => resource.Urn == a).Dependencies);
    }

    private static async Task Program(ProgramClient program)
    {
        var thing = await program.ThingAsync("base", ("name", "base-thing"), ("size", 1));
        await program.RegisterAsync("fake:index:Thing", "user", [("name", "user-thing"), ("size", 1)], ProgramClient.Uses("size", thing));
    }

    private void Change(string thing, string property, PropertyValue value) =>
        _harness.Cloud.Things[thing] = _harness.Cloud.Things[thing].With(property, value);
}
