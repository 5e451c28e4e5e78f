using System.Globalization;
using Bench.Engine;

namespace Bench.Emulator;

/// <summary>From the start of the process to the first 200, beside an empty app.</summary>
internal static class StartComparison
{
    private const double Limit = 3;

    public static async Task<string> RunAsync(BenchOptions options)
    {
        var (ours, empties) = (new List<double>(), new List<double>());
        for (var round = -1; round < options.Rounds; round++)
        {
            var (emulator, seconds) = await Subject.EmulatorAsync();
            await using (emulator)
            {
                var (empty, emptySeconds) = await Subject.EmptyAsync();
                await using (empty)
                {
                    // The first pair brings the files into memory.
                    if (round >= 0)
                    {
                        ours.Add(seconds);
                        empties.Add(emptySeconds);
                    }
                }
            }
        }

        var (our, least) = (CaseResult.Median(ours), CaseResult.Median(empties));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| Start to first 200, {ours.Count} rounds in turns | Seconds |\n|---|---|\n| local Azure, new store | {our:F3} |\n| empty ASP.NET app | {least:F3} |\n\n{Verdict.Header}\n{Verdict.AtMost("start of the local Azure over that of an empty app", our / least, Limit).Row}");
    }
}
