using System.Globalization;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>
/// <c>kill -9</c> at any moment of <c>deploy up</c> and <c>deploy destroy</c>: the next one continues, and nothing is twice or left over. <c>./test</c> draws moments over the
/// whole run; <c>./test --all</c> takes each: with every request that reached the local Azure (calls and polls) and with every line of the journal.
/// </summary>
public sealed class CrashTests
{
    private const int Drawn = 2;

    private static readonly bool All = Environment.GetEnvironmentVariable("DEPLOY_TEST_ALL") == "1";

    /// <summary>When to kill: with the n-th line of the journal, with the n-th request that reached the local Azure, or with the n-th write whose path holds a word.</summary>
    private sealed record Moment(string What, int Number)
    {
        public override string ToString() => $"{What} {Number.ToString(CultureInfo.InvariantCulture)}";
    }

    [Fact]
    public async Task UpAndDestroy_KilledAtAnyMoment_NextOneConverges()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("DEPLOY_TEST_SEED"), out var given) ? given : Random.Shared.Next(1_000_000);
        var random = new Random(seed);
        await using var sandbox = Sandbox.OfRepository();
        var host = (int)(await sandbox.JsonAsync(0, "emulator", "start", "--operation-delay", "150ms"))["processId"]!;
        using var reader = await sandbox.SignInAsync();
        var ups = await WatchAsync(sandbox, random, "up", "--yes", "--skip-verify");
        var expected = await reader.CountByTypeAsync();
        Assert.Equal((int)(await sandbox.JsonAsync(0, "emulator", "status"))["resources"]!, expected.Values.Sum());
        var downs = await WatchAsync(sandbox, random, "destroy", "--yes");

        // The first endpoint is accepted, and its name taken, while the state does not know it yet.
        ups = [new Moment("/serverlessEndpoints/", 1), .. ups];
        TestContext.Current.TestOutputHelper?.WriteLine($"DEPLOY_TEST_SEED={seed}: up at {string.Join(", ", ups)}; destroy at {string.Join(", ", downs)}");
        var rounds = Math.Max(ups.Count, downs.Count);
        for (var round = 0; round < rounds; round++)
        {
            var up = ups[round % ups.Count];
            await KillAsync(sandbox, up, host, "up", "--yes", "--skip-verify");
            await AssertUpConvergesAsync(sandbox, reader, expected, $"DEPLOY_TEST_SEED={seed}, up killed at {up}", isThorough: All || round == rounds - 1);
            var down = downs[round % downs.Count];
            await KillAsync(sandbox, down, host, "destroy", "--yes");
            await AssertDestroyConvergesAsync(sandbox, reader, $"DEPLOY_TEST_SEED={seed}, destroy killed at {down}");
        }

        await WalkTests.AssertNothingLeftAsync(sandbox);
        Report($"{ups.Count} moments of up and {downs.Count} of destroy: each time the next one converged");
    }

    private static void Report(string result)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(result);
        Evidence.Write("kill-sweep", result);
    }

    private static async Task AssertUpConvergesAsync(Sandbox sandbox, ArmReader reader, IDictionary<string, int> expected, string about, bool isThorough)
    {
        var again = await sandbox.RunAsync("up", "--yes", "--skip-verify", "-o", "json");
        Assert.True(again.ExitCode == 0, $"{about}: {again}");
        Assert.Equal($"{about}\n{Text(expected)}", $"{about}\n{Text(await reader.CountByTypeAsync())}");
        if (isThorough)
        {
            var preview = await sandbox.RunAsync("preview", "--expect-no-changes", "-o", "json");
            Assert.True(preview.ExitCode == 0, $"{about}: {preview}");
        }
    }

    private static async Task AssertDestroyConvergesAsync(Sandbox sandbox, ArmReader reader, string about)
    {
        var down = await sandbox.RunAsync("destroy", "--yes", "-o", "json");
        Assert.True(down.ExitCode == 0, $"{about}: {down}");
        Assert.Equal($"{about}\n", $"{about}\n{Text(await reader.CountByTypeAsync())}");
    }

    private static string Text(IDictionary<string, int> counts) => string.Join('\n', counts.Select(pair => $"{pair.Value} {pair.Key}"));

    /// <summary>Runs a command undisturbed, and chooses among its moments: all of them, or one in each stretch of the run. Not the last of a kind: with it the run is over.</summary>
    private static async Task<IReadOnlyList<Moment>> WatchAsync(Sandbox sandbox, Random random, params string[] command)
    {
        var before = sandbox.Requests().Count;
        var lines = 0;
        using var run = sandbox.Start(command);
        await Poll.UntilAsync(
            string.Join(' ', command),
            () =>
            {
                lines = Math.Max(lines, sandbox.JournalLines());
                return run.HasExited;
            },
            () => string.Join('\n', run.ErrorLines));
        var outcome = await run.WaitAsync();
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        return [.. Choose("request", sandbox.Requests().Count - before - 1), .. Choose("journal", lines - 1)];

        IEnumerable<Moment> Choose(string what, int last) => All
            ? Enumerable.Range(1, last).Select(number => new Moment(what, number))
            : Enumerable.Range(0, Drawn).Select(stretch => new Moment(what, 1 + Math.Min(last - 1, (int)((stretch + random.NextDouble()) * last / Drawn))));
    }

    private static async Task KillAsync(Sandbox sandbox, Moment moment, int host, params string[] command)
    {
        var before = sandbox.Requests().Count;
        using var run = sandbox.Start(command);
        await Poll.UntilAsync(moment.ToString(), () => run.HasExited || Reached(sandbox, moment, before), () => string.Join('\n', run.ErrorLines));
        run.KillNow();
        var killed = await run.WaitAsync();

        // A run of fewer polls than the one that was watched may end before; what must hold afterwards is the same.
        TestContext.Current.TestOutputHelper?.WriteLine(killed.ExitCode == 0 ? $"{command[0]} had ended before {moment}" : $"{command[0]} killed at {moment}");

        // Its program ends by itself, because nobody answers it any more.
        await sandbox.WaitForDescendantsAsync(host);
    }

    private static bool Reached(Sandbox sandbox, Moment moment, int before) => moment.Number <= moment.What switch
    {
        "journal" => sandbox.JournalLines(),
        "request" => sandbox.Requests().Count - before,
        var word => sandbox.Requests().Skip(before).Count(request => (bool)request["write"]! && ((string)request["path"]!).Contains(word, StringComparison.Ordinal)),
    };
}
