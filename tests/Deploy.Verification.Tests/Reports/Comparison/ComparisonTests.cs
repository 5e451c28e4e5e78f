using System.Text;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Comparison;
using Deploy.Verification.Reports.Formats;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Tests.Reports.Comparison;

public sealed class ComparisonTests
{
    // Values that anyone can count: of C(8,4) = 70 choices one is the greatest, and so on.
    [Theory]
    [InlineData("1 2 3 4", "5 6 7 8", 1.0 / 70)]
    [InlineData("1 2 3 5", "4 6 7 8", 2.0 / 70)]
    [InlineData("1 2 3", "4 5 6", 1.0 / 20)]
    [InlineData("4 5 6", "1 2 3", 1)]
    [InlineData("1 1 1", "1 1 1", 1)]
    [InlineData("1 1 2", "1 2 2", 10.0 / 20)]
    [InlineData("1", "2", 0.5)]
    public void RankTest_Small_IsExact(string before, string now, double expected) => Assert.Equal(expected, RankTest.Greater(Numbers(before), Numbers(now)), 9);

    [Fact]
    public void RankTest_ExactAndApproximate_AgreeWhereTheyMeet()
    {
        var random = new Random(7);
        double[] Draw(int count, double shift) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() + shift)];
        var (before, now) = (Draw(30, 0), Draw(30, 0.15));
        var exact = RankTest.Greater(before, now);
        // One more measurement than is counted exactly.
        var approximate = RankTest.Greater(before, [.. now, now[0]]);

        Assert.InRange(approximate, exact * 0.5, exact * 2);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    public void LatencyChange_FewMeasurements_IsNeverAClaim(int before, int now) =>
        Assert.Equal(ChangeKind.TooFew, Change(Enumerable.Repeat(10.0, before), Enumerable.Repeat(1000.0, now)));

    [Theory]
    [InlineData(2.0, "Slower")]
    [InlineData(0.5, "Faster")]
    [InlineData(1.1, "None")]
    public void LatencyChange_Factor_IsToldFromTheSame(double factor, string kind)
    {
        double[] before = [100, 101, 103, 105, 108, 110, 112];
        Assert.Equal(kind, Change(before, before.Select(value => value * factor)).ToString());
    }

    [Fact]
    public void LatencyChange_OneOutlier_ProvesNothing() => Assert.Equal(ChangeKind.None, Change([100, 101, 102, 103, 104, 105], [100, 101, 102, 103, 104, 90_000]));

    [Fact]
    public void LatencyChange_SmallInMilliseconds_IsNotTold() => Assert.Equal(ChangeKind.None, Change([1, 1.1, 1.2, 1.3, 1.4, 1.5], [3, 3.1, 3.2, 3.3, 3.4, 3.5]));

    [Fact]
    public void LatencyChange_NoDifference_IsRarelyClaimed()
    {
        // The same spread before and now, a thousand times: at one in a hundred and a quarter of difference, hardly ever.
        var random = new Random(11);
        double[] Draw() => [.. Enumerable.Range(0, 10).Select(_ => 100 * Math.Exp(random.NextDouble() - 0.5))];
        var claims = Enumerable.Range(0, 1000).Count(_ => Change(Draw(), Draw()) is ChangeKind.Slower or ChangeKind.Faster);

        Assert.InRange(claims, 0, 20);
    }

    [Fact]
    public void Read_AReport_GivesTheRunBack()
    {
        var report = SampleReports.Ordinary();
        var run = EarlierRunReader.Read(Encoding.UTF8.GetString(ReportFormats.Find("json")!.Render(report)))!;

        Assert.Equal((report.StartedAt, "dev", CheckStatus.Fail), (run.StartedAt!.Value, run.Stack, run.Status!.Value));
        Assert.Equal(CheckStatus.Inconclusive, run.Find("assistants/busy")!.Checks["chat.basic"]);
        Assert.Equal(report.Verification!.Endpoints[0].Latency!.Samples!.Total, run.Find("assistants/good")!.Latency!.Samples!.Total);
        Assert.Empty(RunComparer.Compare(run, report.Verification).Differences);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{ \"schemaVersion\": 1 }")]
    [InlineData("{ \"schemaVersion\": 1, \"endpoints\": [ { \"name\": 7 } ] }")]
    [InlineData("{ \"schemaVersion\": 1, \"endpoints\": [ { \"name\": \"x\", \"status\": \"odd\" } ] }")]
    public void Read_AnythingElse_IsNoRun(string text) => Assert.Null(EarlierRunReader.Read(text));

    [Fact]
    public void Compare_Runs_NamesWhatChanged()
    {
        var before = EarlierRunReader.Read(Encoding.UTF8.GetString(ReportFormats.Find("json")!.Render(SampleReports.Ordinary())))!;
        var now = new VerificationReport
        {
            Endpoints =
            [
                SampleReports.Endpoint("good", SampleReports.Check(CheckId.Connect), SampleReports.Check(CheckId.ChatBasic, Verification.Endpoints.EndpointErrors.Echo, CheckStatus.Fail)),
                SampleReports.Endpoint("mini", SampleReports.Check(CheckId.Connect), SampleReports.Check(CheckId.ChatBasic)) with { Model = "Phi-4" },
                SampleReports.Endpoint("fresh", SampleReports.Check(CheckId.Connect)),
            ],
        };

        var told = RunComparer.Compare(before, now).Differences.Select(item => $"{item.Endpoint} {item.What} {item.Before}>{item.Now}{(item.IsWorse ? " worse" : "")}");

        Assert.Equal(
            [
                "assistants/good chat.basic pass>fail worse",
                "assistants/mini model Phi-4-mini-instruct>Phi-4",
                "assistants/mini chat.basic fail>pass",
                "assistants/fresh endpoint not there>pass",
                "assistants/busy endpoint inconclusive>not there worse",
                "assistants/odd endpoint warn>not there worse",
            ],
            told);
    }

    private static double[] Numbers(string text) => [.. text.Split(' ').Select(double.Parse)];

    private static ChangeKind Change(IEnumerable<double> before, IEnumerable<double> now) =>
        Assert.Single(LatencyChange.Of(Latency(before), Latency(now))).Kind;

    private static LatencyReport Latency(IEnumerable<double> milliseconds)
    {
        TimeSpan[] times = [.. milliseconds.Select(TimeSpan.FromMilliseconds)];
        return new() { Samples = new LatencySamples { Asked = times.Length, Answered = times.Length, Total = times } };
    }
}
