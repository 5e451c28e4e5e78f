using System.Text.Json.Nodes;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Ctrl-C: the first lets what is in flight finish, the second does not wait; neither loses anything.</summary>
public sealed class InterruptTests
{
    [Fact]
    public async Task Up_CtrlC_FinishesWhatIsInFlightAndExitsEight()
    {
        await using var sandbox = Sandbox.OfRepository();
        var status = await sandbox.JsonAsync(0, "emulator", "start", "--operation-delay", "1s");
        using var run = await StartUntilHubIsAcceptedAsync(sandbox);

        run.Interrupt();
        var outcome = await run.WaitAsync();

        AssertCancelled(outcome);
        Assert.Contains("created", outcome.Error.Split('\n').Single(line => line.EndsWith(')') && line.Contains("machinelearningservices:Workspace  hub", StringComparison.Ordinal)), StringComparison.Ordinal);
        await sandbox.WaitForDescendantsAsync((int)status["processId"]!);
        await AssertContinuesAsync(sandbox);
    }

    [Fact]
    public async Task Up_SecondCtrlC_EndsAtOnceAndLosesNothing()
    {
        await using var sandbox = Sandbox.OfRepository();
        var status = await sandbox.JsonAsync(0, "emulator", "start", "--operation-delay", "5s");
        using var run = await StartUntilHubIsAcceptedAsync(sandbox);

        run.Interrupt();
        await Poll.UntilAsync("the first Ctrl-C is heard", () => run.HasExited || run.ErrorLines.Any(line => line.StartsWith("Interrupted", StringComparison.Ordinal)), () => string.Join('\n', run.ErrorLines));
        Assert.False(run.HasExited, "The first Ctrl-C has to wait for what is in flight.");
        run.Interrupt();
        AssertCancelled(await run.WaitAsync());
        await sandbox.WaitForDescendantsAsync((int)status["processId"]!);

        // Operations of a local Azure that starts again keep their due time; the ones of this test are not waited for twice.
        await sandbox.JsonAsync(0, "emulator", "stop");
        await sandbox.JsonAsync(0, "emulator", "start");
        await AssertContinuesAsync(sandbox);
    }

    private static async Task<ProcessRun> StartUntilHubIsAcceptedAsync(Sandbox sandbox)
    {
        var run = sandbox.Start("up", "--yes", "-o", "json");
        await Poll.UntilAsync("the local Azure has accepted the hub", () => run.HasExited || sandbox.Writes().Any(IsWorkspace), () => string.Join('\n', run.ErrorLines));
        return run;
    }

    private static bool IsWorkspace(JsonObject request) =>
        (string?)request["method"] == "PUT" && ((string)request["path"]!).Contains("/workspaces/hub", StringComparison.Ordinal);

    private static void AssertCancelled(ProcessOutcome outcome)
    {
        Assert.True(outcome.ExitCode == 8, outcome.ToString());
        Assert.Equal("cancelled", (string?)outcome.Json["result"]);
        Assert.Null(outcome.Json["verification"]);
    }

    private static async Task AssertContinuesAsync(Sandbox sandbox)
    {
        await sandbox.JsonAsync(0, "up", "--yes");
        await sandbox.JsonAsync(0, "preview", "--expect-no-changes");
        var resources = (int)(await sandbox.JsonAsync(0, "emulator", "status"))["resources"]!;
        var down = await sandbox.JsonAsync(0, "destroy", "--yes");
        Assert.Equal(14, resources);
        Assert.Equal(22, (int)down["changes"]!["delete"]!);
        await WalkTests.AssertNothingLeftAsync(sandbox);
    }
}
