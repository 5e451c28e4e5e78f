using System.CommandLine;
using System.CommandLine.Parsing;
using Deploy.Verification.Reports.Formats;

namespace Deploy.Cli.Reports;

/// <summary>The options about reports that <c>verify</c> and <c>up</c> share.</summary>
internal sealed class ReportOptions
{
    private static readonly string Kinds = string.Join(", ", ReportFormats.All.Select(format => format.Kind));

    private readonly Option<ReportFile[]> _report = new("--report")
    {
        Description = $"Write a report, whatever the verdict; KIND is one of {Kinds}. May be given more than once.",
        HelpName = "KIND=FILE",
        CustomParser = Parse,
    };

    private readonly Option<string?> _history = new("--history") { Description = "Show earlier runs in the html report: a folder with json reports.", HelpName = "DIR" };

    private readonly Option<bool> _unredacted = new("--unredacted") { Description = "Leave the ids of subscription, tenant and principals in reports and annotations." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[_report, _history, _unredacted])
        {
            command.Options.Add(option);
        }
    }

    public ReportArgs Read(ParseResult parsed) => new()
    {
        Files = parsed.GetValue(_report) ?? [],
        History = parsed.GetValue(_history),
        Unredacted = parsed.GetValue(_unredacted),
    };

    private static ReportFile[] Parse(ArgumentResult result)
    {
        var files = new List<ReportFile>();
        foreach (var text in result.Tokens.Select(token => token.Value))
        {
            var (kind, path) = text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (text[..at], text[(at + 1)..]) : (text, "");
            if (ReportFormats.Find(kind) is not { } format)
            {
                result.AddError($"--report {text}: '{kind}' is no kind of report; there are {Kinds}.");
            }
            else if (path.Length == 0)
            {
                result.AddError($"--report {text}: no file is named; write {kind}=FILE.");
            }
            else
            {
                files.Add(new(format, path));
            }
        }

        return [.. files];
    }
}
