using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Quota over several stacks of one project, and what no stack holds.</summary>
public sealed class QuotaTests
{
    [Fact]
    public async Task Quota_TwoStacksAndLeftovers_AddsUpAndNamesThem()
    {
        await using var sandbox = Sandbox.OfRepository();
        var stacks = Path.GetDirectoryName(sandbox.StackFile)!;
        foreach (var other in (string[])["dev", "staging", "prod"])
        {
            File.Delete(Path.Combine(stacks, $"Pulumi.{other}.yaml"));
        }

        File.Copy(sandbox.StackFile, Path.Combine(stacks, "Pulumi.second.yaml"));
        var up = await sandbox.JsonAsync(0, "up", "--yes", "--skip-verify");
        var together = await sandbox.JsonAsync(0, "quota", "--all-stacks");
        await Schemas.AssertMatchesAsync("quota-command", together);
        Assert.Equal(["local", "second"], together["quota"]!["stacks"]!.AsArray().Select(item => (string?)item));
        Assert.Empty(together["quota"]!["orphans"]!.AsArray());
        var cores = Cores(together);
        Assert.Equal((48, 48, "pass"), ((int)cores["used"]!, (int)cores["needed"]!, (string?)cores["status"]));
        Assert.Equal(["local/assistants/medium", "second/assistants/medium"], cores["consumers"]!.AsArray().Select(item => (string?)item));

        // `up` and `quota` give the same numbers.
        var alone = await sandbox.JsonAsync(0, "quota");
        Assert.True(JsonNode.DeepEquals(up["quota"]!["rows"], alone["quota"]!["rows"]));

        var fleet = await sandbox.JsonAsync(0, "verify", "--all-stacks");
        await Schemas.AssertMatchesAsync("verify", fleet);
        Assert.Equal(["local/assistants", "local/assistants", "local/search"], fleet["endpoints"]!.AsArray().Select(item => (string?)item!["project"]).Order());
        Assert.Contains("Stack second has not been deployed", sandbox.Outcomes.Last().Error, StringComparison.Ordinal);

        Assert.Equal(0, (await sandbox.RunAsync("stack", "rm", "--force", "--yes")).ExitCode);
        var left = await sandbox.JsonAsync(0, "quota", "-s", "second");
        Assert.Equal(["managed", "serverless", "serverless"], left["quota"]!["orphans"]!.AsArray().Select(item => (string)item!["compute"]!).Order());
        Assert.Null(left["quota"]!["orphansReason"]);
        Assert.Contains("Held by no stack of this project (3)", (await sandbox.RunAsync("quota", "-s", "second")).Output, StringComparison.Ordinal);
    }

    private static JsonNode Cores(JsonObject document) => Assert.Single(document["quota"]!["rows"]!.AsArray(), row => (string?)row!["kind"] == "cores" && row["family"] is not null)!;
}
