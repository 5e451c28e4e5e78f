using System.Text;
using Deploy.Cli.Terminal;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Cli.Reports;

/// <summary>GitHub Actions: workflow commands, and the file whose Markdown becomes the job's summary.</summary>
internal sealed class GitHubPipeline(Streams streams) : Pipeline
{
    // 1 MiB for all that a step writes into its summary.
    private const int SummaryBytes = 1_048_576;

    protected override string Line(Annotation annotation)
    {
        var place = annotation.Place is { } mark ? $"file={Property(mark.File)},line={mark.Line},col={mark.Column}," : "";
        return $"::{(annotation.IsError ? "error" : "warning")} {place}title={Property(annotation.Title)}::{Escape(annotation.Message)}";
    }

    protected override string? ShowSummary(CommandContext context, RunReport report, string? markdown)
    {
        if (streams.Variable("GITHUB_STEP_SUMMARY") is not { } path)
        {
            return null;
        }

        try
        {
            var taken = File.Exists(path) ? new FileInfo(path).Length : 0;
            var room = (int)Math.Min(SummaryBytes - taken - 1_024, MarkdownFormat.SummaryLimit);
            if (room < MarkdownFormat.SmallestLimit)
            {
                return $"the steps before have filled {taken} of {SummaryBytes} bytes.";
            }

            File.AppendAllText(path, MarkdownFormat.Render(report, room) + "\n", new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    private static string Escape(string text) =>
        text.Replace("%", "%25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Escape(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
