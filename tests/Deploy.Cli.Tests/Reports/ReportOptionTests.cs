using System.Text.Json.Nodes;
using System.Xml.Linq;
using Xunit;

namespace Deploy.Cli.Tests.Reports;

public sealed class ReportOptionTests
{
    private const string Valid = """
        config:
          azure-native:location: eastus2
          phi:cloud: local
          phi:lifecycle: warn
          phi:projects:
            - name: assistants
              endpoints:
                - { name: mini, model: Phi-3-mini-4k-instruct, compute: serverless }
        """;

    // Nothing listens on port 1, so that verification ends at once, and inconclusive.
    private static readonly string[] VerifyNowhere = ["verify", "--endpoint", "http://127.0.0.1:1/", "--timeout", "3s"];

    [Theory]
    [InlineData("pdf=x.pdf")]
    [InlineData("junit")]
    [InlineData("junit=")]
    [InlineData("=x")]
    public async Task RunAsync_UnknownKindOrNoFile_ExitsTwo(string report)
    {
        using var run = new InProcess();

        Assert.Equal(2, await run.RunAsync([.. VerifyNowhere, "--report", report]));

        Assert.Contains("DEP7001", run.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Verifying", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("junit=there", "md=there")]
    [InlineData("junit=folder", "md=y")]
    [InlineData("junit=file/x.xml", "md=y")]
    public async Task RunAsync_FileThatCannotBeWritten_ExitsTwoBeforeAnythingIsCalled(string one, string other)
    {
        using var run = new InProcess();
        Directory.CreateDirectory(Path.Combine(run.Folder, "folder"));
        run.Write("file", "");
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");

        Assert.Equal(2, await run.RunAsync([.. VerifyNowhere, "--report", one, "--report", other]));

        Assert.Contains("DEP7031", run.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Verifying", run.Error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(run.Folder, "y")));
    }

    [Fact]
    public async Task RunAsync_EveryKind_IsWrittenAlthoughTheVerdictIsBad()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        string[] reports = ["junit=out/a.xml", "trx=out/b.trx", "sarif=out/c.sarif", "md=out/d.md", "html=out/e.html", "json=out/f.json"];

        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "-o", "json", .. reports.SelectMany(report => new[] { "--report", report })]));

        var files = Directory.GetFiles(Path.Combine(run.Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal);
        Assert.Equal(["a.xml", "b.trx", "c.sarif", "d.md", "e.html", "f.json"], files);
        await Documents.PublishedSchema.AssertValidAsync("report", Report(run, "out/f.json").ToJsonString());
        Assert.Equal("inconclusive", (string?)Report(run, "out/f.json")["verification"]!["status"]);
        Assert.Equal("inconclusive", (string?)run.Json["status"]);
    }

    [Fact]
    public async Task RunAsync_UpThatEndsEarly_ReportsWhy()
    {
        using var run = new InProcess().WithProject("local", Valid.Replace("Phi-3-mini-4k-instruct", "Phi-9", StringComparison.Ordinal));

        Assert.Equal(2, await run.RunAsync("up", "--yes", "--report", "junit=r.xml", "--report", "json=r.json"));

        await Documents.PublishedSchema.AssertValidAsync("report", Report(run, "r.json").ToJsonString());
        Assert.Contains("ended before verification", (string)Report(run, "r.json")["notVerified"]!, StringComparison.Ordinal);
        Assert.Equal("refused", (string?)Report(run, "r.json")["result"]);
        var junit = XDocument.Load(Path.Combine(run.Folder, "r.xml")).Root!;
        Assert.Equal(("1", "1"), ((string)junit.Attribute("failures")!, (string)junit.Attribute("errors")!));
    }

    [Fact]
    public async Task RunAsync_ReportThatWasThere_IsReplaced()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        run.Write("r.json", new string('x', 1_000_000));

        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "--report", "json=r.json"]));

        Assert.Equal("verify", (string?)Report(run, "r.json")["command"]);
    }

    [Theory]
    [InlineData("--baseline", "missing.json", "DEP7033")]
    [InlineData("--baseline", "other.json", "DEP7033")]
    [InlineData("--history", "missing", "DEP7033")]
    [InlineData("--safety-probe", " ", "DEP7034")]
    public async Task RunAsync_FileThatCannotBeRead_ExitsTwoBeforeAnythingIsCalled(string option, string value, string code)
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        run.Write("other.json", "{}");

        Assert.Equal(2, await run.RunAsync([.. VerifyNowhere, option, value]));

        Assert.Contains(code, run.Error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Verifying", run.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BaselineAndHistory_AreShown()
    {
        using var run = new InProcess();
        run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "--report", "json=old/1.json"]));

        Assert.Equal(11, await run.RunAsync([.. VerifyNowhere, "--max-requests", "5", "--baseline", "old/1.json", "--history", "old", "--report", "json=2.json", "--report", "html=2.html"]));

        Assert.Contains("Nothing differs from the earlier run.", run.Output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Budget: ", run.Output.ToString(), StringComparison.Ordinal);
        Assert.Empty(Report(run, "2.json")["comparison"]!["differences"]!.AsArray());
        Assert.Equal(5, (int)Report(run, "2.json")["verification"]!["budget"]!["maxRequests"]!);
        Assert.Contains("This run and the 1 before it", File.ReadAllText(Path.Combine(run.Folder, "2.html")), StringComparison.Ordinal);
        await Documents.PublishedSchema.AssertValidAsync("report", Report(run, "2.json").ToJsonString());
    }

    [Fact]
    public async Task RunAsync_Ids_AreMaskedUnlessUnredacted()
    {
        const string Tenant = "0a1b2c3d-1111-2222-3333-444444444444";
        foreach (var (option, shown) in new[] { ("--non-interactive", false), ("--unredacted", true) })
        {
            using var run = new InProcess();
            run.Set("AZURE_INFERENCE_CREDENTIAL", "key-for-the-test-0001");
            run.Set("GITHUB_ACTIONS", "true");

            await run.RunAsync("verify", "--endpoint", $"http://127.0.0.1:1/{Tenant}/online/mini", "--timeout", "3s", option, "--report", "json=r.json", "--report", "md=r.md");

            Assert.Equal(shown, File.ReadAllText(Path.Combine(run.Folder, "r.json")).Contains(Tenant, StringComparison.Ordinal));
        }
    }

    private static JsonNode Report(InProcess run, string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(run.Folder, file)))!;
}
