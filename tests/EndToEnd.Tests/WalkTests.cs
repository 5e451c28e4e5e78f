using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>One environment through its whole life, each command in a process of its own.</summary>
public sealed class WalkTests
{
    private static readonly string[] Judged = ["connect", "auth.accepted", "auth.rejected", "info", "chat.basic", "chat.stream"];

    [Fact]
    public async Task Walk_StackLocal_StandsUpVerifiesChangesAndComesDown()
    {
        await using var sandbox = Sandbox.OfRepository();

        var up = await sandbox.JsonAsync(0, "up", "--yes");
        await Schemas.AssertMatchesAsync("up", up);
        Assert.Equal("succeeded", (string?)up["result"]);
        var endpoints = up["verification"]!["endpoints"]!.AsArray();
        Assert.Equal(["mini", "medium", "small"], endpoints.Select(endpoint => (string?)endpoint!["name"]));
        Assert.All(endpoints, AssertJudged);
        Assert.Contains(up["quota"]!["rows"]!.AsArray(), row => (string?)row!["kind"] == "cores" && (string?)row["status"] == "pass");

        var writes = sandbox.Writes().Count;
        var again = await sandbox.JsonAsync(0, "up", "--yes", "--expect-no-changes");
        Assert.Equal(0, (int)again["changes"]!["create"]! + (int)again["changes"]!["update"]! + (int)again["changes"]!["replace"]! + (int)again["changes"]!["delete"]!);
        Assert.Equal(writes, sandbox.Writes().Count);

        await Schemas.AssertMatchesAsync("verify", await sandbox.JsonAsync(0, "verify"));
        await Schemas.AssertMatchesAsync("quota-command", await sandbox.JsonAsync(0, "quota"));
        var outputs = await sandbox.JsonAsync(0, "stack", "output", "endpoints");
        await Schemas.AssertMatchesAsync("stack-output", outputs);
        Assert.Equal(3, outputs["outputs"]!["endpoints"]!.AsArray().Count);

        var down = await sandbox.JsonAsync(0, "destroy", "--yes");
        await Schemas.AssertMatchesAsync("destroy", down);
        Assert.True((int)down["changes"]!["delete"]! > 0);
        await AssertNothingLeftAsync(sandbox);
    }

    // Without its network, the deployment of the managed endpoint ends in WorkspaceManagedNetworkNotReady.
    [Fact]
    public async Task Up_HubWithAManagedNetwork_CarriesTheManagedEndpoint()
    {
        await using var sandbox = Sandbox.OfRepository();
        var settings = await File.ReadAllTextAsync(sandbox.StackFile, TestContext.Current.CancellationToken);
        Assert.Contains("network: public", settings, StringComparison.Ordinal);
        await File.WriteAllTextAsync(sandbox.StackFile, settings.Replace("network: public", "network: internetOutbound", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Equal("succeeded", (string?)(await sandbox.JsonAsync(0, "up", "--yes"))["result"]);
        await sandbox.JsonAsync(0, "up", "--yes", "--expect-no-changes");
    }

    [Fact]
    public async Task Up_TableForm_ShowsEveryPartOnItsStream()
    {
        await using var sandbox = Sandbox.OfRepository();

        var log = Path.Combine(Path.GetDirectoryName(sandbox.StackFile)!, "events.jsonl");
        var up = await sandbox.RunAsync("up", "--yes", "--diff", "--event-log", log);

        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.Contains("+ vaultName", up.Error, StringComparison.Ordinal);
        await AssertIsEventLogAsync(log);
        Assert.Contains("retired", up.Error, StringComparison.Ordinal);
        Assert.Contains("created", up.Error, StringComparison.Ordinal);
        Assert.Contains("Verification", up.Output, StringComparison.Ordinal);
        Assert.Contains("chat.stream", up.Output, StringComparison.Ordinal);
        Assert.Contains("Quota", up.Output, StringComparison.Ordinal);
        Assert.Contains("update:", up.Output, StringComparison.Ordinal);
    }

    private static async Task AssertIsEventLogAsync(string path)
    {
        var events = (await File.ReadAllLinesAsync(path, TestContext.Current.CancellationToken)).Select(line => JsonNode.Parse(line)!.AsObject()).ToList();
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(item => (int)item["sequence"]!));
        Assert.NotNull(events[0]["preludeEvent"]);
        Assert.Equal([true, false], events.Where(item => item["summaryEvent"] is not null).Select(item => (bool)item["summaryEvent"]!["isPreview"]!));
        Assert.Contains(events, item => (string?)item["resOutputsEvent"]?["metadata"]?["type"] == "azure-native:machinelearningservices:ServerlessEndpoint");
    }

    [Fact]
    public async Task Up_SettingsEdited_PlansAndDoesExactlyTheEdit()
    {
        await using var sandbox = Sandbox.OfRepository();
        await sandbox.JsonAsync(0, "up", "--yes");
        var edited = SettingsEdit.AddChangeRemove(await File.ReadAllTextAsync(sandbox.StackFile, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(sandbox.StackFile, edited, TestContext.Current.CancellationToken);

        var writes = sandbox.Writes().Count;
        var preview = await sandbox.JsonAsync(0, "preview");
        await Schemas.AssertMatchesAsync("preview", preview);
        var refused = await sandbox.JsonAsync(7, "up", "--yes", "--expect-no-changes");
        Assert.Equal(writes, sandbox.Writes().Count);
        var up = await sandbox.JsonAsync(0, "up", "--yes");

        string[] expected =
        [
            "create azure-native:machinelearningservices:ServerlessEndpoint search-tiny",
            "create phi:index:ServerlessEndpoint search-tiny",
            "delete azure-native:machinelearningservices:ServerlessEndpoint search-small",
            "delete phi:index:ServerlessEndpoint search-small",
            "update azure-native:machinelearningservices:ServerlessEndpoint assistants-mini",
        ];
        var steps = preview["steps"]!.AsArray();
        Assert.Equal(expected, steps.Select(step => $"{step!["op"]} {step["type"]} {step["name"]}").Order(StringComparer.Ordinal));
        var changed = Assert.Single(steps.Single(step => (string?)step!["op"] == "update")!["diff"]!.AsArray())!;
        Assert.EndsWith("contentSafetyStatus", (string?)changed["path"], StringComparison.Ordinal);
        Assert.Equal(["create 2", "update 1", "replace 0", "delete 2"], preview["changes"]!.AsObject().Where(pair => pair.Key != "same").Select(pair => $"{pair.Key} {pair.Value}"));
        Assert.Equal("refused", (string?)refused["result"]);
        Assert.True(JsonNode.DeepEquals(preview["changes"], up["changes"]), $"planned {preview["changes"]}, did {up["changes"]}");
        Assert.Equal(["DELETE small", "PUT mini", "PUT tiny"], sandbox.Writes().Skip(writes).Select(Written).Order(StringComparer.Ordinal));
        Assert.Equal(["medium", "mini", "tiny"], up["outputs"]!["endpoints"]!.AsArray().Select(endpoint => (string?)endpoint!["name"]).Order(StringComparer.Ordinal));
    }

    private static void AssertJudged(JsonNode? endpoint)
    {
        var checks = endpoint!["checks"]!.AsArray();
        foreach (var id in Judged)
        {
            var check = checks.Single(check => (string?)check!["id"] == id)!;
            var isAbsentByDesign = id == "info" && (string?)endpoint["compute"] == "managed";
            Assert.True((string?)check["status"] is "pass" or "warn" || (isAbsentByDesign && (string?)check["status"] == "skip"), $"{endpoint["name"]} {id}: {check}");
        }
    }

    /// <summary>Method and endpoint name without its suffix.</summary>
    private static string Written(JsonObject request) => $"{request["method"]} {((string)request["path"]!).Split('/')[^1].Split('-')[0]}";

    /// <summary>No resource is left in the local Azure, and no state but history.</summary>
    internal static async Task AssertNothingLeftAsync(Sandbox sandbox)
    {
        var state = Directory.EnumerateFiles(sandbox.State, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(sandbox.State, file));
        Assert.Equal([Path.Combine(".pulumi", "meta.yaml")], state.Where(file => !file.StartsWith(Path.Combine(".pulumi", "history"), StringComparison.Ordinal)));
        var status = await sandbox.JsonAsync(0, "emulator", "start");
        Assert.Equal(0, (int)status["resources"]!);
    }
}
