using Deploy.Cli.Terminal;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Reports;

/// <summary>The build service that this process runs in, and how it is told about findings.</summary>
internal abstract class Pipeline
{
    // GitHub shows ten of a level for a step and drops the rest without a word; Azure DevOps shows ten of a task on its summary.
    protected const int MostOfALevel = 10;

    private const int MostCharacters = 1_000;

    /// <summary>Null outside of a pipeline, and in one that is not known.</summary>
    public static Pipeline? Of(Streams streams) =>
        streams.Variable("GITHUB_ACTIONS") == "true" ? new GitHubPipeline(streams)
        : string.Equals(streams.Variable("TF_BUILD"), "true", StringComparison.OrdinalIgnoreCase) ? new AzurePipeline(streams)
        : null;

    /// <summary>The address of this repository's root at the commit that is built, so that help links lead somewhere; null when it is not known.</summary>
    public static Uri? HelpRoot(Streams streams)
    {
        var (server, repository, commit) = (streams.Variable("GITHUB_SERVER_URL"), streams.Variable("GITHUB_REPOSITORY"), streams.Variable("GITHUB_SHA"));
        return server is not null && repository is not null && Uri.TryCreate($"{server}/{repository}/blob/{commit ?? "HEAD"}/", UriKind.Absolute, out var root) && root.Scheme == Uri.UriSchemeHttps
            ? root
            : null;
    }

    /// <summary>Writes annotations to standard error, whose lines the service reads like those of standard output, and shows the summary.</summary>
    /// <param name="context">Of the command.</param>
    /// <param name="report">What to tell; free of secrets already.</param>
    /// <param name="markdown">A Markdown report that was written anyway; null when none was.</param>
    public void Tell(CommandContext context, RunReport report, string? markdown)
    {
        var all = Annotation.Of(report);
        foreach (var level in all.GroupBy(annotation => annotation.IsError).OrderByDescending(group => group.Key))
        {
            var shown = level.Count() <= MostOfALevel ? [.. level] : level.Take(MostOfALevel - 1).Append(Rest(level.Key, level.Count() - MostOfALevel + 1)).ToArray();
            foreach (var annotation in shown)
            {
                context.Streams.Error.WriteLine(Line(annotation with
                {
                    Title = VisibleText.Line(annotation.Title),
                    Message = VisibleText.Cut(VisibleText.Line(annotation.Message), MostCharacters),
                }));
            }
        }

        if (ShowSummary(context, report, markdown) is { } fault)
        {
            context.Note($"The summary could not be shown: {fault}");
        }
    }

    /// <summary>An annotation as the one line that the service understands.</summary>
    protected abstract string Line(Annotation annotation);

    /// <returns>What went wrong; null when nothing did.</returns>
    protected abstract string? ShowSummary(CommandContext context, RunReport report, string? markdown);

    private static Annotation Rest(bool isError, int number) => new(isError, "", $"{number} more", $"{number} more findings of this level are in the log and in the reports.", null);
}
