using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using NJsonSchema;
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
        await AssertMatchesAsync("up", up);
        Assert.Equal("succeeded", (string?)up["result"]);
        var endpoints = up["verification"]!["endpoints"]!.AsArray();
        Assert.Equal(["mini", "medium", "small"], endpoints.Select(endpoint => (string?)endpoint!["name"]));
        Assert.All(endpoints, AssertJudged);
        Assert.Contains(up["quota"]!["rows"]!.AsArray(), row => (string?)row!["kind"] == "cores" && (string?)row["status"] == "pass");

        var writes = sandbox.Writes().Count;
        var again = await sandbox.JsonAsync(0, "up", "--yes", "--expect-no-changes");
        Assert.Equal(0, (int)again["changes"]!["create"]! + (int)again["changes"]!["update"]! + (int)again["changes"]!["replace"]! + (int)again["changes"]!["delete"]!);
        Assert.Equal(writes, sandbox.Writes().Count);

        await AssertMatchesAsync("verify", await sandbox.JsonAsync(0, "verify"));
        await AssertMatchesAsync("quota", (await sandbox.JsonAsync(0, "quota"))["quota"]!);
        var outputs = await sandbox.JsonAsync(0, "stack", "output", "endpoints");
        Assert.Equal(3, outputs["outputs"]!["endpoints"]!.AsArray().Count);

        var down = await sandbox.JsonAsync(0, "destroy", "--yes");
        Assert.True((int)down["changes"]!["delete"]! > 0);
        await AssertNothingLeftAsync(sandbox);
    }

    [Fact]
    public async Task Up_TableForm_ShowsEveryPartOnItsStream()
    {
        await using var sandbox = Sandbox.OfRepository();

        var up = await sandbox.RunAsync("up", "--yes");

        Assert.True(up.ExitCode == 0, up.ToString());
        Assert.Contains("retired", up.Error, StringComparison.Ordinal);
        Assert.Contains("created", up.Error, StringComparison.Ordinal);
        Assert.Contains("Verification", up.Output, StringComparison.Ordinal);
        Assert.Contains("chat.stream", up.Output, StringComparison.Ordinal);
        Assert.Contains("Quota", up.Output, StringComparison.Ordinal);
        Assert.Contains("update:", up.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Up_SettingsEdited_PlansAndDoesExactlyTheEdit()
    {
        await using var sandbox = Sandbox.OfRepository();
        await sandbox.JsonAsync(0, "up", "--yes");
        var edited = SettingsEdit.AddChangeRemove(await File.ReadAllTextAsync(sandbox.StackFile, TestContext.Current.CancellationToken));
        await File.WriteAllTextAsync(sandbox.StackFile, edited, TestContext.Current.CancellationToken);

        var preview = await sandbox.JsonAsync(0, "preview");
        var refused = await sandbox.JsonAsync(7, "up", "--yes", "--expect-no-changes");
        var up = await sandbox.JsonAsync(0, "up", "--yes");

        // Added: a component and its endpoint. Changed: one endpoint. Removed: a component and its endpoint.
        Assert.Equal(2, (int)preview["changes"]!["create"]!);
        Assert.Equal(1, (int)preview["changes"]!["update"]!);
        Assert.Equal(2, (int)preview["changes"]!["delete"]!);
        Assert.Contains(preview["steps"]!.AsArray(), step => (string?)step!["op"] == "update"
            && step["diff"]!.AsArray().Any(line => ((string)line!["path"]!).EndsWith("contentSafetyStatus", StringComparison.Ordinal)));
        Assert.Equal("refused", (string?)refused["result"]);
        Assert.True(JsonNode.DeepEquals(preview["changes"], up["changes"]), $"planned {preview["changes"]}, did {up["changes"]}");
        Assert.Equal(["medium", "mini", "tiny"], up["outputs"]!["endpoints"]!.AsArray().Select(endpoint => (string?)endpoint!["name"]).Order(StringComparer.Ordinal));
    }

    private static void AssertJudged(JsonNode? endpoint)
    {
        var checks = endpoint!["checks"]!.AsArray();
        foreach (var id in Judged)
        {
            var check = checks.Single(check => (string?)check!["id"] == id)!;
            Assert.True((string?)check["status"] is "pass" or "warn", $"{endpoint["name"]} {id}: {check}");
        }
    }

    internal static async Task AssertNothingLeftAsync(Sandbox sandbox)
    {
        var state = Path.Combine(sandbox.Folder, ".deploy", "state", ".pulumi");
        Assert.False(Directory.Exists(Path.Combine(state, "stacks")) && Directory.EnumerateFiles(Path.Combine(state, "stacks"), "*.json", SearchOption.AllDirectories)
            .Any(file => File.ReadAllText(file).Contains("\"urn\"", StringComparison.Ordinal)), "resources are left in the state");
        var status = await sandbox.JsonAsync(0, "emulator", "start");
        Assert.Equal(0, (int)status["resources"]!);
    }

    internal static async Task AssertMatchesAsync(string schema, JsonNode document)
    {
        var path = Path.Combine(Repository.Root, "docs", "schemas", $"{schema}.schema.json");
        var parsed = await JsonSchema.FromFileAsync(path, TestContext.Current.CancellationToken);
        Assert.Empty(parsed.Validate(document.ToJsonString()).Select(fault => fault.ToString()));
    }
}
