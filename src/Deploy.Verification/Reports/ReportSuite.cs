using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Verification.Reports;

/// <summary>Cases that belong together, as test reports group them: those of one endpoint, or of the command itself.</summary>
/// <param name="Name">The endpoint, or the command.</param>
/// <param name="Status">What the cases add up to.</param>
/// <param name="Cases">In the order of the checks.</param>
/// <param name="Duration">Time spent on all of them.</param>
/// <param name="Endpoint">Null for the command itself.</param>
public sealed record ReportSuite(string Name, CheckStatus Status, IReadOnlyList<ReportCase> Cases, TimeSpan Duration, EndpointReport? Endpoint)
{
    public StatusCounts Counts => StatusCounts.Of(Cases.Select(item => item.Status));

    /// <summary>The suites of a run: first what ended the command when that was not verification, then one for each endpoint.</summary>
    public static IReadOnlyList<ReportSuite> Of(RunReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        IEnumerable<ReportSuite> own = OfCommand(report) is { } command ? [command] : [];
        return [.. own, .. (report.Verification?.Endpoints ?? []).Select(OfEndpoint)];
    }

    private static ReportSuite OfEndpoint(EndpointReport endpoint) =>
        new(endpoint.FullName, endpoint.Status, [.. endpoint.Checks.Select(ReportCase.Of)], endpoint.Duration, endpoint);

    private static ReportSuite? OfCommand(RunReport report)
    {
        var cases = report.OtherErrors.Select((error, at) => ReportCase.Of(report.Command, error, at)).ToList();
        if (report.NotVerified is { } missing)
        {
            cases.Add(new("verification", missing.IsWanted ? CheckStatus.Skip : CheckStatus.Inconclusive) { Message = missing.Reason });
        }

        var statuses = cases.Select(item => item.Status).ToHashSet();
        var status = statuses.Contains(CheckStatus.Fail) ? CheckStatus.Fail
            : statuses.Contains(CheckStatus.Inconclusive) ? CheckStatus.Inconclusive
            : CheckStatus.Pass;
        return cases.Count == 0 ? null : new($"deploy {report.Command}", status, cases, report.Duration, null);
    }
}

/// <summary>One thing that passed or did not.</summary>
public sealed record ReportCase(string Name, CheckStatus Status)
{
    public string? Code { get; init; }

    public required string Message { get; init; }

    public string? Suggestion { get; init; }

    public TimeSpan Duration { get; init; }

    public IReadOnlyDictionary<string, JsonValue> Evidence { get; init; } = new Dictionary<string, JsonValue>();

    public ErrorDefinition? Definition { get; init; }

    /// <summary>Message, suggestion and evidence as lines of text.</summary>
    public string Details()
    {
        IEnumerable<string> lines =
        [
            Message,
            .. Suggestion is { } suggestion ? [$"Try: {suggestion}"] : Array.Empty<string>(),
            .. Definition is { } definition ? [$"Help: {definition.Help}"] : Array.Empty<string>(),
            .. Evidence.Select(item => $"{item.Key}: {item.Value}"),
        ];
        return string.Join('\n', lines);
    }

    internal static ReportCase Of(CheckReport check) => new(check.Id.Value, check.Status)
    {
        Code = check.Code,
        Message = check.Message,
        Suggestion = check.Suggestion,
        Duration = check.Duration,
        Evidence = check.Evidence,
        Definition = check.Definition,
    };

    // Names of cases differ, so that a test report keeps each error apart.
    internal static ReportCase Of(string command, DeployError error, int at) => new(
        at == 0 ? command : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{command} ({at + 1})"),
        error.ExitCode switch
        {
            ExitCode.Ok => CheckStatus.Warn,
            ExitCode.Cancelled => CheckStatus.Inconclusive,
            _ => CheckStatus.Fail,
        })
    {
        Code = error.Code,
        Message = error.Message,
        Suggestion = error.Suggestion,
        Definition = error.Definition,
    };
}
