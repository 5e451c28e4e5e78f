using Deploy.Verification.Reports;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>The verdicts for people: a row per endpoint and check.</summary>
internal static class VerificationView
{
    public static void Write(IAnsiConsole console, VerificationReport report)
    {
        var table = TableStyle.New("Verification", "Endpoint", "Check", "Verdict", "Finding");
        foreach (var endpoint in report.Endpoints)
        {
            var name = endpoint.Project is { } project ? $"{project}/{endpoint.Name}" : endpoint.Name;
            foreach (var check in endpoint.Checks.Where(check => check.Status != CheckStatus.Skip))
            {
                table.AddRow(new Text(name), new Text(check.Id.Value), Verdict(check.Status), Finding(check));
                name = "";
            }

            table.AddRow(new Text(name), new Markup("[bold]all[/]"), Verdict(endpoint.Status), new Text(Summary(endpoint)));
        }

        console.Write(table);
    }

    private static string Summary(EndpointReport endpoint)
    {
        var skipped = endpoint.Checks.Where(check => check.Status == CheckStatus.Skip).Select(check => check.Id.Value).ToArray();
        var latency = endpoint.Latency is { } measured
            ? string.Join(", ", new[] { ("connect", measured.Connect), ("first token", measured.FirstToken), ("total", measured.Total) }
                .Where(part => part.Item2 is not null).Select(part => $"{part.Item1} {part.Item2!.Value.TotalMilliseconds:0} ms"))
            : "";
        var dialect = $"{endpoint.Model ?? "model unknown"}, {VerificationJson.Text(endpoint.Compute)}, dialect {VerificationJson.Text(endpoint.Dialect)}";
        return string.Join("; ", new[] { dialect, latency, skipped.Length > 0 ? $"not run: {string.Join(", ", skipped)}" : "" }.Where(text => text.Length > 0));
    }

    private static Markup Verdict(CheckStatus status) => new(status switch
    {
        CheckStatus.Pass => "[green]pass[/]",
        CheckStatus.Warn => "[yellow]warn[/]",
        CheckStatus.Fail => "[red bold]fail[/]",
        CheckStatus.Inconclusive => "[yellow bold]inconclusive[/]",
        _ => "[grey]skip[/]",
    });

    private static Text Finding(CheckReport check)
    {
        var code = check.Code is { } text ? $"{text}: " : "";
        var advice = check.Suggestion is { } suggestion ? $" Try: {suggestion}" : "";
        return new Text($"{code}{check.Message}{advice}");
    }
}
