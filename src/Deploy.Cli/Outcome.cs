using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Cli;

/// <summary>How a command ended, and the parts of its JSON document.</summary>
internal sealed record Outcome
{
    /// <summary>Every fault, the deciding one first; empty when the command succeeded.</summary>
    public IReadOnlyList<DeployError> Errors { get; init; } = [];

    public DeployError? Error => Errors.Count > 0 ? Errors[0] : null;

    /// <summary>The stack's name; null for commands without one.</summary>
    public string? Stack { get; init; }

    /// <summary>Whether the document has a <c>stack</c> member.</summary>
    public bool HasStack { get; init; } = true;

    /// <summary>What the document holds between <c>error</c> and <c>durationMs</c>.</summary>
    public JsonObject Parts { get; init; } = [];

    /// <summary>Whether a change had begun: then nothing can be called refused any more.</summary>
    public bool HasTouched { get; init; }

    public ExitCode ExitCode => Error?.ExitCode ?? ExitCode.Ok;

    /// <summary>The word of the document. Refused means that nothing was touched.</summary>
    public string Result => Error switch
    {
        null => "succeeded",
        { ExitCode: ExitCode.Ok } => "succeeded",
        { ExitCode: ExitCode.Cancelled } => "cancelled",
        _ when HasTouched => "failed",
        { ExitCode: ExitCode.Configuration or ExitCode.StackNotFound or ExitCode.UnexpectedChanges or ExitCode.Policy } => "refused",
        _ => "failed",
    };

    public static Outcome Failed(string? stack, params IReadOnlyList<DeployError> errors) => new() { Stack = stack, Errors = errors };
}
