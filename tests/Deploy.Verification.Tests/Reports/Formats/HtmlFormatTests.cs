using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Verification.Tests.Reports.Formats;

public sealed class HtmlFormatTests
{
    private static readonly string[] Known =
    [
        "html", "head", "meta", "title", "style", "body", "header", "section", "h1", "h2", "p", "table", "thead", "tbody", "tr", "th", "td", "details", "summary", "span", "b", "strong",
        "div", "svg", "rect", "line", "circle", "polyline", "text", "dl", "dt", "dd", "ul", "li", "code",
    ];

    [Fact]
    public void Render_Page_AllowsItsOwnStyleAndNothingElse()
    {
        var html = Render(SampleReports.Ordinary());
        var style = Regex.Match(html, "<style>(.*?)</style>", RegexOptions.Singleline).Groups[1].Value;
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(style)));

        Assert.Contains($"default-src 'none'; style-src 'sha256-{hash}'", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&", style, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)<script|<link|<iframe|<img|<object|src=|url\\(|@import| on[a-z]+=| style=", html);
    }

    [Fact]
    public void Render_Hostile_MakesNoElementOfText()
    {
        var html = Render(SampleReports.Large(3));
        var page = XDocument.Parse(html["<!DOCTYPE html>".Length..]);

        Assert.Empty(page.Descendants().Select(element => element.Name.LocalName).Except(Known));
        Assert.DoesNotContain("\u202e", html, StringComparison.Ordinal);
        Assert.DoesNotMatch("<(td|th|p|dd|dt|div|span|h1|h2|b|ul|tbody)( [^>]*)?/>", html);
    }

    [Fact]
    public void Render_Ordinary_DrawsLatencyQuotaAndHistory()
    {
        var page = XDocument.Parse(Render(SampleReports.Ordinary())["<!DOCTYPE html>".Length..]);
        var charts = page.Descendants("svg").ToArray();

        // One per endpoint for latency, one per endpoint for history, one per limit that is known.
        Assert.Equal(4 + 4 + 2, charts.Length);
        Assert.Equal(4 * 8, page.Descendants("circle").Count());
        Assert.Single(page.Descendants("line"), line => (string?)line.Attribute("class") == "over");
        Assert.Single(page.Descendants("polyline"));
    }

    [Fact]
    public void Render_Large_KeepsTotals() =>
        Assert.Matches("<th>Endpoints</th><td>300 in all</td><td class=\"fail\">300 fail</td>", Render(SampleReports.Large()));

    private static string Render(RunReport report) => Encoding.UTF8.GetString(ReportFormats.Find("html")!.Render(report));
}
