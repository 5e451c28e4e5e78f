using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Collects the verdicts of one endpoint, without secrets, and tells who listens.</summary>
internal sealed class Verdicts(EndpointTarget target, SecretScrubber scrubber, IVerificationProgress? progress)
{
    private readonly Dictionary<CheckId, CheckReport> _reports = [];

    public CheckReport this[CheckId id] => _reports[id];

    public void Start(CheckId id) => progress?.CheckStarted(target, id);

    public void Record(CheckId id, Finding finding, TimeSpan duration = default, Evidence? evidence = null)
    {
        var report = ToReport(id, finding) with
        {
            Message = scrubber.Clean(finding.Message),
            Suggestion = finding.Suggestion is { } suggestion ? scrubber.Clean(suggestion) : null,
            Duration = duration,
            Evidence = evidence is null ? new Dictionary<string, JsonValue>() : evidence.Items.ToDictionary(item => item.Key, item => Clean(item.Value)),
        };
        _reports.Add(id, report);
        progress?.CheckFinished(target, report);
    }

    public void SkipRest(string reason)
    {
        foreach (var id in CheckId.All.Where(id => !_reports.ContainsKey(id)))
        {
            Record(id, Finding.Skip(reason));
        }
    }

    /// <summary>Gives the finding to the first check that has no verdict yet, or replaces the last one's when all have.</summary>
    public void RecordBroken(Finding finding)
    {
        var open = CheckId.All.FirstOrDefault(id => !_reports.ContainsKey(id), CheckId.All[^1]);
        _reports.Remove(open);
        Record(open, finding);
    }

    /// <summary>The checks of an endpoint that could not even be asked: <c>connect</c> says why.</summary>
    public static IReadOnlyList<CheckReport> OfUnreached(Finding finding) =>
        [.. CheckId.All.Select(id => ToReport(id, id == CheckId.Connect ? finding : Finding.Skip("The endpoint could not be asked.")))];

    public IReadOnlyList<CheckReport> InOrder() => [.. CheckId.All.Select(id => _reports[id])];

    private static CheckReport ToReport(CheckId id, Finding finding) => new()
    {
        Id = id,
        Status = finding.Status,
        Code = finding.Definition?.Code,
        Definition = finding.Definition,
        Message = finding.Message,
        Suggestion = finding.Suggestion,
    };

    private JsonValue Clean(JsonValue value) =>
        value.GetValueKind() == JsonValueKind.String ? JsonValue.Create(scrubber.Clean(value.GetValue<string>())) : value;
}
