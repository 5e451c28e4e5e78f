using System.Security.Cryptography;
using Deploy.Core;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>auth.rejected</c> judges: with a key that cannot be right, and with none.</summary>
internal sealed class RejectCheck(Conversation conversation, InferenceRoutes routes, SecretScrubber scrubber)
{
    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var wrongKey = RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 32);
        scrubber.Add(wrongKey);
        var credential = conversation.Authorization.Header == "api-key" ? Authorization.ForKey(routes.Base, wrongKey) : Authorization.Bearer(wrongKey);
        var wrong = await AskAsync(credential).ConfigureAwait(false);
        var without = wrong is null ? null : await AskAsync(null).ConfigureAwait(false);
        return wrong is null || without is null
            ? new(Finding.Of(EndpointErrors.BudgetSpent, "No time was left to try a wrong credential."))
            : new(AuthPolicy.JudgeRejected(wrong, without), Evidence.Of(wrong));

        Task<Exchange?> AskAsync(Authorization? shown)
        {
            var form = ChatForm.Plain(conversation.Basic.Dialect, SumQuestion.Draw(conversation.Random).Text, conversation.Questioning.TokensAfter(conversation.Basic));
            return conversation.AskRefusedAsync(form, shown, cancellationToken);
        }
    }
}
