using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.State;

namespace Deploy.Engine.Events;

/// <summary>Something that happened in a run: data for whoever renders it.</summary>
public abstract record EngineEvent
{
    public required DateTimeOffset Timestamp { get; init; }
}

/// <summary>The first event of a run. Secret configuration is the text <c>[secret]</c>.</summary>
public sealed record PreludeEvent : EngineEvent
{
    public required IReadOnlyDictionary<string, string> Config { get; init; }
}

/// <summary>A step begins (or, in a preview, is planned).</summary>
public sealed record ResourcePreEvent : EngineEvent
{
    public required StepMetadata Step { get; init; }

    /// <summary>True in a preview.</summary>
    public required bool Planning { get; init; }
}

/// <summary>A step ended well; for components and the stack also raised when their outputs arrive.</summary>
public sealed record ResourceOutputsEvent : EngineEvent
{
    public required StepMetadata Step { get; init; }

    public required bool Planning { get; init; }
}

/// <summary>A step failed.</summary>
public sealed record ResourceOperationFailedEvent : EngineEvent
{
    public required StepMetadata Step { get; init; }

    public required DeployError Error { get; init; }
}

public enum DiagnosticSeverity
{
    Debug,
    Info,
    Warning,
    Error,
}

/// <summary>A message of the program, of a provider or of the engine.</summary>
public sealed record DiagnosticEvent : EngineEvent
{
    /// <summary>The resource the message is about; null when it is about the run.</summary>
    public Urn? Urn { get; init; }

    public required DiagnosticSeverity Severity { get; init; }

    public required string Message { get; init; }

    /// <summary>Whether the message is progress that need not stay on the screen.</summary>
    public bool Ephemeral { get; init; }
}

/// <summary>A line that the program printed.</summary>
public sealed record StandardOutputEvent : EngineEvent
{
    public required string Line { get; init; }

    /// <summary>Whether it came from standard error.</summary>
    public bool IsError { get; init; }
}

/// <summary>The last event of a run.</summary>
public sealed record SummaryEvent : EngineEvent
{
    public required ChangeSummary Changes { get; init; }

    public required RunResult Result { get; init; }

    public required TimeSpan Duration { get; init; }

    public required bool IsPreview { get; init; }
}

/// <summary>One step, as planned or done.</summary>
public sealed record StepMetadata
{
    public required StepOp Op { get; init; }

    public required Urn Urn { get; init; }

    /// <summary>The resource before; null for a creation. Secrets in it are <see cref="Values.PropertySecret"/>: whoever prints it masks them.</summary>
    public ResourceState? Old { get; init; }

    /// <summary>The resource after; null for a deletion.</summary>
    public ResourceState? New { get; init; }

    /// <summary>The properties that force a replacement.</summary>
    public IReadOnlyList<string> ReplaceKeys { get; init; } = [];

    /// <summary>The top-level properties that differ.</summary>
    public IReadOnlyList<string> Diffs { get; init; } = [];

    /// <summary>Differences by property path; empty when the provider gave none.</summary>
    public IReadOnlyDictionary<string, PropertyDiff> DetailedDiff { get; init; } = new Dictionary<string, PropertyDiff>();

    /// <summary>What a refresh found, once it has: <see cref="StepOp.Same"/>, <see cref="StepOp.Update"/> or <see cref="StepOp.Delete"/>; null for other steps.</summary>
    public StepOp? Found { get; init; }

    /// <summary>Whether the step is one a user thinks of: false for the parts of a replacement, whose marker is the step to show.</summary>
    public bool Logical { get; init; } = true;

    /// <summary>Whether the resource is a default provider, which counts for nobody.</summary>
    public bool IsDefaultProvider { get; init; }
}
