using System.Globalization;
using System.Xml.Linq;
using Deploy.Verification.Quota;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>What is used, needed and held in reserve of each limit, as one bar that ends where the limit does.</summary>
internal static class QuotaChart
{
    private const double Width = 260;
    private const double Height = 14;

    public static IEnumerable<XElement> Section(QuotaReport? quota)
    {
        if (quota is not { Rows.Count: > 0 })
        {
            return [];
        }

        return
        [
            new XElement(
                "section",
                new XElement("h2", $"Quota: {quota.Status.ToString().ToLowerInvariant()}"),
                HtmlPage.Wide(new XElement(
                    "table",
                    HtmlPage.Head("Limit", "Scope", "Used, needed, reserve of the limit", "", "Verdict"),
                    new XElement("tbody", quota.Rows.Select(Row))))),
        ];
    }

    private static XElement Row(QuotaReportRow row) => new(
        "tr",
        new XElement("td", HtmlPage.Text(row.Kind.ToString())),
        new XElement("td", HtmlPage.Text(row.Family is { } family ? $"{family}, {row.Location}" : row.Scope)),
        new XElement("td", Bar(row)),
        new XElement("td", string.Create(CultureInfo.InvariantCulture, $"{Number(row.Used)} + {Number(row.Needed)} + {Number(row.Reserve)} of {(row.Limit == -1 ? "no limit" : Number(row.Limit))}")),
        new XElement("td", new XAttribute("class", row.Status switch { QuotaStatus.Pass => "pass", QuotaStatus.Fail => "fail", _ => "warn" }),
            HtmlPage.Text($"{row.Status.ToString().ToLowerInvariant()}{(row.Reason is { } reason ? $": {reason}" : "")}")));

    /// <summary>Empty where there is no limit, or none that is known.</summary>
    private static object Bar(QuotaReportRow row)
    {
        if (row.Limit is not > 0)
        {
            return "";
        }

        (string Name, long Amount)[] parts = [("used", row.Used ?? 0), ("needed", row.Needed ?? 0), ("reserve", row.Reserve)];
        // A plan beyond the limit is shown whole, with a line where the limit is.
        var whole = (double)Math.Max(row.Limit.Value, parts.Sum(part => part.Amount));
        var shapes = new List<XElement> { Svg.Rectangle(0, 1, Width, Height, "track") };
        var x = 0.0;
        foreach (var (name, amount) in parts.Where(part => part.Amount > 0))
        {
            shapes.Add(Svg.Rectangle(x, 1, amount / whole * Width, Height, name, string.Create(CultureInfo.InvariantCulture, $"{name} {amount:#,0}")));
            x += amount / whole * Width;
        }

        if (whole > row.Limit.Value)
        {
            var end = row.Limit.Value / whole * Width;
            shapes.Add(Svg.Line(end, 0, end, Height + 2, "over", string.Create(CultureInfo.InvariantCulture, $"limit {row.Limit:#,0}")));
        }

        return Svg.Image(Width, Height + 2, $"{row.Kind} {row.Scope}", shapes);
    }

    private static string Number(long? number) => number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "?";
}
