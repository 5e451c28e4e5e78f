using Deploy.Emulator.ControlPlane.LongRunning;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.Faults;

/// <summary>Long-running operations that fail or stall because a rule says so.</summary>
/// <param name="rules">The rules.</param>
/// <param name="clock">For the hits.</param>
/// <param name="next">Who is asked when no rule hits; null for the options.</param>
internal sealed class OperationFaults(FaultRules rules, TimeProvider clock, IOperationScript? next) : IOperationScript
{
    private const int FailedStatus = 500;

    public OperationOutcome? For(OperationKind kind, string type, string key)
    {
        var name = key[(key.LastIndexOf('/') + 1)..];
        var rule = rules.Take(FaultKinds.IsOfOperation, rule => FaultMatch.IsMeant(rule, type, name), new FaultHit { Time = clock.GetUtcNow(), Method = "operation", Path = key });
        return rule switch
        {
            null => next?.For(kind, type, key),
            { Kind: FaultKinds.OperationStall, Delay: { } delay } => new OperationOutcome { Delay = delay },
            { Kind: FaultKinds.OperationStall } => new OperationOutcome { Stalls = true },
            _ => new OperationOutcome { Failure = Failure(rule) },
        };
    }

    private static OperationFailure Failure(FaultRule rule) => rule.Code is { } code && DocumentedFailures.Find(code) is { } documented
        ? documented with { Message = rule.Message ?? documented.Message }
        : new OperationFailure(rule.Code ?? "InternalServerError", rule.Message ?? $"Fault rule '{rule.Id}' of the local Azure.", FailedStatus);
}
