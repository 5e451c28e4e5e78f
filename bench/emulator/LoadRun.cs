using System.Diagnostics;
using System.Globalization;
using Bench.Engine;

namespace Bench.Emulator;

/// <summary>Many clients at once, each over a connection of its own.</summary>
internal static class LoadRun
{
    public static async Task<string> RunAsync(BenchOptions options)
    {
        await using var subject = (await Subject.EmulatorAsync()).Subject;
        var connection = await subject.ConnectAsync();
        var (arm, endpoint, key) = await Seeds.PrepareAsync(connection);
        var traffic = new Traffic(connection, arm, endpoint, key);
        var clients = Enumerable.Range(0, options.Clients).Select(_ => Seeds.Client(connection)).ToList();
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(clients.Select(client => traffic.SendAsync(client, options.RequestsPerClient)));
        var seconds = Stopwatch.GetElapsedTime(since).TotalSeconds;
        clients.ForEach(client => client.Dispose());
        arm.Dispose();
        var (fine, limited) = (traffic.Statuses.GetValueOrDefault(200), traffic.Statuses.GetValueOrDefault(429));
        var all = traffic.Statuses.Values.Sum();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {options.Clients} clients, {all} requests, chat and reads in turns | |\n|---|---|\n| requests a second | {all / seconds:F0} |\n| answered 200 | {fine} |\n| 429 of the simulated limits | {limited} |\n\n{Verdict.Header}\n{Verdict.AtMost($"{options.Clients} clients: other answers, or none", all - fine - limited, 0).Row}");
    }
}
