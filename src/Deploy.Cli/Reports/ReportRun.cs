using Deploy.Cli.Composition;
using Deploy.Core;
using Deploy.Verification.Reports;
using Spectre.Console;

namespace Deploy.Cli.Reports;

/// <summary>Carries a command out and writes its reports however it ends.</summary>
internal static class ReportRun
{
    /// <param name="context">Of the command.</param>
    /// <param name="args">Which reports.</param>
    /// <param name="verb">The command's name.</param>
    /// <param name="command">The command itself; it leaves in the parts what reports show.</param>
    /// <exception cref="FaultsException">A report cannot be written where it should; nothing was called.</exception>
    public static async Task<Outcome> RunAsync(CommandContext context, ReportArgs args, string verb, Func<ReportParts, Task<Outcome>> command)
    {
        var targets = ReportTarget.Open(args.Files, Folder(context));
        var history = EarlierRuns.ReadFolder(args.History, Folder(context));
        var time = context.Streams.TimeProvider;
        var (startedAt, started) = (time.GetUtcNow(), time.GetTimestamp());
        var parts = new ReportParts();
        Outcome outcome;
        try
        {
            outcome = await command(parts);
        }
        catch (Exception exception) when (!Faults.IsDebugged(exception, context))
        {
            outcome = Outcome.Failed(StackLocator.NameOf(context), Faults.Of(exception, context));
        }

        var report = new RunReport
        {
            Command = verb,
            Stack = outcome.Stack,
            StartedAt = startedAt,
            Duration = time.GetElapsedTime(started),
            Result = outcome.Result,
            Errors = outcome.Errors,
            Verification = parts.Verification,
            NotVerified = parts.Verification is null ? WhyNot(verb, parts, outcome) : null,
            Quota = parts.Quota,
            Comparison = parts.Comparison,
            History = [.. history.Where(run => run.Stack == outcome.Stack && run.StartedAt != startedAt)],
            Sources = parts.Sources,
            HelpRoot = Pipeline.HelpRoot(context.Streams),
        };
        return Write(context, ReportRedaction.Clean(report, context.Streams, args.Unredacted), targets, outcome);
    }

    private static Outcome Write(CommandContext context, RunReport report, IReadOnlyList<ReportTarget> targets, Outcome outcome)
    {
        var faults = new List<DeployError>();
        foreach (var target in targets)
        {
            if (target.Write(target.Format.Render(report)) is { } fault)
            {
                faults.Add(fault);
            }
            else
            {
                context.Error.MarkupLineInterpolated($"[grey]{target.Format.Kind} report: {target.Path}[/]");
            }
        }

        Pipeline.Of(context.Streams)?.Tell(context, report, targets.Where(target => target.Format.Kind == "md").Select(target => target.Path).FirstOrDefault());
        return faults.Count == 0 ? outcome : outcome with { Errors = [.. outcome.Errors, .. faults] };
    }

    private static NotVerified WhyNot(string verb, ReportParts parts, Outcome outcome) =>
        parts.LeftOut is { } wanted ? new(wanted, IsWanted: true)
        : outcome.Error is { } error ? new($"`deploy {verb}` ended before verification: {error.Code}, {error.Message}", IsWanted: false)
        : new("There was nothing to verify.", IsWanted: true);

    // As for every other file that the command line names.
    private static string Folder(CommandContext context) => context.Streams.WorkingDirectory;
}
