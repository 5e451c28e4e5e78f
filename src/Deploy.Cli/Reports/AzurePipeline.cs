using System.Text;
using Deploy.Cli.Terminal;
using Deploy.Verification.Reports;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Cli.Reports;

/// <summary>Azure DevOps: logging commands, and a file that is uploaded as a part of the run's summary.</summary>
internal sealed class AzurePipeline(Streams streams) : Pipeline
{
    protected override string Line(Annotation annotation)
    {
        var place = annotation.Place is { } mark ? $"sourcepath={Property(mark.File)};linenumber={mark.Line};columnnumber={mark.Column};" : "";
        var code = annotation.Code.Length > 0 ? $"code={Property(annotation.Code)};" : "";
        return $"##vso[task.logissue type={(annotation.IsError ? "error" : "warning")};{place}{code}]{Escape($"{annotation.Title}: {annotation.Message}")}";
    }

    protected override string? ShowSummary(CommandContext context, RunReport report, string? markdown)
    {
        var path = markdown;
        try
        {
            if (path is null)
            {
                if (streams.Variable("AGENT_TEMPDIRECTORY") is not { } folder)
                {
                    return null;
                }

                // The agent takes the file after the process has ended, and clears the folder itself.
                path = Path.Combine(folder, $"deploy-{report.Command}-{Guid.NewGuid():N}.md");
                File.WriteAllText(path, MarkdownFormat.Render(report, MarkdownFormat.SummaryLimit), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
            }

            context.Streams.Error.WriteLine($"##vso[task.uploadsummary]{Escape(path)}");
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return exception.Message;
        }
    }

    // The agent reads %AZP25 as a per cent sign, and %25 as it stands.
    private static string Escape(string text) =>
        text.Replace("%", "%AZP25", StringComparison.Ordinal).Replace("\r", "%0D", StringComparison.Ordinal).Replace("\n", "%0A", StringComparison.Ordinal);

    private static string Property(string text) => Escape(text).Replace(";", "%3B", StringComparison.Ordinal).Replace("]", "%5D", StringComparison.Ordinal);
}
