using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Verification.Reports;

/// <summary>The verdict of one check, with what it rests on.</summary>
public sealed record CheckReport
{
    public required CheckId Id { get; init; }

    public required CheckStatus Status { get; init; }

    /// <summary>The cause's stable code (<c>DEP4xxx</c>); null for <c>pass</c>.</summary>
    public string? Code { get; init; }

    /// <summary>What was seen, with numbers; for <c>skip</c> the reason.</summary>
    public required string Message { get; init; }

    /// <summary>The one thing to try first; null for <c>pass</c>.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Time spent on the check, waiting included.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Facts behind the verdict, such as <c>httpStatus</c> or <c>answer</c>; flat, and free of secrets.</summary>
    public IReadOnlyDictionary<string, JsonValue> Evidence { get; init; } = new Dictionary<string, JsonValue>();

    /// <summary>The registry entry of <see cref="Code"/>; null for <c>pass</c>.</summary>
    public ErrorDefinition? Definition { get; init; }
}
