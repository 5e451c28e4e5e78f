using System.Text.Json.Nodes;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

/// <summary>State that was written according to the official format, by a script that knows nothing of the engine.</summary>
public sealed class GoldenTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly EngineHarness _harness = new();

    public static TheoryData<string> Names => [.. Golden.Names];

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Script_RunAgain_MakesTheSameFiles()
    {
        await Golden.NodeAsync("make-goldens.mjs", _harness.Folder);

        Assert.Equal(Files(Golden.Folder), Files(_harness.Folder));
        Assert.Equal((Golden.Names.Length * 4) + 1, Files(Golden.Folder).Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task LoadAsync_Golden_FindsWhatIsBehindEverySecret(string name)
    {
        Golden.Place(_harness, name);

        var snapshot = (await _harness.Stack.LoadAsync(EngineHarness.Secrets(), Token))!;

        Assert.Null(SnapshotIntegrity.Find(snapshot));
        var found = Golden.SecretsOf(snapshot);
        Assert.True(JsonNode.DeepEquals(Golden.Read(name, "secrets"), found), found.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ExportAsync_Golden_IsWhatTheOfficialExportShows(string name)
    {
        Golden.Place(_harness, name);

        var export = await _harness.ExportAsync();
        var shown = (await _harness.Stack.ExportAsync(EngineHarness.Secrets(), showSecrets: true, Token))!;

        Assert.True(JsonNode.DeepEquals(Golden.Read(name, "export"), export));
        Assert.Equal(3, (int)shown["version"]!);
        AssertShows(name, shown["deployment"]!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_WhatWasLoaded_KeepsEveryField(string name)
    {
        Golden.Place(_harness, name);
        var secrets = EngineHarness.Secrets();
        _harness.Stack.Save((await _harness.Stack.LoadAsync(secrets, Token))!, secrets, DateTimeOffset.UtcNow);

        await AssertHoldsAsync(name);

        // A secret that has not changed keeps its ciphertext; one with a secret inside is written without the inner mark.
        var kept = Ciphertexts(Checkpoint()).ToHashSet(StringComparer.Ordinal);
        Assert.All(Ciphertexts(Golden.Read(name, "checkpoint")).Where(entry => !entry.Contains("/twice ", StringComparison.Ordinal)), entry => Assert.Contains(entry, kept));
    }

    [Fact]
    public async Task Save_StateWithoutSecrets_NeedsNoPassphrase()
    {
        Golden.Place(_harness, "older");
        var secrets = new PassphraseSecretsProvider(new());
        _harness.Stack.Save((await _harness.Stack.LoadAsync(secrets, Token))!, secrets, DateTimeOffset.UtcNow);

        Assert.Null(Checkpoint()["checkpoint"]!["latest"]!["secrets_providers"]);
        AssertShows("older", Checkpoint()["checkpoint"]!["latest"]!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Save_WhatWasLoaded_IsReadByTheOtherReader(string name)
    {
        Golden.Place(_harness, name);

        // Without what the ciphertexts were: every secret is encrypted by the engine itself.
        var snapshot = (await _harness.Stack.LoadAsync(EngineHarness.Secrets(), Token))!;
        _harness.Stack.Save(snapshot, EngineHarness.Secrets(), DateTimeOffset.UtcNow);

        Assert.Empty(Ciphertexts(Checkpoint()).Intersect(Ciphertexts(Golden.Read(name, "checkpoint"))));
        AssertShows(name, JsonNode.Parse(await Golden.NodeAsync("reveal.mjs", _harness.Stack.Paths.Checkpoint))!);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ImportAsync_OfficialExport_IsTheSameState(string name)
    {
        foreach (var form in new[] { "export", "shown" })
        {
            await _harness.Stack.ImportAsync(Golden.Read(name, form), EngineHarness.Secrets(), Token);
            await AssertHoldsAsync(name);
            Assert.DoesNotContain("plaintext", File.ReadAllText(_harness.Stack.Paths.Checkpoint), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("settled")]
    [InlineData("values")]
    [InlineData("older")]
    [InlineData("unknown")]
    public async Task Up_ProgramThatSaysTheSame_ChangesNothing(string name)
    {
        if (name == "unknown")
        {
            // Nothing can be found out about an operation of the future's; the rest must stay.
            _harness.Cloud.Things["begun"] = PropertyMap.Create(("name", "begun"));
        }

        Golden.Place(_harness, name);
        Golden.Provision(_harness, (await _harness.Stack.LoadAsync(EngineHarness.Secrets(), Token))!);
        File.WriteAllText(Path.Combine(_harness.Folder, "disk.txt"), "from disk\n");
        Func<ProgramClient, Task> program = name switch
        {
            "settled" => GoldenPrograms.SettledAsync,
            "values" => GoldenPrograms.ValuesAsync,
            "unknown" => async client => await GoldenPrograms.PlainAsync(client, "plain", "begun"),
            _ => client => GoldenPrograms.PlainAsync(client, "plain"),
        };

        foreach (var run in new[] { await _harness.PreviewAsync(program), await _harness.UpAsync(program), await _harness.UpAsync(program) })
        {
            run.Succeeded();
            Assert.False(run.Result.Changes.HasChanges, string.Join(", ", run.Steps));
            Assert.Equal(name == "settled" ? ["read found"] : [], run.Steps);
        }

        Assert.All(_harness.Cloud.Calls, call => Assert.Matches("^(read|recover) ", call));
        if (name is "settled" or "values")
        {
            await AssertHoldsAsync(name, ordered: false);
        }
    }

    [Fact]
    public async Task Up_InterruptedRunOfTheOfficialEngine_IsFinished()
    {
        Golden.Place(_harness, "interrupted");
        Golden.Provision(_harness, (await _harness.Stack.LoadAsync(EngineHarness.Secrets(), Token))!);
        _harness.Cloud.Things.TryRemove("gone", out _);
        _harness.Cloud.Things.TryRemove("leaves", out _);

        var run = (await _harness.UpAsync(GoldenPrograms.InterruptedAsync)).Succeeded();

        Assert.Equal(["create begun", "create-replacement gone", "delete-replaced old", "replace gone", "update sick", "update stays"], run.Steps.Order(StringComparer.Ordinal));
        Assert.Equal(["begun", "gone", "moved", "old-2", "sick", "stays"], _harness.Cloud.Things.Keys.Order(StringComparer.Ordinal));
        Assert.Empty(run.Snapshot.PendingOperations);
        Assert.Empty((await _harness.PreviewAsync(GoldenPrograms.InterruptedAsync)).Succeeded().Steps);
    }

    [Fact]
    public async Task Up_StackThatNothingWasDeployedTo_Deploys()
    {
        Golden.Place(_harness, "fresh");

        var run = (await _harness.UpAsync(client => GoldenPrograms.PlainAsync(client, "plain"))).Succeeded();

        Assert.Equal(["create shop-dev", "create plain"], run.Steps);
    }

    /// <summary>What the engine reads from its file, and what the script's reader makes of it, is what the golden state shows.</summary>
    private async Task AssertHoldsAsync(string name, bool ordered = true)
    {
        var shown = (await _harness.Stack.ExportAsync(EngineHarness.Secrets(), showSecrets: true, Token))!;
        AssertShows(name, shown["deployment"]!, ordered);
        AssertShows(name, JsonNode.Parse(await Golden.NodeAsync("reveal.mjs", _harness.Stack.Paths.Checkpoint))!, ordered);
    }

    private static void AssertShows(string name, JsonNode deployment, bool ordered = true)
    {
        var golden = Golden.Read(name, "shown")["deployment"]!;
        if (golden["secrets_providers"] is null)
        {
            // The stack has a passphrase since, although nothing was encrypted with it.
            deployment.AsObject().Remove("secrets_providers");
        }

        Assert.Equal(StateForm.Of(golden, ordered), StateForm.Of(deployment, ordered));
    }

    private JsonNode Checkpoint() => JsonNode.Parse(File.ReadAllText(_harness.Stack.Paths.Checkpoint))!;

    private static IEnumerable<string> Ciphertexts(JsonNode? node, string place = "") => node switch
    {
        JsonObject map when map["ciphertext"] is JsonValue text => [$"{place} {text}"],
        JsonObject map => map.SelectMany(entry => Ciphertexts(entry.Value, $"{place}/{entry.Key}")),
        JsonArray list => list.SelectMany((item, index) => Ciphertexts(item, $"{place}/{index}")),
        _ => [],
    };

    private static SortedDictionary<string, string> Files(string folder) =>
        new(Directory.EnumerateFiles(folder).ToDictionary(file => Path.GetFileName(file), File.ReadAllText), StringComparer.Ordinal);
}
