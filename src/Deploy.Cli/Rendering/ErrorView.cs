using Deploy.Core;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>Errors for people: what is wrong, what to do, where to read more; raw text of services last.</summary>
internal static class ErrorView
{
    public static void Write(IAnsiConsole console, IReadOnlyList<DeployError> errors)
    {
        foreach (var error in errors)
        {
            Write(console, error);
        }
    }

    private static void Write(IAnsiConsole console, DeployError error)
    {
        console.MarkupLineInterpolated($"[red bold]error[/] [grey]{error.Code}[/] {error.Message}");
        if (error.Suggestion is { } suggestion)
        {
            console.MarkupLineInterpolated($"  try:  {suggestion}");
        }

        console.MarkupLineInterpolated($"  [grey]help: {error.Help}[/]");
        if (error.Detail is { } detail)
        {
            console.MarkupLineInterpolated($"  [grey]service: {detail}[/]");
        }

        if (error.CorrelationId is { } id)
        {
            console.MarkupLineInterpolated($"  [grey]correlation id: {id}[/]");
        }
    }
}
