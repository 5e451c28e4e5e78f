using System.Globalization;
using Deploy.Core;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;

namespace Deploy.Engine.Tests.Randomized;

/// <summary>
/// Random programs, one after another on one stack, with random failures and with changes that somebody else makes and a refresh takes over, then one that is left in peace.
/// <c>./test</c> runs a fixed slice; <c>./test --all</c> runs 10,000 cases from a new seed. <c>DEPLOY_TEST_SEED</c> repeats the case of that seed, which a failure
/// prints along with the state: many times, because what runs at once comes in another order each time.
/// </summary>
public sealed class RandomRunTests
{
    private const int Slice = 120;
    private const int Sweep = 10_000;
    private const int Repetitions = 200;

    [Fact]
    public async Task Runs_RandomProgramsAndFailures_KeepTheInvariants()
    {
        var (first, count, repetitions) = Cases();
        await Parallel.ForEachAsync(Enumerable.Range(0, count * repetitions), TestContext.Current.CancellationToken, (index, _) => RunAsync(first + (index / repetitions)));
        if (count == Sweep)
        {
            Evidence.Write("random-runs", string.Create(CultureInfo.InvariantCulture, $"{count} cases, seeds {first} to {first + count - 1}: every invariant held"));
        }
    }

    private static async ValueTask RunAsync(int seed)
    {
        using var harness = new EngineHarness();
        try
        {
            await new RandomCase(seed).RunAsync(harness);
        }
        catch (Exception exception)
        {
            var state = Directory.EnumerateFiles(harness.Folder, "dev.json", SearchOption.AllDirectories).Select(File.ReadAllText).FirstOrDefault();
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"DEPLOY_TEST_SEED={seed} repeats this case: {exception.Message}\nstate: {state}"), exception);
        }
    }

    private static (int First, int Count, int Repetitions) Cases()
    {
        if (int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TEST_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out var given))
        {
            return (given, 1, Repetitions);
        }

        return Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") == "1" ? (Random.Shared.Next(1_000_000_000), Sweep, 1) : (1, Slice, 1);
    }
}

/// <summary>One stack, a few random runs, and what must hold after each of them.</summary>
internal sealed class RandomCase(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>What may stay in the cloud without being in the state: kept by option, or deleted along with another by the service itself.</summary>
    private readonly HashSet<string> _mayStay = new(StringComparer.Ordinal);

    public async Task RunAsync(EngineHarness harness)
    {
        var program = RandomProgram.Draw(_random);
        var before = Snapshot.Empty;
        for (var round = _random.Next(1, 4); round > 0; round--)
        {
            program = RandomProgram.Draw(_random);
            DrawFault(harness.Cloud);
            var disturbed = await UpAsync(harness, program, before);
            if (harness.Cloud.Faults.IsEmpty && program.Things.All(thing => !thing.IsSick) && before.Resources.All(old => old.InitErrors.Count == 0))
            {
                disturbed.Succeeded();
            }

            before = _random.Next(3) == 0 ? await DriftAsync(harness) : disturbed.Snapshot;
        }

        harness.Cloud.Faults.Clear();
        program = program.Healthy();
        var settled = (await UpAsync(harness, program, before)).Succeeded();
        Assert.Equal(program.Things.Select(thing => thing.Name).Order(), Things(settled.Snapshot).Select(thing => thing.Urn.Name).Order());
        Assert.DoesNotContain(settled.Snapshot.Resources, resource => resource.Delete || resource.PendingReplacement);

        var again = (await UpAsync(harness, program, settled.Snapshot)).Succeeded();
        Assert.Empty(again.Steps);

        (await harness.DestroyAsync()).Succeeded();
        Assert.Empty(harness.Cloud.Things.Keys.Except(_mayStay));
    }

    /// <summary>Somebody else changes and deletes things; a refresh takes that over.</summary>
    private async Task<Snapshot> DriftAsync(EngineHarness harness)
    {
        harness.Cloud.Faults.Clear();
        foreach (var id in harness.Cloud.Things.Keys.Order(StringComparer.Ordinal).ToList())
        {
            if (_random.Next(5) == 0)
            {
                harness.Cloud.Things.TryRemove(id, out _);
            }
            else if (_random.Next(4) == 0)
            {
                harness.Cloud.Things[id] = harness.Cloud.Things[id].With("size", _random.Next(3));
            }
        }

        var run = (await harness.RefreshAsync()).Succeeded();
        Assert.All(Things(run.Snapshot), thing => Assert.Equal(harness.Cloud.Things[thing.Id]["size"], thing.Outputs["size"]));
        Assert.Empty(harness.Cloud.Things.Keys.Except(Things(run.Snapshot).Select(thing => thing.Id)).Except(_mayStay));
        return run.Snapshot;
    }

    private async Task<TestRun> UpAsync(EngineHarness harness, RandomProgram program, Snapshot before)
    {
        harness.Cloud.Calls.Clear();
        var run = await harness.UpAsync(program.RunAsync, request => request with { Parallel = _random.Next(2) == 0 ? 1 : 8 });
        Remember(run.Snapshot);
        var inState = Things(run.Snapshot).Select(thing => thing.Id).ToList();
        Assert.Equal(inState.Distinct(), inState);
        Assert.Empty(inState.Except(harness.Cloud.Things.Keys));
        Assert.Empty(harness.Cloud.Things.Keys.Except(inState).Except(_mayStay));
        Assert.Empty(run.Snapshot.PendingOperations);
        AssertDependentsGoFirst(before, [.. harness.Cloud.Calls]);
        return run;
    }

    private void Remember(Snapshot snapshot) =>
        _mayStay.UnionWith(Things(snapshot).Where(thing => thing.RetainOnDelete || thing.DeletedWith is not null).Select(thing => thing.Id));

    /// <summary>Of two that are both deleted, the one that depends on the other begins first.</summary>
    private static void AssertDependentsGoFirst(Snapshot before, List<string> calls)
    {
        // What is deleted while the program still runs is deleted before a replacement, at once: its dependents go first only where its change replaces them, too.
        var lastOther = calls.FindLastIndex(call => !call.StartsWith("delete ", StringComparison.Ordinal));
        // The cloud logs names: where several instances had a name, a line does not say which one it was.
        var several = before.Resources.GroupBy(resource => resource.Urn.Name).Where(group => group.Count() > 1).Select(group => group.Key).ToHashSet(StringComparer.Ordinal);
        var deleted = calls.Where(call => call.StartsWith("delete ", StringComparison.Ordinal)).GroupBy(call => call).Where(group => group.Count() == 1)
            .Select(group => group.Key["delete ".Length..]).Where(name => !several.Contains(name)).ToHashSet(StringComparer.Ordinal);
        foreach (var old in Things(before).Where(old => deleted.Contains(old.Urn.Name)))
        {
            foreach (var dependency in old.Dependencies.Where(dependency => deleted.Contains(dependency.Name) && calls.IndexOf($"delete {dependency.Name}") > lastOther))
            {
                Assert.True(
                    calls.IndexOf($"delete {old.Urn.Name}") < calls.IndexOf($"delete {dependency.Name}"),
                    $"{dependency.Name} was deleted before {old.Urn.Name}, which depends on it: {string.Join(", ", calls)}; before: {Text(before)}");
            }
        }
    }

    private static string Text(Snapshot snapshot) => string.Join("; ", snapshot.Resources.Where(resource => resource.Custom).Select(resource =>
        $"{resource.Urn.Name}{(resource.Delete ? " delete" : "")}{(resource.PendingReplacement ? " pending" : "")} needs {string.Join(",", resource.NeededUrns.Select(urn => urn.Name))}"));

    private void DrawFault(FakeCloud cloud)
    {
        cloud.Faults.Clear();
        if (_random.Next(2) == 0)
        {
            var verb = new[] { "create", "update", "delete" }[_random.Next(3)];
            cloud.Faults[$"{verb} {(char)('a' + _random.Next(8))}"] = new DeployException(EngineErrors.ResourceFailed.With("no capacity"));
        }
    }

    private static IEnumerable<ResourceState> Things(Snapshot snapshot) =>
        snapshot.Resources.Where(resource => resource.Custom && resource.Urn.Type.StartsWith("fake:", StringComparison.Ordinal) && !resource.PendingReplacement);
}
