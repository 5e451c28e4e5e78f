using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Environments;

namespace Deploy.Verification.Reports.Formats;

/// <summary>SARIF 2.1.0, for code scanning: a rule for each code, a result for each finding that is neither pass nor skip.</summary>
internal sealed class SarifFormat : IReportFormat
{
    // What code scanning shows of a message.
    private const int MostCharacters = 1_000;

    public string Kind => "sarif";

    public string Purpose => "findings for code scanning";

    public byte[] Render(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        var findings = ReportSuite.Of(report)
            .SelectMany(suite => suite.Cases.Where(item => item.Status is not (CheckStatus.Pass or CheckStatus.Skip)).Select(item => (Suite: suite, Case: item)))
            .ToArray();
        var rules = findings.Select(finding => RuleOf(finding.Case)).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal).ToArray();
        var places = rules.Index().ToDictionary(pair => pair.Item.Id, pair => pair.Index, StringComparer.Ordinal);
        var run = new JsonObject
        {
            ["tool"] = new JsonObject { ["driver"] = Driver(rules, report) },
            ["invocations"] = new JsonArray(Invocation(report)),
            ["automationDetails"] = new JsonObject { ["id"] = VisibleText.Line($"deploy-{report.Command}/{report.Stack}/") },
            ["results"] = new JsonArray([.. findings.Select(finding => Result(finding.Suite, finding.Case, places, report))]),
            ["columnKind"] = "utf16CodeUnits",
            ["properties"] = new JsonObject { ["endpoints"] = VerificationJson.Counts(report.Endpoints), ["checks"] = VerificationJson.Counts(report.Checks) },
        };
        return JsonFormat.Bytes(new JsonObject
        {
            ["$schema"] = "https://json.schemastore.org/sarif-2.1.0.json",
            ["version"] = "2.1.0",
            ["runs"] = new JsonArray(run),
        });
    }

    private sealed record Rule(string Id, ErrorDefinition? Definition);

    private static Rule RuleOf(ReportCase item) => new(item.Code ?? "not-verified", item.Definition);

    private static JsonObject Driver(IReadOnlyList<Rule> rules, RunReport report) => new()
    {
        ["name"] = "deploy",
        ["version"] = typeof(SarifFormat).Assembly.GetName().Version!.ToString(3),
        ["rules"] = new JsonArray([.. rules.Select(rule => Describe(rule, report))]),
    };

    private static JsonObject Describe(Rule rule, RunReport report)
    {
        if (rule.Definition is not { } definition)
        {
            return new() { ["id"] = rule.Id, ["shortDescription"] = Text("Not verified"), ["defaultConfiguration"] = new JsonObject { ["level"] = "warning" } };
        }

        var address = report.HelpRoot is { } root ? new Uri(root, definition.Help).AbsoluteUri : null;
        var advice = definition.Suggestion ?? definition.Title;
        var description = new JsonObject
        {
            ["id"] = rule.Id,
            ["shortDescription"] = Text(definition.Title),
            ["fullDescription"] = Text(advice),
            ["help"] = new JsonObject { ["text"] = $"{advice} See {definition.Help}.", ["markdown"] = $"{advice} See [{definition.Code}]({address ?? definition.Help})." },
            ["defaultConfiguration"] = new JsonObject { ["level"] = Level(StatusOf(definition)) },
        };
        if (address is not null)
        {
            description["helpUri"] = address;
        }

        return description;
    }

    private static JsonObject Invocation(RunReport report)
    {
        var notices = report.NotVerified is { } missing
            ? new JsonArray(new JsonObject { ["level"] = missing.IsWanted ? "note" : "warning", ["message"] = Text(missing.Reason) })
            : [];
        return new()
        {
            // The tool did its work, whatever it found; it did not when the command broke.
            ["executionSuccessful"] = report.Verification is not null || report.Errors.Count == 0,
            ["exitCode"] = (int)(report.Errors.Count > 0 ? report.Errors[0].ExitCode : ExitCode.Ok),
            ["startTimeUtc"] = Time(report.StartedAt),
            ["endTimeUtc"] = Time(report.StartedAt + report.Duration),
            ["toolExecutionNotifications"] = notices,
        };
    }

    private static JsonObject Result(ReportSuite suite, ReportCase item, Dictionary<string, int> places, RunReport report)
    {
        var rule = RuleOf(item).Id;
        var advice = item.Suggestion is { } suggestion ? $" Try: {suggestion}" : "";
        return new()
        {
            ["ruleId"] = rule,
            ["ruleIndex"] = places[rule],
            ["level"] = Level(item.Status),
            ["message"] = Text($"{suite.Name}, {item.Name}: {item.Message}{advice}"),
            ["locations"] = new JsonArray(Location(suite, report)),
            ["partialFingerprints"] = new JsonObject { ["deployFinding/v1"] = Fingerprint(report.Stack, suite.Name, item.Name, rule) },
            ["properties"] = new JsonObject { ["status"] = VerificationJson.Text(item.Status), ["check"] = VisibleText.Line(item.Name) },
        };
    }

    private static JsonObject Location(ReportSuite suite, RunReport report)
    {
        var location = new JsonObject
        {
            ["logicalLocations"] = new JsonArray(new JsonObject
            {
                ["name"] = VisibleText.Line(suite.Endpoint?.Name ?? suite.Name),
                ["fullyQualifiedName"] = VisibleText.Line(suite.Name),
                ["kind"] = suite.Endpoint is null ? "command" : "resource",
            }),
        };
        if (report.Sources.TryGetValue(suite.Name, out var mark) || (suite.Endpoint is null && report.Sources.Count > 0 && (mark = Top(report)) is not null))
        {
            location["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = Path(mark!.File) },
                ["region"] = new JsonObject { ["startLine"] = mark.Line, ["startColumn"] = mark.Column },
            };
        }

        return location;
    }

    private static SourceMark Top(RunReport report) => report.Sources.Values.First() with { Line = 1, Column = 1 };

    private static string Path(string file) => string.Join('/', file.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));

    private static JsonObject Text(string text) => new() { ["text"] = VisibleText.Cut(VisibleText.Lines(text), MostCharacters) };

    private static CheckStatus StatusOf(ErrorDefinition definition) => definition.ExitCode switch
    {
        ExitCode.VerificationInconclusive => CheckStatus.Inconclusive,
        ExitCode.Ok => CheckStatus.Warn,
        _ => CheckStatus.Fail,
    };

    private static string Level(CheckStatus status) => status switch
    {
        CheckStatus.Fail => "error",
        CheckStatus.Inconclusive => "warning",
        _ => "note",
    };

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);

    // Of what the finding is about, and not of its words, which carry numbers that change with every run.
    private static string Fingerprint(params string?[] words) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', words))).AsSpan(0, 16));
}
