using System.Text.Json.Nodes;
using Deploy.Cli.Reports;
using Xunit;

namespace Deploy.Cli.Tests.Reports;

public sealed class PipelineTests
{
    private static readonly string[] VerifyNowhere = ["verify", "--endpoint", "http://127.0.0.1:1/", "--timeout", "3s"];

    [Fact]
    public async Task RunAsync_OnGitHub_AnnotatesOnStandardErrorAndAppendsTheSummary()
    {
        using var run = OnGitHub();
        var summary = Path.Combine(run.Folder, "summary.md");
        File.WriteAllText(summary, "what was there\n");
        run.Set("GITHUB_STEP_SUMMARY", summary);

        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "-o", "json"]));

        var line = Assert.Single(run.Error.ToString().Split('\n'), line => line.StartsWith("::", StringComparison.Ordinal));
        Assert.Matches("^::warning title=DEP4101 127.0.0.1 connect::", line);
        Assert.NotNull(run.Json["status"]);
        Assert.StartsWith("what was there\n<!-- deploy-report:", File.ReadAllText(summary), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OnAzure_LogsIssuesAndUploadsTheMarkdownReport()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        run.Set("TF_BUILD", "True");

        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "--report", "md=r.md"]));

        var error = run.Error.ToString();
        Assert.Contains("##vso[task.logissue type=warning;code=DEP4101;]DEP4101 127.0.0.1 connect: ", error, StringComparison.Ordinal);
        Assert.Contains($"##vso[task.uploadsummary]{Path.Combine(run.Folder, "r.md")}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OnAzureWithoutReport_UploadsAFileOfTheAgent()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        run.Set("TF_BUILD", "True");
        run.Set("AGENT_TEMPDIRECTORY", run.Folder);

        await run.RunAsync(VerifyNowhere);

        Assert.Contains("deploy verify", File.ReadAllText(Assert.Single(Directory.GetFiles(run.Folder, "deploy-verify-*.md"))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_OutsideOfPipelines_AnnotatesNothing()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");

        await run.RunAsync(VerifyNowhere);

        Assert.DoesNotMatch(@"(?m)^::|##vso", run.Error.ToString());
    }

    [Theory]
    [InlineData("::error::x", "\u200b::")]
    [InlineData("   ::add-mask::x", "   :\u200b:")]
    [InlineData("a\n::error::x", "a\n:\u200b:")]
    [InlineData("a ##vso[task.complete]", "#\u200b#vso")]
    [InlineData("##[error]x", "#\u200b#[")]
    public void GuardedWriter_Commands_LoseTheirPower(string text, string _)
    {
        using var inner = new StringWriter();
        using var writer = new GuardedWriter(inner);

        writer.Write(text);

        Assert.DoesNotMatch(@"(?m)^\s*::|##", inner.ToString());
        Assert.Equal(text, inner.ToString().Replace("\u200b", "", StringComparison.Ordinal));
    }

    [Fact]
    public void GuardedWriter_ColonsWithinALine_Stay()
    {
        using var inner = new StringWriter();
        using var writer = new GuardedWriter(inner);

        writer.Write("urn");
        writer.Write("::x a::b\n");

        Assert.Equal("urn::x a::b\n", inner.ToString());
    }

    [Fact]
    public void InJson_ACommand_IsTheSameTextAndNoCommand()
    {
        var document = new JsonObject { ["message"] = "##vso[task.complete]" }.ToJsonString();

        var safe = GuardedWriter.InJson(document);

        Assert.DoesNotContain("##", safe, StringComparison.Ordinal);
        Assert.Equal("##vso[task.complete]", (string?)JsonNode.Parse(safe)!["message"]);
    }

    private static InProcess OnGitHub()
    {
        var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        run.Set("GITHUB_ACTIONS", "true");
        return run;
    }
}
