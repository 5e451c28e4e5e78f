using System.Globalization;
using System.Xml.Linq;
using Deploy.Core;

namespace Deploy.Verification.Reports.Formats.Html;

/// <summary>One page that needs nothing else: no script, no request, charts as SVG, readable on a phone and in the dark.</summary>
internal sealed class HtmlFormat : IReportFormat
{
    public string Kind => "html";

    public string Purpose => "one page for people, with charts";

    public byte[] Render(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var title = $"deploy {report.Command}{(report.Stack is { } stack ? $", stack {stack}" : "")}: {report.Result}";
        return HtmlPage.Render(title, [
            new XElement("header", new XElement("h1", HtmlPage.Text(title)), Facts(report)),
            Totals(report),
            .. Errors(report),
            .. Changes(report),
            .. HistoryChart.Section(report),
            .. Endpoints(report),
            .. QuotaChart.Section(report.Quota),
        ]);
    }

    private static XElement Facts(RunReport report) => new("p", string.Create(CultureInfo.InvariantCulture,
        $"{report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC · {report.Duration.TotalSeconds:0.0} s · {report.Cost.Requests:#,0} requests · {report.Cost.Tokens:#,0} tokens"));

    private static XElement Totals(RunReport report) => new(
        "section",
        new XElement("table", new XAttribute("class", "totals"), new XElement("tbody", Row("Endpoints", report.Endpoints), Row("Checks", report.Checks))),
        report.Verification?.Budget is { } budget ? new XElement("p", $"Budget: {budget}.") : null,
        report.NotVerified is { } missing ? new XElement("p", new XElement("strong", "Not verified. "), HtmlPage.Text(missing.Reason)) : null);

    private static XElement Row(string name, StatusCounts counts) => new(
        "tr",
        new XElement("th", name),
        new XElement("td", string.Create(CultureInfo.InvariantCulture, $"{counts.Total} in all")),
        counts.InOrder().Select(item => new XElement("td", item.Number == 0 ? null : new XAttribute("class", VerificationJson.Text(item.Status)),
            string.Create(CultureInfo.InvariantCulture, $"{item.Number} {VerificationJson.Text(item.Status)}"))));

    private static IEnumerable<XElement> Errors(RunReport report)
    {
        var errors = report.OtherErrors.Select(error => new XElement(
            "li",
            Code(report, error.Code, error.Definition),
            HtmlPage.Text($" {error.Message}"),
            error.Suggestion is { } suggestion ? new XElement("p", new XAttribute("class", "try"), HtmlPage.Text(suggestion)) : null)).ToArray();
        return errors.Length == 0 ? [] : [new XElement("section", new XElement("h2", "Errors"), new XElement("ul", errors))];
    }

    private static IEnumerable<XElement> Changes(RunReport report)
    {
        if (report.Comparison is not { } comparison)
        {
            return [];
        }

        var since = comparison.BaselineStartedAt is { } time ? string.Create(CultureInfo.InvariantCulture, $" since {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        var rows = comparison.Differences.Select(item => new XElement(
            "tr", item.IsWorse ? new XAttribute("class", "warn") : null,
            new[] { item.Endpoint, item.What, item.Before, item.Now }.Select(text => new XElement("td", HtmlPage.Text(text)))));
        return
        [
            new XElement("section", new XElement("h2", $"Changes{since}"), comparison.Differences.Count == 0
                ? new XElement("p", "None.")
                : HtmlPage.Wide(new XElement("table", HtmlPage.Head("Endpoint", "What", "Before", "Now"), new XElement("tbody", rows)))),
        ];
    }

    private static IEnumerable<XElement> Endpoints(RunReport report)
    {
        var endpoints = (report.Verification?.Endpoints ?? []).OrderBy(endpoint => endpoint.Status switch
        {
            CheckStatus.Fail => 0,
            CheckStatus.Inconclusive => 1,
            CheckStatus.Warn => 2,
            _ => 3,
        }).ToArray();
        return endpoints.Length == 0 ? [] : [new XElement("section", new XElement("h2", "Endpoints"), endpoints.Select(endpoint => Endpoint(report, endpoint)))];
    }

    private static XElement Endpoint(RunReport report, EndpointReport endpoint) => new(
        "details",
        endpoint.Status == CheckStatus.Pass ? null : new XAttribute("open", ""),
        new XElement("summary", HtmlPage.Badge(endpoint.Status), " ", new XElement("b", HtmlPage.Text(endpoint.FullName)), HtmlPage.Text($" {endpoint.Model ?? "model unknown"}, {VerificationJson.Text(endpoint.Compute)}")),
        new XElement("p", HtmlPage.Text(string.Create(CultureInfo.InvariantCulture,
            $"{endpoint.Uri?.AbsoluteUri ?? "address unknown"} · dialect {VerificationJson.Text(endpoint.Dialect)} · {endpoint.Cost.Requests} requests, {endpoint.Cost.Tokens} tokens · {endpoint.Duration.TotalSeconds:0.0} s"))),
        LatencyChart.Of(endpoint.Latency),
        HtmlPage.Wide(new XElement("table", HtmlPage.Head("Check", "Verdict", "Finding"), new XElement("tbody", endpoint.Checks.Select(check => Check(report, check))))));

    private static XElement Check(RunReport report, CheckReport check) => new(
        "tr",
        new XElement("td", HtmlPage.Text(check.Id.Value)),
        new XElement("td", HtmlPage.Badge(check.Status)),
        new XElement(
            "td",
            check.Code is { } code ? Code(report, code, check.Definition) : null,
            HtmlPage.Text($"{(check.Code is null ? "" : " ")}{check.Message}"),
            check.Suggestion is { } suggestion ? new XElement("p", new XAttribute("class", "try"), HtmlPage.Text(suggestion)) : null,
            check.Status is CheckStatus.Pass or CheckStatus.Skip || check.Evidence.Count == 0 ? null : Evidence(check)));

    private static XElement Evidence(CheckReport check) => new(
        "details",
        new XElement("summary", "Evidence"),
        new XElement("dl", check.Evidence.Select(item => new[] { new XElement("dt", HtmlPage.Text(item.Key)), new XElement("dd", HtmlPage.Text(item.Value.ToString())) })));

    private static XElement Code(RunReport report, string code, ErrorDefinition? definition) => report.HelpRoot is { } root && definition is not null
        ? new("a", new XAttribute("href", new Uri(root, definition.Help).AbsoluteUri), new XAttribute("rel", "noreferrer"), code)
        : new("code", code);
}
