using System.Security.Cryptography;
using Deploy.Core;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>auth.rejected</c> judges: with a key that cannot be right, and with none.</summary>
internal sealed class RejectCheck(Conversation conversation, SecretScrubber scrubber)
{
    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var wrongKey = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
        scrubber.Add(wrongKey);
        var credential = conversation.Authorization.Header == "api-key" ? Authorization.InKeyHeader(wrongKey) : Authorization.Bearer(wrongKey);
        var wrong = await AskAsync(credential).ConfigureAwait(false);
        var without = wrong is null ? null : await AskAsync(null).ConfigureAwait(false);
        return wrong is null || without is null
            ? new(Finding.Of(EndpointErrors.BudgetSpent, "No time was left to try a wrong credential."))
            : new(AuthPolicy.JudgeRejected(wrong, without, ChatPolicy.Read(conversation.Basic, conversation.Context).IsRight), Evidence.Of(wrong.Exchange));

        async Task<RejectTry?> AskAsync(Authorization? shown)
        {
            var question = SumQuestion.Draw(conversation.Random);
            var form = ChatForm.Plain(conversation.Basic.Dialect, question.Text, conversation.Questioning.TokensAfter(conversation.Basic));
            return await conversation.AskRefusedAsync(form, shown, cancellationToken).ConfigureAwait(false) is { } exchange ? new(exchange, question) : null;
        }
    }
}
