using System.Globalization;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Latency;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>What <c>--repeat</c> measured and what the run took of its budget, for people.</summary>
internal static class LatencyView
{
    public static void Write(IAnsiConsole console, VerificationReport report)
    {
        var measured = report.Endpoints.Where(endpoint => endpoint.Latency?.Samples is not null).ToArray();
        if (measured.Length > 0)
        {
            var table = TableStyle.New("Latency (ms)", "Endpoint", "Measure", "n", "p50", "p90", "p99");
            foreach (var endpoint in measured)
            {
                var name = endpoint.FullName;
                foreach (var (measure, times) in endpoint.Latency!.Samples!.Measures())
                {
                    if (Percentiles.Of([.. times]) is { } percentiles)
                    {
                        table.AddRow(
                            new Text(name), new Text(LatencyMeasures.Words(measure)), new Text(times.Count.ToString(CultureInfo.InvariantCulture)),
                            Time(percentiles.P50), Time(percentiles.P90), Time(percentiles.P99));
                        name = "";
                    }
                }
            }

            console.Write(table);
        }

        if (report.Budget is { } budget)
        {
            console.MarkupLineInterpolated($"Budget: {budget}.");
        }
    }

    private static Text Time(TimeSpan time) => new(time.TotalMilliseconds.ToString("#,0.#", CultureInfo.InvariantCulture));
}
