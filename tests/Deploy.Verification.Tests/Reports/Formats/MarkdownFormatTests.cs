using System.Text;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Verification.Tests.Reports.Formats;

public sealed class MarkdownFormatTests
{
    [Fact]
    public void Render_Ordinary_SaysWhatMatters()
    {
        var text = MarkdownFormat.Render(SampleReports.Ordinary(), MarkdownFormat.CommentLimit);

        Assert.StartsWith("<!-- deploy-report:dev -->\n## ❌ deploy verify, stack dev: failed", text, StringComparison.Ordinal);
        Assert.Contains("| Endpoints | 4 | 1 | 1 | 1 | 1 | 0 |", text, StringComparison.Ordinal);
        Assert.Contains("| assistants&#47;mini | chat&#46;basic | ❌ fail | DEP4301 | It was seen. |", text, StringComparison.Ordinal);
        Assert.Contains("short of 4", text, StringComparison.Ordinal);
        Assert.Contains("| assistants&#47;mini | chat&#46;basic | pass | fail | worse |", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MarkdownFormat.CommentLimit, 65_536)]
    [InlineData(MarkdownFormat.SummaryLimit, 1_048_576)]
    [InlineData(MarkdownFormat.SmallestLimit, MarkdownFormat.SmallestLimit)]
    public void Render_Large_StaysUnderTheLimitWithTotalsIntact(int limit, int most)
    {
        var report = SampleReports.Large(1_000);

        var text = MarkdownFormat.Render(report, limit);

        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1, most);
        Assert.Contains("| Endpoints | 1000 | 1000 | 0 | 0 | 0 | 0 |", text, StringComparison.Ordinal);
        Assert.Contains($"| Checks | {report.Checks.Total} | {report.Checks.Fail} |", text, StringComparison.Ordinal);
        Assert.Contains("endpoints are left out here for lack of room", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_ThreeHundredHostileEndpoints_FitsACommentWithTotals()
    {
        var text = MarkdownFormat.Render(SampleReports.Large(), MarkdownFormat.CommentLimit);

        Assert.InRange(text.Length, 1, 65_536);
        Assert.Contains("| Endpoints | 300 | 300 |", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Render_Hostile_LeavesNoMarkup()
    {
        var text = MarkdownFormat.Render(SampleReports.Large(2), MarkdownFormat.SummaryLimit);
        var lines = text.Split('\n');

        foreach (var markup in (string[])["<script", "</details>", "<img", "`c`", "**d**", "@octocat", "&#64;octocat", "#123", "&#35;123", "](java", "https:", "www.evil", "::error", "##vso", "\u202e", "\u0000", "\u001b"])
        {
            Assert.DoesNotContain(markup, text, StringComparison.OrdinalIgnoreCase);
        }

        // The marker is the only HTML, and every row of a table has the cells of its head.
        Assert.Equal(1, text.Count(letter => letter == '<'));
        Assert.All(lines.Where(line => line.StartsWith("| assistants", StringComparison.Ordinal)), line => Assert.Contains(line.Count(letter => letter == '|'), (int[])[6, 7, 8]));
    }

    [Fact]
    public void Render_UpThatEndedBefore_SaysSo() =>
        Assert.Contains("**Not verified.**", MarkdownFormat.Render(SampleReports.Ended(), MarkdownFormat.CommentLimit), StringComparison.Ordinal);
}
