using System.Text;
using System.Text.Json.Nodes;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

public sealed class JournalTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deploy-journal-").FullName;

    private string File => Path.Combine(_folder, "dev.journal");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Replay_CutAtEveryByte_GivesTheStateOfTheLastWholeLine()
    {
        var before = Snapshot.Empty with { Resources = [Thing("old", "1")] };
        StateChange[] changes =
        [
            new OperationBegun(1, new(Thing("a", ""), PendingOperationType.Creating, null)),
            new OperationPolled(1, new Uri("https://cloud.test/1")),
            new ResourceWritten(1, 1, Thing("a", "a1"), null, null),
            new OperationBegun(2, new(Thing("old", "1"), PendingOperationType.Updating, null)),
            new ResourceWritten(2, 2, Thing("old", "1", ("size", 2)), 0, null),
            new OperationBegun(3, new(Thing("a", "a1"), PendingOperationType.Deleting, null)),
            new ResourceRemoved(3, 1),
        ];
        var states = Write(before, changes);
        var bytes = System.IO.File.ReadAllBytes(File);

        for (var length = 0; length <= bytes.Length; length++)
        {
            System.IO.File.WriteAllBytes(File, bytes[..length]);
            var replayed = Journal.Replay(File, "base", before, EngineHarness.Secrets());
            var lines = bytes[..length].Count(letter => letter == '\n');
            Assert.Equal(states[Math.Max(0, lines - 1)], Describe(replayed));
        }
    }

    [Fact]
    public void Replay_JournalOfAnEarlierCheckpoint_IsIgnored()
    {
        Write(Snapshot.Empty, [new ResourceWritten(null, 0, Thing("a", "a1"), null, null)]);

        Assert.Empty(Journal.Replay(File, "another", Snapshot.Empty, EngineHarness.Secrets()).Resources);
    }

    [Fact]
    public void Append_Secret_IsNotInTheFile()
    {
        Write(Snapshot.Empty, [new ResourceWritten(null, 0, Thing("a", "a1", ("key", PropertyValue.FromString("hunter2").AsSecret())), null, null)]);

        Assert.DoesNotContain("hunter2", System.IO.File.ReadAllText(File), StringComparison.Ordinal);
        var replayed = Journal.Replay(File, "base", Snapshot.Empty, new PassphraseSecretsProvider(new() { Passphrase = "correct horse battery staple" }));
        Assert.Equal(PropertyValue.FromString("hunter2").AsSecret(), replayed.Resources.Single().Inputs["key"]);
    }

    [Fact]
    public async Task SyncAsync_ManyAtOnceWhileOthersAppend_AllReturnAndNoLineSuffers()
    {
        const int count = 5000;
        using var journal = Journal.Start(File, "base", EngineHarness.Secrets());
        var syncs = new List<Task>();
        for (var operation = 1; operation <= count; operation++)
        {
            journal.Append(new OperationPolled(operation, new Uri($"https://cloud.test/{new string('x', operation % 997)}")));
            syncs.Add(Task.Run(journal.SyncAsync, CancellationToken.None));
        }

        await Task.WhenAll(syncs);

        var operations = System.IO.File.ReadLines(File).Select(line => JsonNode.Parse(line)!).Where(line => line["operation"] is not null).Select(line => (int)line["operation"]!);
        Assert.Equal(Enumerable.Range(1, count), operations);
    }

    [Fact]
    public async Task SyncAsync_AfterAFailure_NeverSaysThatAllIsWell()
    {
        var journal = Journal.Start(File, "base", EngineHarness.Secrets());
        await journal.SyncAsync();
        journal.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(journal.SyncAsync);
        await Assert.ThrowsAsync<ObjectDisposedException>(journal.SyncAsync);
    }

    private List<string> Write(Snapshot before, IEnumerable<StateChange> changes)
    {
        var builder = new SnapshotBuilder(before);
        var states = new List<string> { Describe(before) };
        using var journal = Journal.Start(File, "base", EngineHarness.Secrets());
        foreach (var change in changes)
        {
            journal.Append(change);
            if (states.Count == 1 && System.IO.File.ReadAllText(File).Contains("\"salt\"", StringComparison.Ordinal))
            {
                states.Add(states[0]);
            }

            builder.Apply(change);
            states.Add(Describe(builder.Build()));
        }

        return states;
    }

    private static string Describe(Snapshot snapshot)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', snapshot.Resources.Select(resource => $"{resource.Urn.Name}={resource.Id}{resource.Inputs}"));
        text.Append('|').AppendJoin(',', snapshot.PendingOperations.Select(pending => $"{pending.Type} {pending.Resource.Urn.Name} {pending.PollUrl}"));
        return text.ToString();
    }

    private static ResourceState Thing(string name, string id, params (string Name, PropertyValue Value)[] inputs) => new()
    {
        Urn = Urn.Create("dev", "shop", null, "fake:index:Thing", name),
        Custom = true,
        Id = id,
        Inputs = PropertyMap.Create(inputs),
    };
}
