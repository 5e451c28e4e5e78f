using System.Text.Json.Nodes;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.ControlPlane.LongRunning;

/// <summary>Says how an asynchronous operation goes, at the moment it starts.</summary>
internal interface IOperationScript
{
    /// <param name="kind">A write, a deletion, a regeneration of keys.</param>
    /// <param name="type">The canonical type of the resource.</param>
    /// <param name="key">Its id in lower case.</param>
    /// <returns>Null when this script has nothing to say: then the options decide.</returns>
    OperationOutcome? For(OperationKind kind, string type, string key);
}

/// <summary>How one operation goes.</summary>
internal sealed record OperationOutcome
{
    /// <summary>How long it is in progress; null for what the options say.</summary>
    public TimeSpan? Delay { get; init; }

    /// <summary>How it fails; null when it succeeds.</summary>
    public OperationFailure? Failure { get; init; }

    /// <summary>Whether it never ends.</summary>
    public bool Stalls { get; init; }
}

/// <param name="Code">Such as <c>InternalServerError</c>.</param>
/// <param name="Message">What the client reads.</param>
/// <param name="Status">The HTTP status that an operation followed by <c>Location</c> ends with.</param>
internal sealed record OperationFailure(string Code, string Message, int Status = 400)
{
    /// <summary>As the operation keeps it.</summary>
    public JsonObject ToJson() => new() { ["code"] = Code, ["message"] = Message, ["status"] = Status };
}
