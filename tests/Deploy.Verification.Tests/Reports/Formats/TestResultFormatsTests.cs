using System.Text;
using System.Xml.Linq;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Verification.Tests.Reports.Formats;

/// <summary>JUnit and TRX.</summary>
public sealed class TestResultFormatsTests
{
    private static readonly XNamespace Trx = "http://microsoft.com/schemas/VisualStudio/TeamTest/2010";

    [Fact]
    public void JUnit_EveryVerdict_HasItsElement()
    {
        var suites = Render("junit", SampleReports.Ordinary()).Elements("testsuite").ToArray();

        Assert.Equal(["assistants/good", "assistants/mini", "assistants/busy", "assistants/odd"], suites.Select(suite => (string?)suite.Attribute("name")));
        Assert.Empty(Case(suites[0], "chat.basic").Elements());
        Assert.Equal("DEP4301", (string?)Case(suites[1], "chat.basic").Element("failure")!.Attribute("type"));
        Assert.Equal("DEP4607", (string?)Case(suites[2], "chat.basic").Element("error")!.Attribute("type"));
        Assert.Contains("DEP4317", (string)Case(suites[3], "chat.basic").Element("system-out")!, StringComparison.Ordinal);
        Assert.Equal("It was seen.", (string?)Case(suites[3], "safety").Element("skipped"));
        Assert.Equal("0.120", (string?)Case(suites[0], "connect").Attribute("time"));
    }

    [Fact]
    public void JUnit_Counts_AreThoseOfTheCases()
    {
        var root = Render("junit", SampleReports.Large());

        Assert.Equal(301, root.Elements("testsuite").Count());
        foreach (var (attribute, element) in new[] { ("failures", "failure"), ("errors", "error") })
        {
            Assert.Equal((int)root.Attribute(attribute)!, root.Descendants(element).Count());
        }

        Assert.Equal((int)root.Attribute("tests")!, root.Descendants("testcase").Count());
    }

    [Theory]
    [InlineData("junit")]
    [InlineData("trx")]
    public void Render_UpThatEndedBefore_SaysSo(string kind)
    {
        var text = Encoding.UTF8.GetString(ReportFormats.Find(kind)!.Render(SampleReports.Ended()));

        Assert.Contains("ended before verification", text, StringComparison.Ordinal);
        Assert.Contains("DEP4701", text, StringComparison.Ordinal);
    }

    [Fact]
    public void JUnit_UpThatEndedBefore_IsOneFailureAndOneError()
    {
        var root = Render("junit", SampleReports.Ended());

        Assert.Equal(("2", "1", "1"), ((string)root.Attribute("tests")!, (string)root.Attribute("failures")!, (string)root.Attribute("errors")!));
    }

    [Fact]
    public void JUnit_HostileText_StaysWordForWordVisible()
    {
        var root = Render("junit", SampleReports.Large(1));
        var message = (string)root.Descendants("failure").Last().Attribute("message")!;

        Assert.Contains("</details></td></table>", message, StringComparison.Ordinal);
        Assert.Contains("[U+202E]flip[U+202C]", message, StringComparison.Ordinal);
        Assert.Contains("[U+0000][U+0001][U+001B]", message, StringComparison.Ordinal);
        Assert.Contains("😀👩\u200d🚀 漢字", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(300)]
    [InlineData(4)]
    public void Trx_Ids_BelongTogether(int endpoints)
    {
        var root = Render("trx", SampleReports.Large(endpoints));
        var results = root.Descendants(Trx + "UnitTestResult").ToArray();
        var definitions = root.Descendants(Trx + "UnitTest").ToDictionary(test => (Guid)test.Attribute("id")!, test => (Guid)test.Element(Trx + "Execution")!.Attribute("id")!);
        var entries = root.Descendants(Trx + "TestEntry").ToDictionary(entry => (Guid)entry.Attribute("testId")!, entry => (Guid)entry.Attribute("executionId")!);
        var lists = root.Descendants(Trx + "TestList").Select(list => (Guid)list.Attribute("id")!).ToHashSet();

        Assert.All(results, result => Assert.Equal(definitions[(Guid)result.Attribute("testId")!], (Guid)result.Attribute("executionId")!));
        Assert.All(results, result => Assert.Equal(entries[(Guid)result.Attribute("testId")!], (Guid)result.Attribute("executionId")!));
        Assert.All(results, result => Assert.Contains((Guid)result.Attribute("testListId")!, lists));
        Assert.Equal(results.Length, definitions.Count);
    }

    [Fact]
    public void Trx_OutcomesAndCounters_Agree()
    {
        var root = Render("trx", SampleReports.Ordinary());
        var counters = root.Descendants(Trx + "Counters").Single();
        int Count(string outcome) => root.Descendants(Trx + "UnitTestResult").Count(result => (string?)result.Attribute("outcome") == outcome);

        Assert.Equal("Failed", (string?)root.Element(Trx + "ResultSummary")!.Attribute("outcome"));
        Assert.Equal((9, 8, 6, 1, 1, 1), (Counter("total"), Counter("executed"), Counter("passed"), Counter("failed"), Counter("inconclusive"), Counter("notExecuted")));
        Assert.Equal((6, 1, 1, 1), (Count("Passed"), Count("Failed"), Count("Inconclusive"), Count("NotExecuted")));

        int Counter(string name) => (int)counters.Attribute(name)!;
    }

    [Fact]
    public void Trx_TwoRuns_KeepTheTestAndChangeTheExecution()
    {
        var later = SampleReports.Ordinary() with { StartedAt = SampleReports.StartedAt.AddHours(1) };
        var (first, second) = (First(SampleReports.Ordinary()), First(later));

        Assert.Equal((string?)first.Attribute("testId"), (string?)second.Attribute("testId"));
        Assert.NotEqual((string?)first.Attribute("executionId"), (string?)second.Attribute("executionId"));

        static XElement First(RunReport report) => Render("trx", report).Descendants(Trx + "UnitTestResult").First();
    }

    private static XElement Render(string kind, RunReport report)
    {
        using var stream = new MemoryStream(ReportFormats.Find(kind)!.Render(report));
        return XDocument.Load(stream).Root!;
    }

    private static XElement Case(XElement suite, string name) => suite.Elements("testcase").Single(item => (string?)item.Attribute("name") == name);
}
