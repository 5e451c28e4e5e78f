using Deploy.Core;
using Deploy.Engine.Events;
using Deploy.Engine.State;

namespace Deploy.Engine.Execution;

/// <summary>Hands the events of a run to the sink one at a time, counts the changes and remembers the first fault.</summary>
internal sealed class EventStream(IEngineEventSink sink, TimeProvider time, bool preview)
{
    private readonly Lock _gate = new();
    private ChangeSummary _changes = ChangeSummary.None;
    private DeployError? _firstError;

    public ChangeSummary Changes
    {
        get
        {
            lock (_gate)
            {
                return _changes;
            }
        }
    }

    public DeployError? FirstError
    {
        get
        {
            lock (_gate)
            {
                return _firstError;
            }
        }
    }

    private DateTimeOffset Now => time.GetUtcNow();

    public void Prelude(IReadOnlyDictionary<string, string> config) => Emit(new PreludeEvent { Timestamp = Now, Config = config });

    public void StepBegins(StepMetadata step) => Emit(new ResourcePreEvent { Timestamp = Now, Step = step, Planning = preview });

    public void StepEnded(StepMetadata step)
    {
        lock (_gate)
        {
            Count(step);
            sink.Emit(new ResourceOutputsEvent { Timestamp = Now, Step = step, Planning = preview });
        }
    }

    /// <summary>The outputs of a component arrived: shown, not counted again.</summary>
    public void OutputsArrived(StepMetadata step) => Emit(new ResourceOutputsEvent { Timestamp = Now, Step = step, Planning = preview });

    public void StepFailed(StepMetadata step, DeployError error)
    {
        lock (_gate)
        {
            _firstError ??= error;
            sink.Emit(new ResourceOperationFailedEvent { Timestamp = Now, Step = step, Error = error });
            sink.Emit(Diagnostic(step.Urn, DiagnosticSeverity.Error, error.ToString(), ephemeral: false));
        }
    }

    /// <summary>A fault that is not that of a step.</summary>
    public void Fault(Urn? urn, DeployError error)
    {
        lock (_gate)
        {
            _firstError ??= error;
            sink.Emit(Diagnostic(urn, DiagnosticSeverity.Error, error.ToString(), ephemeral: false));
        }
    }

    public void Message(Urn? urn, DiagnosticSeverity severity, string text, bool ephemeral = false) => Emit(Diagnostic(urn, severity, text, ephemeral));

    public void Output(string line, bool isError) => Emit(new StandardOutputEvent { Timestamp = Now, Line = line, IsError = isError });

    public void Summary(RunResult result, TimeSpan duration) =>
        Emit(new SummaryEvent { Timestamp = Now, Changes = Changes, Result = result, Duration = duration, IsPreview = preview });

    private DiagnosticEvent Diagnostic(Urn? urn, DiagnosticSeverity severity, string text, bool ephemeral) =>
        new() { Timestamp = Now, Urn = urn, Severity = severity, Message = text, Ephemeral = ephemeral };

    private void Emit(EngineEvent engineEvent)
    {
        lock (_gate)
        {
            sink.Emit(engineEvent);
        }
    }

    private void Count(StepMetadata step)
    {
        if (step.IsDefaultProvider)
        {
            return;
        }

        _changes = (step.Found ?? step.Op) switch
        {
            StepOp.Create or StepOp.Import => _changes with { Create = _changes.Create + 1 },
            StepOp.Update => _changes with { Update = _changes.Update + 1 },
            StepOp.Replace => _changes with { Replace = _changes.Replace + 1 },
            StepOp.Delete => _changes with { Delete = _changes.Delete + 1 },
            StepOp.Same => _changes with { Same = _changes.Same + 1 },
            StepOp.Read => _changes with { Read = _changes.Read + 1 },
            _ => _changes,
        };
    }

    /// <summary>Whether a resource is a provider that the engine made by itself.</summary>
    public static bool IsDefaultProvider(Urn urn) => ProviderReference.PackageOf(urn) is not null
        && (urn.Name == "default" || urn.Name.StartsWith("default_", StringComparison.Ordinal));
}
