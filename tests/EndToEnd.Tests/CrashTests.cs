using System.Globalization;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary><c>kill -9</c> at any moment of <c>deploy up</c>: the next one continues, and nothing is twice or left over.</summary>
public sealed class CrashTests
{
    private static readonly bool All = Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") == "1";

    /// <summary>When to kill: with the n-th line on standard error, with the n-th write that reached the local Azure, or with the n-th write whose path holds a word.</summary>
    private sealed record Moment(string What, int Number)
    {
        public override string ToString() => $"{What} {Number.ToString(CultureInfo.InvariantCulture)}";
    }

    [Fact]
    public async Task Up_KilledAtAnyMoment_NextUpConverges()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TEST_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        await using var sandbox = Sandbox.OfRepository();
        var status = await sandbox.JsonAsync(0, "emulator", "start", "--operation-delay", "150ms");
        using var reader = await sandbox.SignInAsync();
        var undisturbed = await sandbox.RunAsync("up", "--yes", "--skip-verify");
        Assert.True(undisturbed.ExitCode == 0, undisturbed.ToString());
        var expected = await reader.CountByTypeAsync();
        Assert.Equal((int)(await sandbox.JsonAsync(0, "emulator", "status"))["resources"]!, expected.Values.Sum());
        var moments = Moments(undisturbed.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, sandbox.Writes().Count, new Random(seed));
        await sandbox.JsonAsync(0, "destroy", "--yes");

        TestContext.Current.TestOutputHelper?.WriteLine($"DEPLOY_TEST_SEED={seed}: {string.Join(", ", moments)}");
        foreach (var moment in moments)
        {
            await KillAsync(sandbox, moment, (int)status["processId"]!);
            await AssertConvergesAsync(sandbox, reader, expected, $"DEPLOY_TEST_SEED={seed}, killed at {moment}", isThorough: All || moment == moments[^1]);
        }

        await WalkTests.AssertNothingLeftAsync(sandbox);
    }

    private static async Task AssertConvergesAsync(Sandbox sandbox, ArmReader reader, IDictionary<string, int> expected, string about, bool isThorough)
    {
        var again = await sandbox.RunAsync("up", "--yes", "--skip-verify", "-o", "json");
        Assert.True(again.ExitCode == 0, $"{about}: {again}");
        Assert.Equal($"{about}\n{Text(expected)}", $"{about}\n{Text(await reader.CountByTypeAsync())}");
        if (isThorough)
        {
            var preview = await sandbox.RunAsync("preview", "--expect-no-changes", "-o", "json");
            Assert.True(preview.ExitCode == 0, $"{about}: {preview}");
        }

        var down = await sandbox.RunAsync("destroy", "--yes", "-o", "json");
        Assert.True(down.ExitCode == 0, $"{about}: {down}");
        Assert.Equal($"{about}\n", $"{about}\n{Text(await reader.CountByTypeAsync())}");
    }

    private static string Text(IDictionary<string, int> counts) => string.Join('\n', counts.Select(pair => $"{pair.Value} {pair.Key}"));

    /// <summary>
    /// Spread over the whole run, one in each stretch of it; lines and writes in turn. One is fixed: the first endpoint is accepted, and its name taken, while the state
    /// does not know it yet.
    /// </summary>
    private static IReadOnlyList<Moment> Moments(int lines, int writes, Random random)
    {
        var count = All ? 20 : 4;
        return [new Moment("/serverlessEndpoints/", 1), .. Enumerable.Range(0, count).SelectMany(i => (Moment[])[In("line", lines, i), In("write", writes, i)])];

        // Not the last one: with it the run is over.
        Moment In(string what, int last, int stretch) => new(what, 1 + Math.Min(last - 2, (int)((stretch + random.NextDouble()) * (last - 1) / count)));
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

    private static bool Reached(Sandbox sandbox, ProcessRun run, Moment moment, int before) => moment.Number <= moment.What switch
    {
        "line" => run.ErrorLines.Count,
        "write" => sandbox.Writes().Count - before,
        var word => sandbox.Writes().Skip(before).Count(request => ((string)request["path"]!).Contains(word, StringComparison.Ordinal)),
    };
}
