using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace Deploy.Verification.Reports.Formats;

/// <summary>Visual Studio's test results (TRX, schema of 2010), as <c>PublishTestResults@2</c> reads them.</summary>
internal sealed class TrxFormat : IReportFormat
{
    private static readonly XNamespace Schema = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    // Both are Visual Studio's own: the type of a unit test, and the list of results that are in no other list.
    private const string UnitTestType = "13cdc9d9-ddb5-4fa4-a97d-d965ccfc6d4b";
    private const string ResultsList = "8c84fa94-04c1-424b-9868-57a2d4851a1d";
    private const string LoadedList = "19431567-8539-422a-85d7-44ee4e166bda";

    public string Kind => "trx";

    public string Purpose => "test results for Azure DevOps and Visual Studio";

    public byte[] Render(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var tests = ReportSuite.Of(report).SelectMany(suite => suite.Cases.Select(item => new Test(suite, item, report))).ToArray();
        var (started, ended) = (Time(report.StartedAt), Time(report.StartedAt + report.Duration));
        return ReportXml.Render(new XElement(
            Schema + "TestRun",
            new XAttribute("id", Id("run", report.Command, report.Stack ?? "", started)),
            new XAttribute("name", ReportXml.Line($"deploy {report.Command} {report.Stack} {started}")),
            new XElement(Schema + "Times", new XAttribute("creation", started), new XAttribute("queuing", started), new XAttribute("start", started), new XAttribute("finish", ended)),
            new XElement(Schema + "Results", tests.Select(Result)),
            new XElement(Schema + "TestDefinitions", tests.Select(Definition)),
            new XElement(Schema + "TestEntries", tests.Select(test => new XElement(
                Schema + "TestEntry", new XAttribute("testId", test.TestId), new XAttribute("executionId", test.ExecutionId), new XAttribute("testListId", ResultsList)))),
            new XElement(Schema + "TestLists", List("Results Not in a List", ResultsList), List("All Loaded Results", LoadedList)),
            Summary(report, StatusCounts.Of(tests.Select(test => test.Case.Status)))));
    }

    private static XElement Result(Test test) => new(
        Schema + "UnitTestResult",
        new XAttribute("executionId", test.ExecutionId),
        new XAttribute("testId", test.TestId),
        new XAttribute("testName", ReportXml.Line(test.Name)),
        new XAttribute("computerName", "deploy"),
        new XAttribute("duration", test.Case.Duration.ToString("c", CultureInfo.InvariantCulture)),
        new XAttribute("startTime", test.Started),
        new XAttribute("endTime", test.Ended),
        new XAttribute("testType", UnitTestType),
        new XAttribute("outcome", Outcome(test.Case.Status)),
        new XAttribute("testListId", ResultsList),
        test.Case.Status == CheckStatus.Pass ? null : new XElement(Schema + "Output", Output(test.Case)));

    private static XElement Output(ReportCase item) => item.Status switch
    {
        CheckStatus.Warn => new(Schema + "StdOut", ReportXml.Text($"warn {item.Code}: {item.Details()}")),
        _ => new(
            Schema + "ErrorInfo",
            new XElement(Schema + "Message", ReportXml.Text(item.Code is { } code ? $"{code}: {item.Message}" : item.Message)),
            item.Status == CheckStatus.Skip ? null : new XElement(Schema + "StackTrace", ReportXml.Text(item.Details()))),
    };

    private static XElement Definition(Test test) => new(
        Schema + "UnitTest",
        new XAttribute("name", ReportXml.Line(test.Name)),
        new XAttribute("storage", "deploy"),
        new XAttribute("id", test.TestId),
        new XElement(Schema + "Execution", new XAttribute("id", test.ExecutionId)),
        new XElement(
            Schema + "TestMethod",
            new XAttribute("codeBase", "deploy"),
            new XAttribute("adapterTypeName", "deploy"),
            new XAttribute("className", ReportXml.Line(test.Suite.Name)),
            new XAttribute("name", ReportXml.Line(test.Case.Name))));

    private static XElement List(string name, string id) => new(Schema + "TestList", new XAttribute("name", name), new XAttribute("id", id));

    private static XElement Summary(RunReport report, StatusCounts counts)
    {
        (string Name, int Number)[] counters =
        [
            ("total", counts.Total), ("executed", counts.Total - counts.Skip), ("passed", counts.Pass + counts.Warn), ("failed", counts.Fail), ("error", 0), ("timeout", 0),
            ("aborted", 0), ("inconclusive", counts.Inconclusive), ("passedButRunAborted", 0), ("notRunnable", 0), ("notExecuted", counts.Skip), ("disconnected", 0),
            ("warning", 0), ("completed", 0), ("inProgress", 0), ("pending", 0),
        ];
        return new(
            Schema + "ResultSummary",
            new XAttribute("outcome", counts.Fail > 0 ? "Failed" : counts.Inconclusive > 0 ? "Inconclusive" : "Completed"),
            new XElement(Schema + "Counters", counters.Select(counter => new XAttribute(counter.Name, counter.Number))),
            new XElement(Schema + "Output", new XElement(Schema + "StdOut", ReportXml.Text($"Endpoints: {report.Endpoints}. Checks: {report.Checks}."))));
    }

    private static string Outcome(CheckStatus status) => status switch
    {
        CheckStatus.Fail => "Failed",
        CheckStatus.Inconclusive => "Inconclusive",
        CheckStatus.Skip => "NotExecuted",
        _ => "Passed",
    };

    private static string Time(DateTimeOffset time) => time.ToString("yyyy-MM-ddTHH:mm:ss.fffffffzzz", CultureInfo.InvariantCulture);

    /// <summary>The same words give the same GUID, so that a test keeps its history over runs.</summary>
    private static Guid Id(params string[] words) => new(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))).AsSpan(0, 16));

    private sealed class Test(ReportSuite suite, ReportCase item, RunReport report)
    {
        public ReportSuite Suite => suite;

        public ReportCase Case => item;

        public string Name => $"{suite.Name} {item.Name}";

        public Guid TestId { get; } = Id("test", report.Stack ?? "", suite.Name, item.Name);

        public Guid ExecutionId { get; } = Id("execution", Time(report.StartedAt), report.Stack ?? "", suite.Name, item.Name);

        public string Started => Time(report.StartedAt);

        public string Ended => Time(report.StartedAt + item.Duration);
    }
}
