using Deploy.Verification.Endpoints.Policies;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>safety</c> judges: one request. Neither the probe nor what is said to it gets into a report.</summary>
internal sealed class SafetyCheck(Conversation conversation, string? probe)
{
    private const int Tokens = 16;

    /// <summary>Null when there is something to ask.</summary>
    public string? ReasonToSkip => SafetyPolicy.ReasonToSkip(conversation.Context.Target, probe);

    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        int? tokens = conversation.Questioning.TokensAfter(conversation.Basic) is null ? null : Tokens;
        var exchange = await conversation.AskAsync(ChatForm.Plain(conversation.Basic.Dialect, probe!, tokens), cancellationToken).ConfigureAwait(false);
        return exchange is null ? new(conversation.OutOfBudget()) : new(SafetyPolicy.Judge(exchange, conversation.Context), Evidence.Of(exchange));
    }
}
