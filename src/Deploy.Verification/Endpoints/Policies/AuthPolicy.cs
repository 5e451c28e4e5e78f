using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>A question asked with a credential that must not count.</summary>
internal sealed record RejectTry(Exchange Exchange, SumQuestion Question);

/// <summary>Judges <c>auth.accepted</c> and <c>auth.rejected</c>.</summary>
internal static class AuthPolicy
{
    /// <param name="chat">The request that settled <c>chat.basic</c>, or failed to.</param>
    /// <param name="context">Of the endpoint.</param>
    /// <param name="inOneHeader">Whether the key was refused as a bearer token and accepted in the header <c>api-key</c>.</param>
    public static Finding JudgeAccepted(Exchange chat, EndpointContext context, bool inOneHeader = false)
    {
        var status = chat.Last.Status;
        if (status is 401 or 403)
        {
            return OfRefusal(chat, CausePolicy.Judge(chat, context)!, context.Target);
        }

        return status switch
        {
            // Statuses that only a request with an accepted credential gets.
            200 when inOneHeader => Finding.PassOrWarn(Accepted(chat, context.Target), [new(EndpointErrors.KeyHeaderOnly, "only in the header api-key; as a bearer token it is refused (401)")]),
            200 or 400 or 408 or 422 or 424 or 429 => Finding.Pass(Accepted(chat, context.Target)),
            { } other => Finding.Skip($"The request ended with status {other}, which does not show whether the credential counts."),
            null => Finding.Skip("No answer came that shows whether the credential counts."),
        };
    }

    private static Finding OfRefusal(Exchange chat, Finding cause, EndpointTarget target)
    {
        var waited = chat.Attempts.Count(attempt => attempt.Status is 401 or 403);
        var message = waited > 1 ? $"{cause.Message} It stayed so for {waited} attempts, so waiting does not heal it." : cause.Message;
        var mayHeal = cause.Definition == EndpointErrors.CredentialRefused || cause.Definition == EndpointErrors.AccessForbidden;
        return (target.Auth, mayHeal, waited) switch
        {
            (AuthMode.Entra, true, 1) => Finding.Of(cause.Definition!, message, "The endpoint is up; check that the caller has a role on it that allows scoring. A role given just now takes some minutes to count: `--wait 10m`."),
            (AuthMode.Entra, true, _) => Finding.Of(cause.Definition!, message, "The endpoint is up; give the caller a role on it that allows scoring, such as AzureML Data Scientist."),
            _ => Finding.Of(cause.Definition!, message, cause.Suggestion),
        };
    }

    private static string Accepted(Exchange chat, EndpointTarget target)
    {
        var name = target.Auth == AuthMode.Key ? "key" : "token";
        var refused = chat.Attempts.Count(attempt => attempt.Status is 401 or 403);
        return refused == 0 ? $"The {name} is accepted." : $"The {name} is accepted, after {refused} {(refused == 1 ? "attempt" : "attempts")} at which it did not count yet.";
    }

    /// <param name="wrong">The request with a key that cannot be right.</param>
    /// <param name="without">The request without any credential; null when it was not sent because the first one said enough.</param>
    /// <param name="basicIsRight">Whether the endpoint answers rightly with the right credential: then only a right answer shows that the wrong one counts.</param>
    public static Finding JudgeRejected(RejectTry wrongTry, RejectTry? withoutTry, bool basicIsRight)
    {
        var (wrong, without) = (wrongTry.Exchange, withoutTry?.Exchange);
        var first = Refusal(wrongTry, basicIsRight);
        if (first == RefusalKind.Accepted)
        {
            return Finding.Of(EndpointErrors.WrongKeyAccepted, "A request with a random key was answered like one with the right key.");
        }

        var second = withoutTry is null ? RefusalKind.Unknown : Refusal(withoutTry, basicIsRight);
        if (second == RefusalKind.Accepted)
        {
            return Finding.Of(EndpointErrors.MissingKeyAccepted, "A request without any credential was answered.");
        }

        if (first == RefusalKind.Unknown || second == RefusalKind.Unknown)
        {
            var open = first == RefusalKind.Unknown || without is null ? wrong : without;
            return open.Last.Status is 429
                ? Finding.Of(EndpointErrors.Throttled, "The request with a wrong credential was throttled, so nothing shows whether it would be refused.")
                : Finding.Of(EndpointErrors.BudgetSpent, "The request with a wrong credential was not answered in time, so nothing shows whether it would be refused.", "Run `deploy verify` again, or with a longer --timeout.");
        }

        return first == RefusalKind.Proper && second == RefusalKind.Proper
            ? Finding.Pass($"A wrong key is refused ({wrong.Last.Status}), and so is a request without one ({without!.Last.Status}).")
            : Finding.Of(EndpointErrors.RefusalUnusual, $"A wrong key is refused with status {wrong.Last.Status}, no key with status {without!.Last.Status}; 401 was expected.");
    }

    private enum RefusalKind
    {
        Proper,

        /// <summary>Not let in, but not in the way that clients understand.</summary>
        Unusual,
        Accepted,
        Unknown,
    }

    private static RefusalKind Refusal(RejectTry item, bool basicIsRight) => item.Exchange.Last.Response switch
    {
        null => RefusalKind.Unknown,
        { Status: 401 or 403 } => RefusalKind.Proper,
        { Status: 429 or 408 or >= 500 } => RefusalKind.Unknown,
        { Status: 200 } response => ChatBody.Read(response.Body) is { Error: null, ShapeFault: null } body && (!basicIsRight || Answer.Classify(body.Content, item.Question) == AnswerKind.Right)
            ? RefusalKind.Accepted
            : RefusalKind.Unusual,
        _ => RefusalKind.Unusual,
    };
}
