using System.Globalization;
using System.Text.Json;
using Deploy.Verification.Quota;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>The quota report for people.</summary>
internal static class QuotaView
{
    private const int MostOrphans = 20;

    public static void Write(IAnsiConsole console, QuotaReport report)
    {
        var table = TableStyle.New("Quota", "Limit", "Scope", "Used", "Limit is", "Needed", "Reserve", "Headroom", "Verdict", "Used by");
        foreach (var row in report.Rows)
        {
            var color = row.Status switch { QuotaStatus.Pass => "green", QuotaStatus.Fail => "red", _ => "yellow" };
            var reason = row.Reason is { } text ? $" ({text})" : "";
            table.AddRow(
                new Text(JsonNamingPolicy.CamelCase.ConvertName(row.Kind.ToString())),
                new Text(row.Family is { } family ? $"{family}, {row.Location}" : row.Scope == "subscription" ? $"{row.Scope}, {row.Location}" : row.Scope),
                Number(row.Used), row.Limit == -1 ? new Text("none") : Number(row.Limit), Number(row.Needed), Number(row.Reserve), Number(row.Headroom),
                new Markup($"[{color}]{row.Status.ToString().ToLowerInvariant()}[/]{Markup.Escape(reason)}"),
                new Text(string.Join(", ", row.Holders.Select(holder => string.Create(CultureInfo.InvariantCulture, $"{holder.Name} {holder.Amount:#,0}")))));
        }

        console.Write(table);
        WriteOrphans(console, report);
    }

    private static void WriteOrphans(IAnsiConsole console, QuotaReport report)
    {
        if (report.Orphans is { Count: > 0 } orphans)
        {
            console.MarkupLineInterpolated($"  Held by no stack of this project ({orphans.Count}):");
            foreach (var orphan in orphans.Take(MostOrphans))
            {
                console.MarkupLineInterpolated($"    {orphan.Compute,-10}  {orphan.ResourceId}{(orphan.Deployments is { } count ? $"  ({count} {(count == 1 ? "deployment" : "deployments")})" : "")}");
            }

            if (orphans.Count > MostOrphans)
            {
                console.MarkupLineInterpolated($"    and {orphans.Count - MostOrphans} more; -o json names all");
            }
        }

        if (report.OrphansReason is { } reason)
        {
            console.MarkupLineInterpolated($"  [yellow]Whether endpoints are left behind is not fully known: {reason}[/]");
        }
    }

    private static Text Number(long? number) => new(number?.ToString("#,0", CultureInfo.InvariantCulture) ?? "?");
}
