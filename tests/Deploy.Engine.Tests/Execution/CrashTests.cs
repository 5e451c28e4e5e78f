using System.Collections.Concurrent;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Execution;

/// <summary>
/// Takes a copy of state and cloud at every moment at which a process could be killed (around every provider call, and after every line of the journal between them), and
/// lets a new run continue from each copy.
/// </summary>
public sealed class CrashTests : IDisposable
{
    private readonly List<string> _folders = [];

    public void Dispose() => _folders.ForEach(folder => Directory.Delete(folder, recursive: true));

    [Fact]
    public Task Update_KilledWhileCreating_ConvergesFromEveryMoment() => ContinueFromEveryMomentAsync(_ => Task.CompletedTask, Chain(1, "east"), 6);

    [Fact]
    public Task Update_KilledWhileUpdating_ConvergesFromEveryMoment() => ContinueFromEveryMomentAsync(Chain(1, "east"), Chain(2, "east"), 6);

    [Fact]
    public Task Update_KilledWhileReplacing_ConvergesFromEveryMoment() => ContinueFromEveryMomentAsync(Chain(1, "east"), Chain(1, "west"), 6);

    [Fact]
    public Task Update_KilledWhileReplacingWithFixedNames_ConvergesFromEveryMoment() =>
        ContinueFromEveryMomentAsync(Chain(1, "east", fixedNames: true), Chain(1, "west", fixedNames: true), 6);

    [Fact]
    public Task Update_KilledWhileDeleting_ConvergesFromEveryMoment() => ContinueFromEveryMomentAsync(Chain(1, "east"), _ => Task.CompletedTask, 6);

    private async Task ContinueFromEveryMomentAsync(Func<ProgramClient, Task> before, Func<ProgramClient, Task> after, int atLeast)
    {
        using var harness = new EngineHarness();
        (await harness.UpAsync(before)).Succeeded();
        var copies = new ConcurrentQueue<(string Moment, string Folder, FakeCloud Cloud)>();
        var begin = harness.Cloud.Clone();
        harness.Cloud.Moment = moment => copies.Enqueue((moment, Copy(harness.Folder), harness.Cloud.Clone()));
        (await harness.UpAsync(after)).Succeeded();

        Assert.True(copies.Count >= atLeast, $"only {copies.Count} moments");
        var moments = WithEveryLine(begin, [.. copies]);
        TestContext.Current.TestOutputHelper?.WriteLine($"{moments.Count} kills: {copies.Count} around provider calls, {moments.Count - copies.Count} after a line of the journal");
        Assert.True(moments.Count > copies.Count, "no line of the journal was written between two calls");
        foreach (var (moment, folder, cloud) in moments)
        {
            using var copy = new EngineHarness(cloud, folder);
            _folders.Remove(folder);
            Assert.True(copy.Stack.HasJournal, moment);
            var run = await copy.UpAsync(after);
            Assert.True(run.Result.Result == RunResult.Succeeded, $"{moment}: {run.Result.Error}");

            var inState = run.Snapshot.Resources.Where(resource => resource.Urn.Type == "fake:index:Thing").ToDictionary(resource => resource.Id, resource => resource.Inputs);
            Assert.Equal(cloud.Things.Keys.Order(), inState.Keys.Order());
            Assert.All(inState, entry => Assert.Equal(cloud.Things[entry.Key], entry.Value));
            Assert.Empty(run.Snapshot.PendingOperations);

            var again = (await copy.UpAsync(after)).Succeeded();
            Assert.Empty(again.Steps);
        }
    }

    /// <summary>
    /// Adds a copy for every whole line of the journal that was written between two copies. The program registers one thing after another, and the cloud changes only right
    /// before the second copy of a call; so the cloud beside such a line is that of the copy before it.
    /// </summary>
    private List<(string Moment, string Folder, FakeCloud Cloud)> WithEveryLine(FakeCloud begin, List<(string Moment, string Folder, FakeCloud Cloud)> copies)
    {
        var start = (Moment: "start", copies[0].Folder, Cloud: begin);
        var all = new List<(string, string, FakeCloud)>(copies);
        foreach (var (earlier, later) in copies.Prepend(start).Zip(copies))
        {
            var (before, after) = (earlier == start ? "" : File.ReadAllText(JournalIn(earlier.Folder)), File.ReadAllText(JournalIn(later.Folder)));
            Assert.StartsWith(before, after, StringComparison.Ordinal);
            for (var end = after.IndexOf('\n', before.Length); end >= 0; end = after.IndexOf('\n', end + 1))
            {
                var folder = Copy(earlier.Folder);
                File.WriteAllText(JournalIn(folder), after[..(end + 1)]);
                all.Add(($"{earlier.Moment}, then {after[..end].Count(letter => letter == '\n') + 1} lines", folder, earlier.Cloud.Clone()));
            }
        }

        return all;
    }

    private static string JournalIn(string folder) => Directory.EnumerateFiles(folder, "*.journal", SearchOption.AllDirectories).Single();

    /// <summary>Three things, each taking something of the one before it.</summary>
    private static Func<ProgramClient, Task> Chain(int size, string zone, bool fixedNames = false) => async program =>
    {
        Registered? last = null;
        foreach (var name in new[] { "a", "b", "c" })
        {
            var inputs = new List<(string, PropertyValue)> { ("size", size), ("zone", zone), ("of", last?.Text("address") ?? "") };
            if (fixedNames)
            {
                inputs.AddRange([("name", name), ("exclusive", true)]);
            }

            last = await program.RegisterAsync("fake:index:Thing", name, [.. inputs], last is null ? null : ProgramClient.Uses("of", last));
        }
    };

    private string Copy(string folder)
    {
        var target = Directory.CreateTempSubdirectory("deploy-engine-copy-").FullName;
        _folders.Add(target);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            // This process lives, and the copy stands for one that does not: its lock stays behind.
            var relative = Path.GetRelativePath(folder, file);
            if (!relative.Contains($"{Path.DirectorySeparatorChar}locks{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
            {
                var place = Path.Combine(target, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(place)!);
                File.Copy(file, place);
            }
        }

        return target;
    }
}
