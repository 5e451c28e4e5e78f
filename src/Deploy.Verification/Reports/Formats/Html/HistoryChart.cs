using System.Globalization;
using System.Xml.Linq;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>Earlier runs beside this one: a box for each verdict, and how the time of an answer went.</summary>
internal static class HistoryChart
{
    private const double Cell = 16;
    private const double Trend = 34;

    private sealed record Run(DateTimeOffset? StartedAt, CheckStatus? Status, TimeSpan? Time);

    public static IEnumerable<XElement> Section(RunReport report)
    {
        if (report.History.Count == 0 || report.Verification is not { } verification)
        {
            return [];
        }

        var rows = verification.Endpoints.Select(endpoint => new XElement(
            "tr",
            new XElement("td", HtmlPage.Text(endpoint.FullName)),
            new XElement("td", Chart(report, endpoint)),
            new XElement("td", Latest(endpoint) is { } now ? Svg.Milliseconds(now) : "")));
        return
        [
            new XElement(
                "section",
                new XElement("h2", string.Create(CultureInfo.InvariantCulture, $"This run and the {report.History.Count} before it")),
                new XElement("p", "The oldest at the left. The line is the median time of a whole answer."),
                HtmlPage.Wide(new XElement("table", HtmlPage.Head("Endpoint", "Verdicts and time", "Now"), new XElement("tbody", rows)))),
        ];
    }

    private static XElement Chart(RunReport report, EndpointReport endpoint)
    {
        Run[] runs =
        [
            .. report.History.Select(run => (run.StartedAt, Endpoint: run.Find(endpoint.FullName)))
                .Select(item => new Run(item.StartedAt, item.Endpoint?.Status, item.Endpoint?.Latency is { } latency ? Median(latency) : null)),
            new Run(report.StartedAt, endpoint.Status, Latest(endpoint)),
        ];
        var longest = Math.Max(runs.Max(run => run.Time ?? TimeSpan.Zero).TotalMilliseconds, 1);
        var boxes = runs.Select((run, at) => Svg.Rectangle(at * Cell, Trend, Cell - 2, 10, run.Status is { } status ? VerificationJson.Text(status) : "skip", Hint(run)));
        var points = runs.Index().Where(pair => pair.Item.Time is not null)
            .Select(pair => ((pair.Index * Cell) + (Cell / 2), Trend - 4 - (pair.Item.Time!.Value.TotalMilliseconds / longest * (Trend - 8)))).ToArray();
        return Svg.Image(Math.Max(runs.Length * Cell, Cell), Trend + 12, endpoint.FullName, [.. boxes, points.Length > 1 ? Svg.Trend(points) : null]);
    }

    private static string Hint(Run run)
    {
        var time = run.StartedAt is { } at ? at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) : "at an unknown time";
        return $"{time}: {(run.Status is { } status ? VerificationJson.Text(status) : "not there")}{(run.Time is { } took ? $", {Svg.Milliseconds(took)}" : "")}";
    }

    private static TimeSpan? Latest(EndpointReport endpoint) => endpoint.Latency is { } latency ? Median(latency) : null;

    private static TimeSpan? Median(LatencyReport latency) => Percentiles.Of([.. latency.TimesOf(LatencyMeasures.Total)])?.P50;
}
