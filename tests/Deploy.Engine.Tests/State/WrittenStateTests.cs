using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Engine.Projects;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

/// <summary>Every file that the engine writes has the documented structure, whatever the run was.</summary>
public sealed partial class WrittenStateTests : IDisposable
{
    private const string Ciphertext = "v1:VaRO+rdsmvvCvGqR:m4KjrwfKxD3CDC0g4WFPzzonKcE71w==";

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Runs_OfEveryKind_WriteTheDocumentedStructure()
    {
        _harness.Config = new()
        {
            Values = new Dictionary<string, string> { ["shop:size"] = "3", ["shop:list"] = "[1,2]", ["shop:key"] = "hunter2", ["shop:deep"] = """{"a":"b"}""", ["shop:lost"] = "x" },
            SecretKeys = new HashSet<string> { "shop:key", "shop:deep", "shop:lost" },
            Encrypted = new Dictionary<string, string> { ["shop:key"] = $$"""{"secure":"{{Ciphertext}}"}""", ["shop:deep"] = $$$"""{"a":{"secure":"{{{Ciphertext}}}"}}""" },
        };
        (await _harness.UpAsync(Chain(1, "east"))).Succeeded();
        await AssertDocumentedAsync("created");
        (await _harness.UpAsync(Chain(2, "east"))).Succeeded();
        await AssertDocumentedAsync("updated");
        (await _harness.UpAsync(Chain(2, "west"))).Succeeded();
        await AssertDocumentedAsync("replaced");
        (await _harness.RefreshAsync()).Succeeded();
        await AssertDocumentedAsync("refreshed");
        Assert.Equal(RunResult.Failed, (await _harness.UpAsync(client => client.ThingAsync("ill", ("sick", true)))).Result.Result);
        await AssertDocumentedAsync("failed");
        (await _harness.DestroyAsync(request => request with { Targets = ["**ill"] })).Succeeded();
        await AssertDocumentedAsync("partly destroyed");

        var records = Files("history").Where(file => file.EndsWith(".history.json", StringComparison.Ordinal)).Order(StringComparer.Ordinal).Select(Parse).ToList();
        Assert.Equal(["update", "update", "update", "refresh", "update", "destroy"], records.Select(record => (string?)record["kind"]));
        Assert.Equal("failed", (string?)records[4]["result"]);
        var config = records[0]["config"]!.AsObject();
        Assert.Equal(["shop:deep", "shop:key", "shop:list", "shop:size"], config.Select(entry => entry.Key));
        Assert.Equal(("3", "[1,2]"), ((string?)config["shop:size"], (string?)config["shop:list"]));
        Assert.Equal(Ciphertext, (string?)config["shop:key"]!["secure"]);
        Assert.Equal(Ciphertext, (string?)config["shop:deep"]!["a"]!["secure"]);
    }

    [Fact]
    public async Task Up_ValuesOfEveryKind_WritesTheDocumentedStructure()
    {
        File.WriteAllText(Path.Combine(_harness.Folder, "disk.txt"), "from disk\n");
        (await _harness.UpAsync(async program =>
        {
            await GoldenPrograms.ValuesAsync(program);
            await program.ThingAsync("unhashed", ("archive", new PropertyArchive { Path = "./folder" }), ("asset", new PropertyAsset { Uri = "https://x/y" }), ("none", double.NaN));
        })).Succeeded();

        await AssertDocumentedAsync("values");
    }

    [Theory]
    [InlineData("create", "creating")]
    [InlineData("update", "updating")]
    [InlineData("delete", "deleting")]
    public async Task Up_AnswerThatNeverCame_WritesAPendingOperation(string verb, string pending)
    {
        if (verb != "create")
        {
            (await _harness.UpAsync(Chain(1, "east"))).Succeeded();
        }

        _harness.Cloud.Moment = moment =>
        {
            if (moment.StartsWith($"after {verb} last", StringComparison.Ordinal))
            {
                throw new IOException("the connection broke");
            }
        };
        var run = await _harness.UpAsync(verb == "delete" ? _ => Task.CompletedTask : Chain(2, "east"));

        Assert.Equal(RunResult.Failed, run.Result.Result);
        Assert.Equal(pending, (string?)Parse(_harness.Stack.Paths.Checkpoint)["checkpoint"]!["latest"]!["pending_operations"]!.AsArray().Single()!["type"]);
        await AssertDocumentedAsync(verb);
    }

    [Fact]
    public async Task ExportAsync_OfAKilledRun_HasTheDocumentedStructure()
    {
        (await _harness.UpAsync(Chain(1, "east"))).Succeeded();
        var secrets = EngineHarness.Secrets();
        var snapshot = (await _harness.Stack.LoadAsync(secrets, Token))!;
        using (var journal = _harness.Stack.StartJournal(secrets))
        {
            journal.Append(new OperationBegun(0, new(snapshot.Resources[^1], PendingOperationType.Updating, null)));
            journal.Append(new OperationPolled(0, new("https://cloud.test/operations/7")));
        }

        // The journal is our own, and keeps where the operation can be watched; an export is everybody's.
        Assert.Equal("https://cloud.test/operations/7", (await _harness.Stack.LoadAsync(secrets, Token))!.PendingOperations.Single().PollUrl!.AbsoluteUri);
        await AssertExportsDocumentedAsync("killed");
    }

    [Theory]
    [MemberData(nameof(GoldenTests.Names), MemberType = typeof(GoldenTests))]
    public async Task Save_Golden_HasTheDocumentedStructure(string name)
    {
        Golden.Place(_harness, name);
        var secrets = EngineHarness.Secrets();
        _harness.Stack.Save((await _harness.Stack.LoadAsync(secrets, Token))!, secrets, DateTimeOffset.UtcNow);

        var faults = await StateSchemas.CheckpointFaultsAsync(Parse(_harness.Stack.Paths.Checkpoint));

        Assert.Equal(await StateSchemas.CheckpointFaultsAsync(Golden.Read(name, "checkpoint")), faults);
    }

    [Fact]
    public async Task Up_Running_HoldsALockThatTheOfficialEngineReads()
    {
        JsonNode? held = null;
        _harness.Cloud.Moment = _ => held = Parse(Files("locks").Single());

        (await _harness.UpAsync(Chain(1, "east"))).Succeeded();

        Assert.Empty(await StateSchemas.LockFaultsAsync(held!));
        Assert.Equal(Environment.ProcessId, (int)held!["pid"]!);
        Assert.Empty(Files("locks"));
    }

    [Fact]
    public async Task Up_Files_AreWhereTheOfficialEngineLooksAndForTheirOwnerOnly()
    {
        (await _harness.UpAsync(Chain(1, "east"))).Succeeded();
        (await _harness.UpAsync(Chain(2, "east"))).Succeeded();

        var root = Path.Combine(_harness.Folder, ".deploy", "state", ".pulumi");
        var names = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Select(file => Nanoseconds().Replace(Path.GetRelativePath(root, file).Replace('\\', '/'), "#"));
        Assert.Equal(
            ["backups/shop/dev/dev.#.json", "history/shop/dev/dev-#.checkpoint.json", "history/shop/dev/dev-#.history.json", "meta.yaml", "stacks/shop/dev.json", "stacks/shop/dev.json.bak"],
            names.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal("version: 1\n", File.ReadAllText(Path.Combine(root, "meta.yaml")));
        if (!OperatingSystem.IsWindows())
        {
            // The layout's version is nobody's secret.
            Assert.All(Files("").Where(file => !file.EndsWith("meta.yaml", StringComparison.Ordinal)), AssertOwnerOnly);
        }
    }

    private static Func<ProgramClient, Task> Chain(int size, string zone) => async program =>
    {
        var first = await program.ThingAsync("first", ("size", size), ("zone", zone), ("key", PropertyValue.FromString("hunter2").AsSecret()));
        var last = await program.RegisterAsync("fake:index:Thing", "last", [("size", size), ("from", first.Text("address"))], request =>
        {
            ProgramClient.Uses("from", first)(request);
            request.AdditionalSecretOutputs.Add("address");
            request.CustomTimeouts = new() { Create = "10m" };
        });
        await program.OutputsAsync(("address", last.Outputs["address"]));
    };

    private async Task AssertDocumentedAsync(string what)
    {
        foreach (var file in Files("stacks").Concat(Files("backups")).Concat(Files("history")))
        {
            var faults = file.EndsWith(".history.json", StringComparison.Ordinal) ? await StateSchemas.HistoryFaultsAsync(Parse(file)) : await StateSchemas.CheckpointFaultsAsync(Parse(file));
            Assert.True(faults.Count == 0, $"{what}, {Path.GetFileName(file)}: {string.Join("; ", faults)}");
        }

        var manifest = Parse(_harness.Stack.Paths.Checkpoint)["checkpoint"]!["latest"]!["manifest"]!;
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes((string)manifest["version"]!))), (string?)manifest["magic"]);
        await AssertExportsDocumentedAsync(what);
    }

    private async Task AssertExportsDocumentedAsync(string what)
    {
        foreach (var inClear in new[] { false, true })
        {
            var faults = await StateSchemas.ExportFaultsAsync((await _harness.Stack.ExportAsync(EngineHarness.Secrets(), inClear, Token))!);
            Assert.True(faults.Count == 0, $"{what}: {string.Join("; ", faults)}");
        }
    }

    private IEnumerable<string> Files(string folder)
    {
        var path = Path.Combine(_harness.Folder, ".deploy", "state", ".pulumi", folder);
        return Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [];
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void AssertOwnerOnly(string file) => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));

    private static JsonNode Parse(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    [GeneratedRegex("[0-9]{19}")]
    private static partial Regex Nanoseconds();
}
