using Deploy.Environments;
using Deploy.Verification.Reports;

namespace Deploy.Cli.Reports;

/// <summary>A finding as build services show it beside the code.</summary>
/// <param name="IsError">Else a warning.</param>
/// <param name="Code">The error code; empty when there is none.</param>
/// <param name="Title">What it is about, in a few words.</param>
/// <param name="Message">What was found, and what to try.</param>
/// <param name="Place">Where in the settings; null when nowhere.</param>
internal sealed record Annotation(bool IsError, string Code, string Title, string Message, SourceMark? Place)
{
    /// <summary>All findings of a run, failures first.</summary>
    public static IReadOnlyList<Annotation> Of(RunReport report) =>
    [
        .. ReportSuite.Of(report)
            .SelectMany(suite => suite.Cases.Select(item => (suite, item)))
            .Where(pair => pair.item.Status is CheckStatus.Fail or CheckStatus.Inconclusive or CheckStatus.Warn)
            .OrderBy(pair => pair.item.Status switch { CheckStatus.Fail => 0, CheckStatus.Inconclusive => 1, _ => 2 })
            .Select(pair => new Annotation(
                pair.item.Status is CheckStatus.Fail,
                pair.item.Code ?? "",
                $"{pair.item.Code} {pair.suite.Name} {pair.item.Name}".Trim(),
                pair.item.Suggestion is { } suggestion ? $"{pair.item.Message} Try: {suggestion}" : pair.item.Message,
                report.Sources.GetValueOrDefault(pair.suite.Name))),
    ];
}
