using Deploy.Core;
using Deploy.Engine.Values;

namespace Deploy.Engine;

public enum RunResult
{
    Succeeded,
    Failed,

    /// <summary>Ended on request; what was in flight is finished and saved.</summary>
    Cancelled,

    /// <summary>Nothing was touched: the stack is locked, changes were found and none expected, a passphrase is missing.</summary>
    Refused,
}

/// <summary>How a run ended.</summary>
public sealed record EngineResult
{
    public required RunResult Result { get; init; }

    /// <summary>Why it did not succeed; null when it did. With several faults the first one; all of them were events.</summary>
    public DeployError? Error { get; init; }

    public required ChangeSummary Changes { get; init; }

    /// <summary>The stack's outputs; secrets are <see cref="PropertySecret"/>, and in a preview there may be unknowns.</summary>
    public required PropertyMap Outputs { get; init; }

    public required TimeSpan Duration { get; init; }
}
