using Deploy.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Reports;

public sealed class StatusRuleTests
{
    [Theory]
    [InlineData("pass pass skip", "Pass")]
    [InlineData("pass warn skip", "Warn")]
    [InlineData("warn inconclusive", "Inconclusive")]
    [InlineData("inconclusive fail warn", "Fail")]
    [InlineData("skip skip", "Inconclusive")]
    public void OfEndpoint_Checks_AddUp(string checks, string expected) => Assert.Equal(expected, Endpoint(checks).Status.ToString());

    [Theory]
    [InlineData("pass|warn", ExitCode.Ok)]
    [InlineData("pass|inconclusive", ExitCode.VerificationInconclusive)]
    [InlineData("fail|inconclusive", ExitCode.VerificationFailed)]
    public void ExitCode_Report_TenGoesBeforeEleven(string endpoints, ExitCode expected)
    {
        var report = Report(endpoints);
        Assert.Equal(expected, report.ExitCode);
        Assert.Equal(expected, report.ToError()?.ExitCode ?? ExitCode.Ok);
    }

    [Fact]
    public void ToError_FailedEndpoint_NamesEndpointCheckAndCode()
    {
        var error = Report("pass|fail").ToError()!;
        Assert.Contains("1 of 2 endpoints", error.Message, StringComparison.Ordinal);
        Assert.Contains("e1: connect DEP4101, words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ToDocument_Reports_FollowTheSchema()
    {
        ReportSchema.AssertValid(VerificationJson.ToDocument(Report("pass|fail|inconclusive|warn skip")).ToJsonString());
        ReportSchema.AssertValid(VerificationJson.ToDocument(null, EndpointErrors.ReadFailed.With("no such stack")).ToJsonString());
        ReportSchema.AssertValid(VerificationJson.ToDocument(Report("pass"), result: "cancelled").ToJsonString());
    }

    [Theory]
    [InlineData("\"pass\"", "\"good\"")]
    [InlineData("\"serverless\"", "\"cloud\"")]
    [InlineData("\"connect\"", "\"ping\"")]
    [InlineData("\"schemaVersion\":1", "\"schemaVersion\":2")]
    public void Schema_ForeignWords_AreRefused(string word, string foreign)
    {
        var json = VerificationJson.ToDocument(Report("pass")).ToJsonString();
        Assert.Contains(word, json, StringComparison.Ordinal);
        Assert.False(ReportSchema.IsValid(json.Replace(word, foreign, StringComparison.Ordinal)));
    }

    private static VerificationReport Report(string endpoints) => new() { Endpoints = [.. endpoints.Split('|').Select((checks, at) => Endpoint(checks, $"e{at}"))] };

    private static EndpointReport Endpoint(string checks, string name = "e") => new()
    {
        Name = name,
        Compute = ComputeKind.Serverless,
        Checks = [.. checks.Split(' ').Select(status => new CheckReport
        {
            Id = CheckId.Connect,
            Status = Enum.Parse<CheckStatus>(status, ignoreCase: true),
            Code = status is "pass" or "skip" ? null : "DEP4101",
            Message = "words.",
        })],
    };
}
