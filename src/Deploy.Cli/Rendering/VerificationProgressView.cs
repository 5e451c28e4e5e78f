using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;
using Spectre.Console;

namespace Deploy.Cli.Rendering;

/// <summary>Says on standard error how verification gets on: a line per endpoint, and one whenever it waits.</summary>
internal sealed class VerificationProgressView(IAnsiConsole console) : IVerificationProgress
{
    private readonly Lock _lock = new();

    public void EndpointStarted(EndpointTarget target)
    {
    }

    public void CheckStarted(EndpointTarget target, CheckId check)
    {
    }

    public void CheckFinished(EndpointTarget target, CheckReport check)
    {
    }

    public void Waiting(EndpointTarget target, TimeSpan delay, string reason) =>
        Line($"  [grey]{NameOf(target)}: waiting {StepText.Duration(delay)}, {reason}[/]");

    public void EndpointFinished(EndpointTarget target, EndpointReport report)
    {
        var (color, mark) = report.Status switch
        {
            CheckStatus.Pass => ("green", "pass"),
            CheckStatus.Warn => ("yellow", "warn"),
            CheckStatus.Fail => ("red", "fail"),
            _ => ("yellow", "inconclusive"),
        };
        Line($"  [{color}]{mark}[/]  {NameOf(target)}  [grey]({StepText.Duration(report.Duration)})[/]");
    }

    private static string NameOf(EndpointTarget target) => target.Project is { } project ? $"{project}/{target.Name}" : target.Name;

    private void Line(FormattableString text)
    {
        lock (_lock)
        {
            console.MarkupLineInterpolated(text);
        }
    }
}
