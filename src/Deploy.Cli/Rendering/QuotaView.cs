using System.Globalization;
using System.Text.Json;
using Deploy.Verification.Quota;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>The quota report for people.</summary>
internal static class QuotaView
{
    public static void Write(IAnsiConsole console, QuotaReport report)
    {
        var table = TableStyle.New("Quota", "Limit", "Scope", "Used", "Limit is", "Needed", "Reserve", "Headroom", "Verdict");
        foreach (var row in report.Rows)
        {
            var color = row.Status switch { QuotaStatus.Pass => "green", QuotaStatus.Fail => "red", _ => "yellow" };
            var reason = row.Reason is { } text ? $" ({text})" : "";
            table.AddRow(
                new Text(JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString())),
                new Text(row.Family is { } family ? $"{family}, {row.Location}" : row.Scope),
                Number(row.Used), row.Limit == -1 ? new Text("none") : Number(row.Limit), Number(row.Needed), Number(row.Reserve), Number(row.Headroom),
                new Markup($"[{color}]{row.Status.ToString().ToLowerInvariant()}[/]{Markup.Escape(reason)}"));
        }

        console.Write(table);
    }

    private static Text Number(long? number) => new(number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "?");
}
