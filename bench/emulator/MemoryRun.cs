using System.Globalization;
using Bench.Engine;

namespace Bench.Emulator;

/// <summary>The resident set after each quarter of many requests, to an endpoint that no limit per minute turns away.</summary>
internal static class MemoryRun
{
    private const int Clients = 16;
    private const double Limit = 1.1;

    public static async Task<string> RunAsync(BenchOptions options)
    {
        await using var subject = (await Subject.EmulatorAsync()).Subject;
        var connection = await subject.ConnectAsync();
        var (arm, endpoint, key) = await Seeds.PrepareAsync(connection, isManaged: true);
        var traffic = new Traffic(connection, arm, endpoint, key);
        var clients = Enumerable.Range(0, Clients).Select(_ => Seeds.Client(connection)).ToList();
        var megabytes = new List<double>();
        for (var quarter = 0; quarter < 4; quarter++)
        {
            await Task.WhenAll(clients.Select(client => traffic.SendAsync(client, options.Requests / 4 / Clients)));
            megabytes.Add(subject.ResidentBytes / 1e6);
        }

        clients.ForEach(client => client.Dispose());
        if (traffic.Statuses.Keys.Any(status => status != 200))
        {
            throw new InvalidOperationException($"Not every request was answered: {string.Join(", ", traffic.Statuses)}");
        }

        arm.Dispose();
        var rows = megabytes.Select((size, quarter) => string.Create(CultureInfo.InvariantCulture, $"| {(quarter + 1) * options.Requests / 4} | {size:F0} |"));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| After requests | Resident, MB |\n|---|---|\n{string.Join('\n', rows)}\n\n{Verdict.Header}\n{Verdict.AtMost("memory after the last quarter over that after the first", megabytes[^1] / megabytes[0], Limit).Row}");
    }
}
