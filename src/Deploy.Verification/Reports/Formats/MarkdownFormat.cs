using System.Globalization;
using System.Text;
using Deploy.Verification.Quota;
using Deploy.Verification.Reports.Latency;

namespace Deploy.Verification.Reports.Formats;

/// <summary>Markdown for a job summary or a comment: totals first, then what needs attention, then everything else as far as there is room.</summary>
public sealed class MarkdownFormat : IReportFormat
{
    /// <summary>What a comment on GitHub may have is 65,536 characters; some are left for whoever adds a line.</summary>
    public const int CommentLimit = 65_000;

    /// <summary>A job summary may have 1 MiB; no character takes more than four bytes, and most take one.</summary>
    public const int SummaryLimit = 1_000_000;

    /// <summary>What totals, headings and the sentences about what is left out take at most.</summary>
    public const int SmallestLimit = 8_000;

    private const int MessageLength = 400;
    private const int NameLength = 80;

    public string Kind => "md";

    public string Purpose => "a comment or a job summary";

    public byte[] Render(RunReport report) => Encoding.UTF8.GetBytes(Render(report, CommentLimit));

    /// <param name="report">What to write.</param>
    /// <param name="limit">Bytes it may have as UTF-8, and so characters as well; totals are kept whatever is cut.</param>
    public static string Render(RunReport report, int limit)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, SmallestLimit);
        var page = new MarkdownPage(limit);
        // A pipeline finds its own comment by this line and replaces it.
        page.Must($"<!-- deploy-report:{Marker(report.Stack ?? report.Command)} -->\n");
        page.Must($"## {Mark(Overall(report))} deploy {report.Command}{(report.Stack is { } stack ? $", stack {Text(stack, NameLength)}" : "")}: {report.Result}\n\n");
        Totals(page, report);
        Errors(page, report);
        Attention(page, report);
        page.Rows("### Endpoints", ["Endpoint", "Verdict", "Model", "First token", "Total", "Requests", "Tokens"], [.. (report.Verification?.Endpoints ?? []).Select(EndpointRow)], "endpoints");
        Latency(page, report);
        Comparison(page, report);
        Quota(page, report.Quota);
        return page.ToString();
    }

    private static CheckStatus Overall(RunReport report) => report.Result switch
    {
        "succeeded" => report.Verification?.Status ?? CheckStatus.Skip,
        _ => report.Verification?.Status is { } status and (CheckStatus.Fail or CheckStatus.Inconclusive) ? status : CheckStatus.Fail,
    };

    private static void Totals(MarkdownPage page, RunReport report)
    {
        page.Must("| | Total | Fail | Inconclusive | Warn | Pass | Skip |\n|---|---:|---:|---:|---:|---:|---:|\n");
        foreach (var (name, counts) in new[] { ("Endpoints", report.Endpoints), ("Checks", report.Checks) })
        {
            page.Must(string.Create(CultureInfo.InvariantCulture,
                $"| {name} | {counts.Total} | {counts.Fail} | {counts.Inconclusive} | {counts.Warn} | {counts.Pass} | {counts.Skip} |\n"));
        }

        page.Must(string.Create(CultureInfo.InvariantCulture,
            $"\n{report.StartedAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {report.Duration.TotalSeconds:0.0} s, {report.Cost.Requests:#,0} requests, {report.Cost.Tokens:#,0} tokens.\n"));
        if (report.Verification?.Budget is { } budget)
        {
            page.Must($"\nBudget: {budget}.\n");
        }

        if (report.NotVerified is { } missing)
        {
            page.Must($"\n**Not verified.** {Text(missing.Reason, MessageLength)}\n");
        }
    }

    private static void Errors(MarkdownPage page, RunReport report) => page.Rows(
        "### Errors",
        ["Code", "What", "Try"],
        [.. report.OtherErrors.Select(error => Row(Help(report, error.Code, error.Help), Text(error.Message, MessageLength), Text(error.Suggestion ?? "", MessageLength)))],
        "errors");

    private static void Attention(MarkdownPage page, RunReport report)
    {
        var findings = (report.Verification?.Endpoints ?? [])
            .SelectMany(endpoint => endpoint.Checks.Select(check => (endpoint, check)))
            .Where(item => item.check.Status is not (CheckStatus.Pass or CheckStatus.Skip))
            .OrderBy(item => item.check.Status switch { CheckStatus.Fail => 0, CheckStatus.Inconclusive => 1, _ => 2 });
        page.Rows(
            "### Needs attention",
            ["Endpoint", "Check", "Verdict", "Code", "Finding", "Try"],
            [.. findings.Select(item => Row(
                Text(item.endpoint.FullName, NameLength), Text(item.check.Id.Value, NameLength), Verdict(item.check.Status),
                item.check.Definition is { } definition ? Help(report, definition.Code, definition.Help) : Text(item.check.Code ?? "", NameLength),
                Text(item.check.Message, MessageLength), Text(item.check.Suggestion ?? "", MessageLength)))],
            "findings");
    }

    private static string EndpointRow(EndpointReport endpoint) => Row(
        Text(endpoint.FullName, NameLength), Verdict(endpoint.Status), Text(endpoint.Model ?? "?", NameLength),
        Time(endpoint.Latency?.FirstToken), Time(endpoint.Latency?.Total), Number(endpoint.Cost.Requests), Number(endpoint.Cost.Tokens));

    private static void Latency(MarkdownPage page, RunReport report)
    {
        var rows = (report.Verification?.Endpoints ?? [])
            .Where(endpoint => endpoint.Latency?.Samples is not null)
            .SelectMany(endpoint => endpoint.Latency!.Samples!.Measures().Select(measure => (endpoint, measure.Name, measure.Times.Count, Percentiles: Percentiles.Of(measure.Times))))
            .Where(item => item.Percentiles is not null)
            .Select(item => Row(
                Text(item.endpoint.FullName, NameLength), LatencyMeasures.Words(item.Name), Number(item.Count),
                Time(item.Percentiles!.P50), Time(item.Percentiles.P90), Time(item.Percentiles.P99)));
        page.Rows("### Latency", ["Endpoint", "Measure", "n", "p50", "p90", "p99"], [.. rows], "measures");
    }

    private static void Comparison(MarkdownPage page, RunReport report)
    {
        var since = report.Comparison?.BaselineStartedAt is { } time ? string.Create(CultureInfo.InvariantCulture, $" since {time.UtcDateTime:yyyy-MM-dd HH:mm} UTC") : "";
        page.Rows(
            $"### Changes{since}",
            ["Endpoint", "What", "Before", "Now", ""],
            [.. (report.Comparison?.Differences ?? []).Select(item => Row(
                Text(item.Endpoint, NameLength), Text(item.What, NameLength), Text(item.Before, NameLength), Text(item.Now, NameLength), item.IsWorse ? "worse" : ""))],
            "changes");
    }

    private static void Quota(MarkdownPage page, QuotaReport? quota) => page.Rows(
        "### Quota",
        ["Limit", "Scope", "Used", "Limit is", "Needed", "Reserve", "Headroom", "Verdict"],
        [.. (quota?.Rows ?? []).OrderBy(row => row.Status switch { QuotaStatus.Fail => 0, QuotaStatus.Unverified => 1, _ => 2 }).Select(row => Row(
            Text(row.Kind.ToString(), NameLength), Text(row.Family is { } family ? $"{family}, {row.Location}" : row.Scope, NameLength),
            Number(row.Used), row.Limit == -1 ? "none" : Number(row.Limit), Number(row.Needed), Number(row.Reserve), Number(row.Headroom),
            Text($"{row.Status.ToString().ToLowerInvariant()}{(row.Reason is { } reason ? $": {reason}" : "")}", MessageLength)))],
        "rows");

    private static string Row(params IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    private static string Verdict(CheckStatus status) => $"{Mark(status)} {VerificationJson.Text(status)}";

    private static string Mark(CheckStatus status) => status switch
    {
        CheckStatus.Pass => "✅",
        CheckStatus.Fail => "❌",
        CheckStatus.Skip => "➖",
        _ => "⚠️",
    };

    private static string Help(RunReport report, string code, string help) => report.HelpRoot is { } root ? $"[{code}]({new Uri(root, help).AbsoluteUri})" : code;

    private static string Text(string text, int most) => MarkdownText.Inline(text, most);

    private static string Time(TimeSpan? time) => time is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.TotalMilliseconds:#,0.#} ms") : "";

    private static string Number(long? number) => number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "?";

    // Two dashes would end the comment that carries it.
    private static string Marker(string stack) =>
        new string([.. stack.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-').Take(NameLength)]).Replace("--", "-_", StringComparison.Ordinal);
}
