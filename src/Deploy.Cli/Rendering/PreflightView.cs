using Deploy.Preflight;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>Preflight for people: a line per check.</summary>
internal static class PreflightView
{
    public static void Write(IAnsiConsole console, PreflightReport report)
    {
        console.MarkupLine("[bold]Preflight[/]");
        foreach (var check in report.Checks)
        {
            var color = check.Status switch { PreflightStatus.Pass => "green", PreflightStatus.Fail => "red", PreflightStatus.Warn => "yellow", _ => "blue" };
            console.MarkupLineInterpolated($"  [{color}]{check.Status.ToString().ToLowerInvariant(),-10}[/]  {check.Id,-12}  {check.Message}");
            if (check.Suggestion is { } suggestion && check.Status != PreflightStatus.Pass)
            {
                console.MarkupLineInterpolated($"  {"",-10}  {"",-12}  try: {suggestion}");
            }
        }
    }
}
