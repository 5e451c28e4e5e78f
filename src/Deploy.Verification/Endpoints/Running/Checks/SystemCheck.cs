using Deploy.Verification.Endpoints.Policies;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>chat.system</c> judges: a sum behind a system message that says how to answer.</summary>
internal sealed class SystemCheck(Conversation conversation)
{
    // Harmless to the answer, and long enough to be seen in the token counts.
    private const string Instruction = "You are a careful calculator. You are given two numbers and reply with their sum as digits, without any words before or after it.";

    /// <param name="longPromptTokens">Prompt tokens of a long question, as another check saw them; null when unknown.</param>
    public async Task<CheckOutcome> RunAsync(long? longPromptTokens, CancellationToken cancellationToken)
    {
        var (basic, context) = (conversation.Basic, conversation.Context);
        var form = new ChatForm(basic.Dialect, "") { System = Instruction };
        var tries = await conversation.Questioning.AskAgainAsync(basic, form, item => SystemPolicy.Read(item, context), cancellationToken).ConfigureAwait(false);
        if (tries.Count == 0)
        {
            return new(conversation.OutOfBudget());
        }

        var counts = new PromptCounts(Prompt(basic), longPromptTokens, Prompt(tries[^1]));
        var finding = SystemPolicy.Judge(tries, counts, context);
        var evidence = ChatEvidence.Of(tries, SystemPolicy.Read(tries[^1], context), finding).Add("systemRole", context.SystemRole.ToString().ToLowerInvariant());
        return new(finding, counts.WithSystem is { } tokens ? evidence.Add("promptTokens", tokens) : evidence);
    }

    private long? Prompt(ChatTry item) => ChatPolicy.Open(item.Exchange, conversation.Context).Body?.Usage.Prompt;
}
