using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>A Pulumi program on the unmodified npm SDKs, which knows nothing of this repository.</summary>
public sealed class JavaScriptProgramTests
{
    [Fact]
    public async Task Program_OnNpmSdks_GoesUpShowsNoChangesAndComesDown()
    {
        Node.SkipUnlessUsable();
        await using var sandbox = Sandbox.OfConformance("azure-native");

        var up = await sandbox.JsonAsync(0, "up", "--yes");
        await Schemas.AssertMatchesAsync("up", up);
        Assert.Equal(7, (int)up["changes"]!["create"]!);
        Assert.Null(up["verification"]);
        Assert.Null(up["quota"]);
        AssertOutputs(up["outputs"]!);

        var writes = sandbox.Writes().Count;
        var preview = await sandbox.JsonAsync(0, "preview", "--expect-no-changes");
        Assert.Equal(7, (int)preview["changes"]!["same"]!);
        var again = await sandbox.JsonAsync(0, "up", "--yes", "--expect-no-changes");
        Assert.Equal(7, (int)again["changes"]!["same"]!);
        Assert.Equal(writes, sandbox.Writes().Count);

        AssertOutputs((await sandbox.JsonAsync(0, "stack", "output"))["outputs"]!);
        var clear = (await sandbox.RunUnrecordedAsync("stack", "output", "--show-secrets", "-o", "json")).Json["outputs"]!;
        AssertNowhereInClear(sandbox, (string)clear["key"]!);

        var down = await sandbox.JsonAsync(0, "destroy", "--yes");
        Assert.Equal(7, (int)down["changes"]!["delete"]!);
        await WalkTests.AssertNothingLeftAsync(sandbox);
    }

    private static void AssertOutputs(JsonNode outputs)
    {
        Assert.Equal("hello", (string?)outputs["greeting"]);
        Assert.Equal("[secret]", (string?)outputs["key"]);
        Assert.Contains("/workspaces/", (string?)outputs["hubId"], StringComparison.Ordinal);
        Assert.StartsWith("https://", (string?)outputs["uri"], StringComparison.Ordinal);
    }

    private static void AssertNowhereInClear(Sandbox sandbox, string key)
    {
        Assert.True(key.Length >= 20);
        Assert.All(Directory.EnumerateFiles(sandbox.State, "*", SearchOption.AllDirectories).Append(Path.Combine(sandbox.Store, "requests.log")),
            file => Assert.True(!File.ReadAllText(file).Contains(key, StringComparison.Ordinal), $"The key stands in clear in {file}."));
        Assert.All(sandbox.Outcomes, outcome => Assert.True(!outcome.ToString().Contains(key, StringComparison.Ordinal), "The key was printed."));
    }
}
