using System.Text.Json.Nodes;
using Deploy.Engine.Providers;
using Deploy.Engine.State;
using Deploy.Engine.Values;

namespace Deploy.Engine.Events;

/// <summary>Writes every event as a line of JSON, in the shapes in which Pulumi logs its engine's events. Secrets are the text <c>[secret]</c>.</summary>
/// <param name="stream">Receives the lines; flushed after each, so that a reader can follow.</param>
public sealed class EventLog(Stream stream) : IEngineEventSink, IDisposable
{
    private readonly StreamWriter _writer = new(stream) { AutoFlush = true, NewLine = "\n" };
    private readonly Lock _gate = new();
    private int _sequence;

    /// <inheritdoc/>
    public void Emit(EngineEvent engineEvent)
    {
        var (name, body) = Describe(engineEvent);
        lock (_gate)
        {
            var line = new JsonObject { ["sequence"] = _sequence++, ["timestamp"] = engineEvent.Timestamp.ToUnixTimeSeconds(), [name] = body };
            _writer.WriteLine(line.ToJsonString(PropertyJson.Relaxed));
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();

    private static (string Name, JsonObject Body) Describe(EngineEvent engineEvent) => engineEvent switch
    {
        PreludeEvent prelude => ("preludeEvent", new()
        {
            ["config"] = new JsonObject(prelude.Config.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value))),
        }),
        ResourcePreEvent pre => ("resourcePreEvent", new() { ["metadata"] = Metadata(pre.Step), ["planning"] = pre.Planning }),
        ResourceOutputsEvent outputs => ("resOutputsEvent", new() { ["metadata"] = Metadata(outputs.Step), ["planning"] = outputs.Planning }),
        ResourceOperationFailedEvent failed => ("resOpFailedEvent", new() { ["metadata"] = Metadata(failed.Step), ["status"] = 0, ["steps"] = 0 }),
        DiagnosticEvent diagnostic => ("diagnosticEvent", new()
        {
            ["urn"] = diagnostic.Urn?.Value,
            ["message"] = diagnostic.Message,
            ["color"] = "never",
            ["severity"] = Name(diagnostic.Severity),
            ["ephemeral"] = diagnostic.Ephemeral,
        }),
        StandardOutputEvent output => ("stdoutEvent", new() { ["message"] = output.Line, ["color"] = "never" }),
        SummaryEvent summary => ("summaryEvent", new()
        {
            ["maybeCorrupt"] = false,
            ["durationSeconds"] = (long)summary.Duration.TotalSeconds,
            ["resourceChanges"] = Changes(summary.Changes),
            ["isPreview"] = summary.IsPreview,
            ["result"] = summary.Result == RunResult.Succeeded ? "succeeded" : "failed",
        }),
        _ => throw new InvalidOperationException($"no log form for {engineEvent.GetType().Name}"),
    };

    private static JsonObject Metadata(StepMetadata step) => new()
    {
        ["op"] = step.Op.Text(),
        ["urn"] = step.Urn.Value,
        ["type"] = step.Urn.Type,
        ["old"] = Resource(step.Old),
        ["new"] = Resource(step.New),
        ["keys"] = List(step.ReplaceKeys),
        ["diffs"] = List(step.Diffs),
        ["detailedDiff"] = step.DetailedDiff.Count == 0 ? null : new JsonObject(step.DetailedDiff.OrderBy(entry => entry.Key, StringComparer.Ordinal)
            .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)new JsonObject { ["diffKind"] = Name(entry.Value.Kind), ["inputDiff"] = entry.Value.InputDiff }))),
        ["logical"] = step.Logical,
        ["provider"] = (step.New ?? step.Old)?.Provider,
    };

    private static JsonObject? Resource(ResourceState? state) => state is null ? null : new()
    {
        ["type"] = state.Type,
        ["urn"] = state.Urn.Value,
        ["custom"] = state.Custom,
        ["delete"] = state.Delete,
        ["id"] = state.Id,
        ["parent"] = state.Parent?.Value ?? "",
        ["protect"] = state.Protect,
        ["inputs"] = PropertyJson.ToJson(state.Inputs, showSecrets: false),
        ["outputs"] = PropertyJson.ToJson(state.Outputs, showSecrets: false),
        ["provider"] = state.Provider,
        ["initErrors"] = List(state.InitErrors),
    };

    private static JsonObject Changes(ChangeSummary changes)
    {
        (string Op, int Count)[] counts =
        [
            ("create", changes.Create), ("update", changes.Update), ("replace", changes.Replace), ("delete", changes.Delete), ("same", changes.Same), ("read", changes.Read),
        ];
        return new(counts.Where(change => change.Count > 0).Select(change => KeyValuePair.Create(change.Op, (JsonNode?)change.Count)));
    }

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static string Name(DiagnosticSeverity severity) => severity switch
    {
        DiagnosticSeverity.Debug => "debug",
        DiagnosticSeverity.Info => "info",
        DiagnosticSeverity.Warning => "warning",
        _ => "error",
    };

    private static string Name(DiffKind kind) => kind switch
    {
        DiffKind.Add => "add",
        DiffKind.AddReplace => "add-replace",
        DiffKind.Delete => "delete",
        DiffKind.DeleteReplace => "delete-replace",
        DiffKind.UpdateReplace => "update-replace",
        _ => "update",
    };
}
