using System.Globalization;
using System.Xml.Linq;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>How the measurements of an endpoint lie: a lane for each measure, a dot for each measurement, ticks at the percentiles.</summary>
internal static class LatencyChart
{
    private const double Width = 640;
    private const double Left = 110;
    private const double Right = 160;
    private const double Lane = 24;

    // A page is read, not mined: of many measurements every so manieth is drawn, the percentiles are of all.
    private const int MostDots = 120;

    /// <summary>Null when nothing was measured.</summary>
    public static XElement? Of(LatencyReport? latency)
    {
        var lanes = LatencyMeasures.All.Select(measure => (Measure: measure, Times: latency?.TimesOf(measure) ?? [])).Where(lane => lane.Times.Count > 0).ToArray();
        if (lanes.Length == 0)
        {
            return null;
        }

        var longest = Math.Max(lanes.Max(lane => lane.Times.Max()).TotalMilliseconds, 1);
        double X(TimeSpan time) => Left + (time.TotalMilliseconds / longest * (Width - Left - Right));
        var height = (lanes.Length * Lane) + 20;
        var asked = latency!.Samples is { } samples ? string.Create(CultureInfo.InvariantCulture, $"{samples.Answered} of {samples.Asked} requests answered") : "one request";
        return HtmlPage.Wide(Svg.Image(
            Width,
            height,
            $"Latency: {asked}",
            lanes.SelectMany((lane, at) => DrawLane(lane.Measure, lane.Times, (at + 0.5) * Lane, X)).Cast<object>()
                .Append(Svg.Text(Left, height - 5, "0"))
                .Append(Svg.Text(Width - Right, height - 5, Svg.Milliseconds(TimeSpan.FromMilliseconds(longest)), "end"))));
    }

    private static IEnumerable<XElement> DrawLane(string measure, IReadOnlyList<TimeSpan> times, double y, Func<TimeSpan, double> x)
    {
        var percentiles = Percentiles.Of([.. times])!;
        yield return Svg.Text(Left - 8, y + 4, LatencyMeasures.Words(measure), "end");
        yield return Svg.Line(Left, y, Width - Right, y, "axis");
        var step = (times.Count + MostDots - 1) / MostDots;
        foreach (var time in times.Where((_, at) => at % step == 0))
        {
            yield return Svg.Dot(x(time), y, Svg.Milliseconds(time));
        }

        if (times.Count == 1)
        {
            yield return Svg.Text(Width - Right + 10, y + 4, Svg.Milliseconds(times[0]));
            yield break;
        }

        foreach (var (name, value) in new[] { ("p50", percentiles.P50), ("p90", percentiles.P90), ("p99", percentiles.P99) })
        {
            yield return Svg.Line(x(value), y - 8, x(value), y + 8, "tick", $"{name} {Svg.Milliseconds(value)}");
        }

        yield return Svg.Text(Width - Right + 10, y + 4, string.Create(CultureInfo.InvariantCulture,
            $"{percentiles.P50.TotalMilliseconds:#,0.#} / {percentiles.P90.TotalMilliseconds:#,0.#} / {percentiles.P99.TotalMilliseconds:#,0.#} ms"));
    }
}
