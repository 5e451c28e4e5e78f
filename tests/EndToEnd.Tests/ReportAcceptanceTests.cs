using System.Text.Json.Nodes;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;
using Deploy.Verification.Tests.Reports;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Reports before judges that nobody here wrote: schemas from npm, and a browser.</summary>
public sealed class ReportAcceptanceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("deploy-reports-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Schemas_EveryReport_IsValid()
    {
        Node.SkipUnlessUsable();
        var files = ((string[])["junit", "sarif", "json"]).SelectMany(Write).ToArray();

        var faults = await RunAsync("validate.mjs", [Path.Combine(Repository.Root, "docs", "schemas"), .. files]);

        Assert.Equal(files.Length, faults.Count);
        Assert.All(faults, pair => Assert.True(pair.Value!.AsArray().Count == 0, $"{pair.Key}: {pair.Value.ToJsonString()}"));
    }

    [Fact]
    public async Task Schemas_BrokenReports_AreRefused()
    {
        Node.SkipUnlessUsable();
        string[] files = [.. ((string[])["junit", "sarif", "json"]).SelectMany(Write).Where(file => file.Contains("ordinary", StringComparison.Ordinal))];
        foreach (var (file, word) in files.Zip((string[])["<testcase", "\"ruleId\"", "\"startedAt\""]))
        {
            var text = File.ReadAllText(file);
            Assert.Contains(word, text, StringComparison.Ordinal);
            File.WriteAllText(file, text.Replace(word, word.Insert(2, "x"), StringComparison.Ordinal).Replace("</testcase>", "</txestcase>", StringComparison.Ordinal));
        }

        var faults = await RunAsync("validate.mjs", [Path.Combine(Repository.Root, "docs", "schemas"), .. files]);

        Assert.All(faults, pair => Assert.NotEmpty(pair.Value!.AsArray()));
    }

    [Fact]
    public async Task Chromium_HtmlReports_AreQuietAloneAndNarrow()
    {
        Node.SkipUnlessUsable();
        Assert.SkipUnless(Chromium() is not null, "chromium is not on PATH.");
        var files = Write("html").ToArray();

        var pages = await RunAsync("page.mjs", [Chromium()!, Path.Combine(_folder, "profile"), .. files]);

        Assert.Equal(files.Length, pages.Count);
        foreach (var (file, schemes) in pages)
        {
            foreach (var (scheme, page) in schemes!.AsObject())
            {
                foreach (var nothing in (string[])["console", "requests", "wide"])
                {
                    Assert.True(page![nothing]!.AsArray().Count == 0, $"{file}, {scheme}, {nothing}: {page[nothing]!.ToJsonString()}");
                }

                Assert.Equal(0, (int)page!["scripts"]!);
                Assert.Contains("deploy ", (string)page["text"]!, StringComparison.Ordinal);
            }

            Assert.Equal("rgb(255, 255, 255)", (string?)schemes["light"]!["background"]);
            Assert.Equal("rgb(22, 22, 22)", (string?)schemes["dark"]!["background"]);
        }
    }

    private IEnumerable<string> Write(string kind)
    {
        foreach (var (name, report) in new[] { ("ordinary", SampleReports.Ordinary()), ("large", SampleReports.Large(60)), ("ended", SampleReports.Ended()) })
        {
            // As the command writes them: what no encoding can hold is replaced before.
            var clean = ReportTexts.Map(report, VisibleText.WellFormed);
            var file = Path.Combine(_folder, $"{name}.{(kind == "junit" ? "xml" : kind)}");
            File.WriteAllBytes(file, ReportFormats.Find(kind)!.Render(clean));
            yield return file;
        }
    }

    private static async Task<JsonObject> RunAsync(string program, params IReadOnlyList<string> arguments)
    {
        using var run = ProcessRun.Start(Checkout.Conformance, new Dictionary<string, string?>(), "node", [Path.Combine(Checkout.Conformance, "reports", program), .. arguments]);
        var outcome = await run.WaitAsync();
        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        return outcome.Json;
    }

    private static string? Chromium() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists);
}
