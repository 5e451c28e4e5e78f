namespace Deploy.Emulator.Faults;

/// <summary>What is wrong with a rule that has the right form.</summary>
internal static class FaultRuleCheck
{
    /// <summary>Each fault with its field, in the order of the fields.</summary>
    public static IEnumerable<(string Field, string Message)> Faults(FaultRule rule)
    {
        if (!FaultKinds.All.Contains(rule.Kind, StringComparer.Ordinal))
        {
            yield return ("kind", $"There is no fault kind '{rule.Kind}'; known are: {string.Join(", ", FaultKinds.All)}.");
            yield break;
        }

        foreach (var (field, isGiven) in Unused(rule))
        {
            if (isGiven)
            {
                yield return (field, $"A fault of kind '{rule.Kind}' has no '{field}'.");
            }
        }

        foreach (var (field, isFine, rule2) in Ranges(rule))
        {
            if (!isFine)
            {
                yield return (field, $"'{field}' {rule2}.");
            }
        }

        if (rule.Code is { } code && code.Contains('/', StringComparison.Ordinal) && DocumentedFailures.Find(code) is null)
        {
            yield return ("code", $"There is no documented failure '{code}'; known are: {string.Join(", ", DocumentedFailures.Names)}.");
        }

        if (rule.Kind is FaultKinds.Latency or FaultKinds.FirstToken or FaultKinds.BetweenTokens or FaultKinds.Propagation && rule.Delay is null)
        {
            yield return ("delay", $"A fault of kind '{rule.Kind}' needs a 'delay', such as 2s.");
        }
    }

    private static IEnumerable<(string Field, bool IsGiven)> Unused(FaultRule rule)
    {
        var isOperation = FaultKinds.IsOfOperation(rule.Kind);
        yield return ("endpoint", rule.Endpoint is not null && isOperation);
        yield return ("method", rule.Method is not null && isOperation);
        yield return ("path", rule.Path is not null && isOperation);
        yield return ("resourceType", rule.ResourceType is not null && !isOperation);
        yield return ("resource", rule.Resource is not null && !isOperation);
        yield return ("status", rule.Status is not null && rule.Kind is not (FaultKinds.Status or FaultKinds.Propagation));
        yield return ("delay", rule.Delay is not null && rule.Kind is not (FaultKinds.Latency or FaultKinds.FirstToken or FaultKinds.BetweenTokens or FaultKinds.Propagation or FaultKinds.OperationStall));
        yield return ("retryAfter", rule.RetryAfter is not null && rule.Kind is not (FaultKinds.Throttling or FaultKinds.Status));
        yield return ("bytes", rule.Bytes is not null && rule.Kind != FaultKinds.Truncation);
        yield return ("body", rule.Body is not null && rule.Kind is not (FaultKinds.Body or FaultKinds.Status));
        yield return ("contentType", rule.ContentType is not null && rule.Kind is not (FaultKinds.Body or FaultKinds.Status or FaultKinds.ContentType));
        yield return ("code", rule.Code is not null && rule.Kind != FaultKinds.OperationFailure);
        yield return ("message", rule.Message is not null && rule.Kind != FaultKinds.OperationFailure);
    }

    private static IEnumerable<(string Field, bool IsFine, string Rule)> Ranges(FaultRule rule)
    {
        yield return ("method", rule.Method is null || (rule.Method.Length > 0 && rule.Method.All(char.IsAsciiLetter)), "must be a method such as PUT");
        yield return ("after", rule.After is null or >= 0, "must not be negative");
        yield return ("times", rule.Times is null or >= 1, "must be at least 1");
        yield return ("probability", rule.Probability is null or (>= 0 and <= 1), "must be a number from 0 to 1");
        yield return ("seed", rule.Seed is null || rule.Probability is not null, "needs a 'probability'");
        yield return ("status", rule.Status is null or (>= 200 and <= 599), "must be from 200 to 599");
        yield return ("bytes", rule.Bytes is null or >= 0, "must not be negative");
        yield return ("contentType", rule.ContentType is null || (rule.ContentType.Length > 0 && rule.ContentType.All(character => character is >= ' ' and <= '~')), "must be a type such as text/html");
    }
}
