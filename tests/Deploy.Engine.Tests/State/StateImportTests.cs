using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.State;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.State;

public sealed class StateImportTests : IDisposable
{
    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ImportAsync_WhatWasExported_GoesOnWithoutAChange(bool inClear)
    {
        (await _harness.UpAsync(Program)).Succeeded();
        var export = (await _harness.Stack.ExportAsync(EngineHarness.Secrets(), inClear, Token))!;
        await _harness.Stack.RemoveAsync(force: true, Token);

        var count = await _harness.Stack.ImportAsync(export, EngineHarness.Secrets(), Token);

        Assert.Equal(3, count);
        Assert.Empty((await _harness.PreviewAsync(Program)).Succeeded().Steps);
        Assert.DoesNotContain("hunter2", File.ReadAllText(_harness.Stack.Paths.Checkpoint), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ImportAsync_UnsoundExport_IsRefusedAndLeavesTheState()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        var before = File.ReadAllText(_harness.Stack.Paths.Checkpoint);
        Action<JsonObject>[] damages =
        [
            export => export["version"] = 4,
            export => export.Remove("version"),
            export => export.Remove("deployment"),
            export => export["deployment"]!["resources"]!.AsArray().RemoveAt(1),
            export => export["deployment"]!["resources"]![2]!["dependencies"] = new JsonArray("urn:pulumi:dev::shop::fake:index:Thing::nobody"),
            export => export["deployment"]!["manifest"]!["magic"] = "0",
            export => export["deployment"]!["resources"] = "none",
            export => export["deployment"] = JsonNode.Parse(export["deployment"]!.ToJsonString().Replace("urn:pulumi:dev::", "urn:pulumi:other::", StringComparison.Ordinal)),
        ];
        var secrets = EngineHarness.Secrets();
        foreach (var damage in damages)
        {
            var export = (await _harness.ExportAsync())!;
            damage(export);
            await Assert.ThrowsAsync<DeployException>(() => _harness.Stack.ImportAsync(export, secrets, Token));
            Assert.Equal(before, File.ReadAllText(_harness.Stack.Paths.Checkpoint));
        }
    }

    [Fact]
    public async Task ImportAsync_WrongPassphrase_IsRefusedAndLeavesTheState()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        var before = File.ReadAllText(_harness.Stack.Paths.Checkpoint);
        var export = (await _harness.ExportAsync())!;

        var exception = await Assert.ThrowsAsync<DeployException>(
            () => _harness.Stack.ImportAsync(export, new PassphraseSecretsProvider(new() { Passphrase = "wrong" }), Token));

        Assert.Equal(EngineErrors.PassphraseWrong, exception.Error.Definition);
        Assert.Equal(before, File.ReadAllText(_harness.Stack.Paths.Checkpoint));
    }

    [Theory]
    [InlineData("unknown version")]
    [InlineData("features")]
    [InlineData("other secrets provider")]
    [InlineData("wrong passphrase")]
    [InlineData("a number for a name")]
    [InlineData("a time that is none")]
    [InlineData("an operation of no kind")]
    [InlineData("no list of texts")]
    public async Task RunAsync_CheckpointThatCannotBeRead_IsRefusedAndLeavesEveryFile(string what)
    {
        (await _harness.UpAsync(Program)).Succeeded();
        var checkpoint = (JsonObject)JsonNode.Parse(File.ReadAllText(_harness.Stack.Paths.Checkpoint))!;
        var (expected, secrets) = (EngineErrors.StateUnsupported, EngineHarness.Secrets());
        switch (what)
        {
            case "unknown version":
                checkpoint["version"] = 99;
                break;
            case "features":
                (checkpoint["version"], checkpoint["features"]) = (4, new JsonArray("views"));
                break;
            case "other secrets provider":
                checkpoint["checkpoint"]!["latest"]!["secrets_providers"]!["type"] = "cloud";
                expected = EngineErrors.SecretsProviderUnsupported;
                break;
            case "a number for a name":
                (checkpoint["checkpoint"]!["latest"]!["resources"]![2]!["urn"], expected) = (5, EngineErrors.StateInvalid);
                break;
            case "a time that is none":
                (checkpoint["checkpoint"]!["latest"]!["resources"]![2]!["created"], expected) = ("yesterday", EngineErrors.StateInvalid);
                break;
            case "an operation of no kind":
                var operation = new JsonObject { ["resource"] = checkpoint["checkpoint"]!["latest"]!["resources"]![2]!.DeepClone(), ["type"] = "1" };
                (checkpoint["checkpoint"]!["latest"]!["pending_operations"], expected) = (new JsonArray(operation), EngineErrors.StateInvalid);
                break;
            case "no list of texts":
                (checkpoint["checkpoint"]!["latest"]!["resources"]![2]!["initErrors"], expected) = (new JsonArray(true), EngineErrors.StateInvalid);
                break;
            default:
                (expected, secrets) = (EngineErrors.PassphraseWrong, new PassphraseSecretsProvider(new() { Passphrase = "wrong" }));
                break;
        }

        File.WriteAllText(_harness.Stack.Paths.Checkpoint, checkpoint.ToJsonString());
        var before = Files();
        _harness.Cloud.Calls.Clear();

        foreach (var operation in new[] { EngineOperation.Preview, EngineOperation.Update, EngineOperation.Refresh, EngineOperation.Destroy })
        {
            var result = await _harness.ResultAsync(operation, Program, request => request with { Secrets = secrets });
            Assert.Equal(RunResult.Refused, result.Result);
            Assert.Equal(expected, result.Error!.Definition);
            Assert.Equal(before, Files());
        }

        Assert.Empty(_harness.Cloud.Calls);
    }

    private SortedDictionary<string, string> Files() => new(
        Directory.EnumerateFiles(_harness.Folder, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText), StringComparer.Ordinal);

    [Fact]
    public async Task ImportAsync_LockedStack_IsRefused()
    {
        (await _harness.UpAsync(Program)).Succeeded();
        var export = (await _harness.ExportAsync())!;
        using var held = _harness.Stack.Lock();

        var exception = await Assert.ThrowsAsync<DeployException>(() => _harness.Stack.ImportAsync(export, EngineHarness.Secrets(), Token));

        Assert.Equal(EngineErrors.StackLocked, exception.Error.Definition);
    }

    private static Task Program(ProgramClient program) => program.ThingAsync("a", ("name", "a"), ("key", PropertyValue.FromString("hunter2").AsSecret()));
}
