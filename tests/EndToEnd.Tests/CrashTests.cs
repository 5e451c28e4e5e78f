using System.Globalization;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary><c>kill -9</c> at any moment of <c>deploy up</c>: the next one continues, and nothing is twice or left over.</summary>
public sealed class CrashTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") == "1";

    /// <summary>When to kill: with the n-th line on standard error, or with the n-th write that reached the local Azure.</summary>
    private sealed record Moment(string What, int Number)
    {
        public override string ToString() => $"{What} {Number.ToString(CultureInfo.InvariantCulture)}";
    }

    [Theory]
    [InlineData("line")]
    [InlineData("write")]
    public async Task Up_KilledAtAnyMoment_NextUpConverges(string what)
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TEST_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        await using var sandbox = Sandbox.OfRepository();
        var status = await sandbox.JsonAsync(0, "emulator", "start", "--operation-delay", "150ms");
        var host = (int)status["processId"]!;
        using var reader = await sandbox.SignInAsync();
        var undisturbed = await sandbox.RunAsync("up", "--yes", "--skip-verify");
        Assert.True(undisturbed.ExitCode == 0, undisturbed.ToString());
        var expected = await InventoryAsync(sandbox, reader);
        var last = what == "line" ? undisturbed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length : sandbox.Writes().Count;
        await sandbox.JsonAsync(0, "destroy", "--yes");

        var moments = Moments(what, last, new Random(seed));
        TestContext.Current.TestOutputHelper?.WriteLine($"DEPLOY_TEST_SEED={seed}: {string.Join(", ", moments)}");
        foreach (var moment in moments)
        {
            await KillAsync(sandbox, moment, host);
            var about = $"seed {seed}, killed at {moment}";
            var again = await sandbox.RunAsync("up", "--yes", "--skip-verify", "-o", "json");
            Assert.True(again.ExitCode == 0, $"{about}: {again}");
            Assert.Equal($"{about}\n{expected}", $"{about}\n{await InventoryAsync(sandbox, reader)}");
            var still = await sandbox.RunAsync("preview", "--expect-no-changes", "-o", "json");
            Assert.True(still.ExitCode == 0, $"{about}: {still}");
            var down = await sandbox.RunAsync("destroy", "--yes", "-o", "json");
            Assert.True(down.ExitCode == 0, $"{about}: {down}");
            Assert.Equal($"{about}: 0", $"{about}: {(await sandbox.JsonAsync(0, "emulator", "status"))["resources"]}");
        }

        await WalkTests.AssertNothingLeftAsync(sandbox);
    }

    /// <summary>Spread over the whole run, one in each stretch of it.</summary>
    private static IReadOnlyList<Moment> Moments(string what, int last, Random random)
    {
        var count = All ? 20 : 4;
        return [.. Enumerable.Range(0, count).Select(i => new Moment(what, 1 + Math.Min(last - 2, (int)((i + random.NextDouble()) * (last - 1) / count))))];
    }

    private static async Task KillAsync(Sandbox sandbox, Moment moment, int host)
    {
        var before = sandbox.Writes().Count;
        using var run = sandbox.Start("up", "--yes", "--skip-verify");
        await Poll.UntilAsync(moment.ToString(), () => run.HasExited || Reached(sandbox, run, moment, before), () => string.Join('\n', run.ErrorLines));
        run.KillNow();
        var killed = await run.WaitAsync();
        Assert.True(killed.ExitCode != 0, $"{moment} came too late: {killed}");

        // Its program ends by itself, because nobody answers it any more.
        await sandbox.WaitForDescendantsAsync(host);
    }

    private static bool Reached(Sandbox sandbox, ProcessRun run, Moment moment, int before) =>
        (moment.What == "line" ? run.ErrorLines.Count : sandbox.Writes().Count - before) >= moment.Number;

    private static async Task<string> InventoryAsync(Sandbox sandbox, ArmReader reader)
    {
        var status = await sandbox.JsonAsync(0, "emulator", "status");
        return $"{status["resources"]} resources\n{string.Join('\n', (await reader.CountByTypeAsync()).Select(pair => $"{pair.Value} {pair.Key}"))}";
    }
}
