using Deploy.Verification.Reports.Comparison;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>What differs from an earlier run, for people.</summary>
internal static class ComparisonView
{
    /// <param name="console">Where to.</param>
    /// <param name="comparison">Null when no run was compared with.</param>
    public static void Write(IAnsiConsole console, RunComparison? comparison)
    {
        if (comparison is null)
        {
            return;
        }

        if (comparison.Differences.Count == 0)
        {
            console.MarkupLine("Nothing differs from the earlier run.");
            return;
        }

        var table = TableStyle.New("Since the earlier run", "Endpoint", "What", "Before", "Now", "");
        foreach (var item in comparison.Differences)
        {
            table.AddRow(new Text(item.Endpoint), new Text(item.What), new Text(item.Before), new Text(item.Now), new Markup(item.IsWorse ? "[yellow]worse[/]" : ""));
        }

        console.Write(table);
    }
}
