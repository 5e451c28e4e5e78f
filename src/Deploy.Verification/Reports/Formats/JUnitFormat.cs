using System.Globalization;
using System.Xml.Linq;

namespace Deploy.Verification.Reports.Formats;

/// <summary>JUnit XML as Jenkins, GitLab and Azure DevOps read it: what failed is a failure, what could not be judged is an error.</summary>
internal sealed class JUnitFormat : IReportFormat
{
    public string Kind => "junit";

    public string Purpose => "test results for Jenkins, GitLab, GitHub actions";

    public byte[] Render(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var suites = ReportSuite.Of(report);
        var all = StatusCounts.Of(suites.SelectMany(suite => suite.Cases).Select(item => item.Status));
        return ReportXml.Render(new XElement(
            "testsuites",
            new XAttribute("name", $"deploy {report.Command}"),
            new XAttribute("tests", all.Total),
            new XAttribute("failures", all.Fail),
            new XAttribute("errors", all.Inconclusive),
            new XAttribute("time", ReportXml.Seconds(report.Duration)),
            suites.Select((suite, at) => Suite(suite, at, report))));
    }

    private static XElement Suite(ReportSuite suite, int at, RunReport report)
    {
        var counts = suite.Counts;
        return new(
            "testsuite",
            new XAttribute("name", ReportXml.Line(suite.Name)),
            new XAttribute("id", at),
            new XAttribute("tests", counts.Total),
            new XAttribute("failures", counts.Fail),
            new XAttribute("errors", counts.Inconclusive),
            new XAttribute("skipped", counts.Skip),
            new XAttribute("time", ReportXml.Seconds(suite.Duration)),
            new XAttribute("timestamp", report.StartedAt.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture)),
            new XElement("properties", Properties(suite, report).Select(item => new XElement("property", new XAttribute("name", item.Name), new XAttribute("value", ReportXml.Line(item.Value))))),
            suite.Cases.Select(item => Case(suite, item, report)));
    }

    private static IEnumerable<(string Name, string Value)> Properties(ReportSuite suite, RunReport report)
    {
        yield return ("status", VerificationJson.Text(suite.Status));
        if (report.Stack is { } stack)
        {
            yield return ("stack", stack);
        }

        if (suite.Endpoint is not { } endpoint)
        {
            yield break;
        }

        yield return ("compute", VerificationJson.Text(endpoint.Compute));
        yield return ("dialect", VerificationJson.Text(endpoint.Dialect));
        yield return ("requests", endpoint.Cost.Requests.ToString(CultureInfo.InvariantCulture));
        yield return ("tokens", endpoint.Cost.Tokens.ToString(CultureInfo.InvariantCulture));
        if (endpoint.Model is { } model)
        {
            yield return ("model", model);
        }

        if (endpoint.Uri is { } uri)
        {
            yield return ("uri", uri.AbsoluteUri);
        }
    }

    private static XElement Case(ReportSuite suite, ReportCase item, RunReport report) => new(
        "testcase",
        new XAttribute("name", ReportXml.Line(item.Name)),
        new XAttribute("classname", ReportXml.Line($"{report.Command}.{suite.Name}")),
        new XAttribute("time", ReportXml.Seconds(item.Duration)),
        item.Status switch
        {
            CheckStatus.Fail => Problem("failure", item),
            CheckStatus.Inconclusive => Problem("error", item),
            CheckStatus.Skip => new XElement("skipped", ReportXml.Text(item.Message)),
            CheckStatus.Warn => new XElement("system-out", ReportXml.Text($"warn {item.Code}: {item.Details()}")),
            _ => null,
        });

    private static XElement Problem(string kind, ReportCase item) => new(
        kind,
        new XAttribute("type", item.Code ?? kind),
        new XAttribute("message", ReportXml.Line(item.Message)),
        ReportXml.Text(item.Details()));
}
