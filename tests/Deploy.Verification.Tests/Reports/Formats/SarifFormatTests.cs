using System.Text.Json.Nodes;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Verification.Tests.Reports.Formats;

public sealed class SarifFormatTests
{
    [Fact]
    public void Render_Ordinary_HasARuleForEachCodeAndAResultForEachFinding()
    {
        var run = Run(SampleReports.Ordinary());

        Assert.Equal(["DEP4301", "DEP4317", "DEP4607"], Rules(run).Select(rule => (string?)rule!["id"]));
        Assert.Equal(["error", "warning", "note"], Results(run).Select(result => (string?)result!["level"]));
        Assert.All(Results(run), result => Assert.Equal((string?)result!["ruleId"], (string?)Rules(run)[(int)result["ruleIndex"]!]!["id"]));
    }

    [Fact]
    public void Render_Endpoint_IsNamedAndPlaced()
    {
        var location = Results(Run(SampleReports.Ordinary()))[0]!["locations"]![0]!;

        Assert.Equal("assistants/mini", (string?)location["logicalLocations"]![0]!["fullyQualifiedName"]);
        Assert.Equal("stacks/Pulumi.dev.yaml", (string?)location["physicalLocation"]!["artifactLocation"]!["uri"]);
        Assert.Equal(8, (int?)location["physicalLocation"]!["region"]!["startLine"]);
    }

    [Fact]
    public void Render_SameFindingWithOtherWords_HasTheSameFingerprint()
    {
        static string? Fingerprint(string message) => (string?)Results(Run(SampleReports.Ordinary() with
        {
            Verification = new() { Endpoints = [SampleReports.Endpoint("mini", SampleReports.Check(CheckId.ChatBasic, Verification.Endpoints.EndpointErrors.WrongAnswer, CheckStatus.Fail, message))] },
        }))[0]!["partialFingerprints"]!["deployFinding/v1"];

        Assert.Equal(Fingerprint("it said 4"), Fingerprint("it said 5"));
        Assert.NotNull(Fingerprint("x"));
    }

    [Fact]
    public void Render_HelpRoot_MakesHelpLinksAbsolute()
    {
        var rule = Rules(Run(SampleReports.Ordinary() with { HelpRoot = new Uri("https://example.com/me/repo/blob/abc/") }))[0]!;

        Assert.Equal("https://example.com/me/repo/blob/abc/docs/errors.md#dep4301", (string?)rule["helpUri"]);
    }

    [Fact]
    public void Render_UpThatEndedBefore_HasTheErrorAndTheNotice()
    {
        var run = Run(SampleReports.Ended());

        Assert.Equal(["DEP4701", "not-verified"], Results(run).Select(result => (string?)result!["ruleId"]));
        Assert.Contains("ended before verification", run["invocations"]![0]!["toolExecutionNotifications"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.False((bool)run["invocations"]![0]!["executionSuccessful"]!);
    }

    [Fact]
    public void Render_Large_KeepsTotalsAndEveryFinding()
    {
        var run = Run(SampleReports.Large());

        Assert.Equal(300, (int)run["properties"]!["endpoints"]!["total"]!);
        Assert.Equal((int)run["properties"]!["checks"]!["fail"]! + 1, Results(run).Count);
        Assert.True(Results(run).Count < 5_000);
    }

    private static JsonArray Rules(JsonNode run) => run["tool"]!["driver"]!["rules"]!.AsArray();

    private static JsonArray Results(JsonNode run) => run["results"]!.AsArray();

    private static JsonNode Run(RunReport report) => JsonNode.Parse(ReportFormats.Find("sarif")!.Render(report))!["runs"]![0]!;
}
