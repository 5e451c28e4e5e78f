using System.Diagnostics;
using System.Globalization;
using System.Text;
using Bench.Engine;
using Deploy.Emulator;

namespace Bench.Emulator;

/// <summary>What one request costs while the store grows: a list of one group, a read, a write.</summary>
internal static class CostRun
{
    private const int PerGroup = 10;
    private const int Samples = 100;
    private const int Warmups = 50;
    private const double Limit = 1.5;
    private const string Type = "Microsoft.ManagedIdentity/userAssignedIdentities";
    private const string Query = "?api-version=2023-01-31";

    public static async Task<string> RunAsync(BenchOptions options)
    {
        await using var subject = (await Subject.EmulatorAsync()).Subject;
        var connection = await subject.ConnectAsync();
        using var client = await Seeds.ArmClientAsync(connection);
        var rows = new List<(int Size, double List, double Get, double Put)>();
        var made = 0;
        foreach (var size in options.Sizes.Order())
        {
            for (; made < size; made++)
            {
                await PutAsync(client, connection, made);
            }

            rows.Add((size, await MedianAsync(index => GetAsync(client, $"{GroupOf(connection, index % size)}/providers/{Type}{Query}")),
                await MedianAsync(index => GetAsync(client, $"{IdOf(connection, index % size)}{Query}")),
                await MedianAsync(index => PutAsync(client, connection, index % size))));
        }

        var (few, many) = (rows[0], rows[^1]);
        return string.Join('\n', [
            "| Resources | List of a group of ten, ms | Read, ms | Write, ms |",
            "|---|---|---|---|",
            .. rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"| {row.Size} | {row.List:F2} | {row.Get:F2} | {row.Put:F2} |")),
            "",
            Verdict.Header,
            Verdict.AtMost($"list: at {many.Size} over at {few.Size}", many.List / few.List, Limit).Row,
            Verdict.AtMost($"read: at {many.Size} over at {few.Size}", many.Get / few.Get, Limit).Row,
            Verdict.AtMost($"write: at {many.Size} over at {few.Size}", many.Put / few.Put, Limit).Row,
        ]);
    }

    private static async Task<double> MedianAsync(Func<int, Task> request)
    {
        var times = new List<double>();
        for (var index = -Warmups; index < Samples; index++)
        {
            var since = Stopwatch.GetTimestamp();
            await request(index + Warmups);
            if (index >= 0)
            {
                times.Add(Stopwatch.GetElapsedTime(since).TotalMilliseconds);
            }
        }

        return CaseResult.Median(times);
    }

    private static async Task GetAsync(HttpClient client, string path)
    {
        using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
        await response.Content.ReadAsByteArrayAsync();
    }

    private static async Task PutAsync(HttpClient client, LocalAzureConnection connection, int index)
    {
        if (index % PerGroup == 0)
        {
            await SendAsync(client, $"{GroupOf(connection, index)}?api-version=2024-03-01");
        }

        await SendAsync(client, $"{IdOf(connection, index)}{Query}");
    }

    private static async Task SendAsync(HttpClient client, string path)
    {
        using var content = new StringContent("""{"location":"eastus2"}""", Encoding.UTF8, "application/json");
        using var response = await client.PutAsync(new Uri(path, UriKind.Relative), content);
        response.EnsureSuccessStatusCode();
    }

    private static string GroupOf(LocalAzureConnection connection, int index) => string.Create(CultureInfo.InvariantCulture, $"/subscriptions/{connection.SubscriptionId}/resourceGroups/group-{index / PerGroup}");

    private static string IdOf(LocalAzureConnection connection, int index) => string.Create(CultureInfo.InvariantCulture, $"{GroupOf(connection, index)}/providers/{Type}/identity-{index}");
}
