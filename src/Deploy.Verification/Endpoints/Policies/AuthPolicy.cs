using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges <c>auth.accepted</c> and <c>auth.rejected</c>.</summary>
internal static class AuthPolicy
{
    public static Finding JudgeAccepted(Exchange chat, EndpointContext context)
    {
        var status = chat.Last.Status;
        if (status is 401 or 403)
        {
            return OfRefusal(chat, CausePolicy.Judge(chat, context)!, context.Target);
        }

        return status switch
        {
            // Statuses that only a request with an accepted credential gets.
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
    public static Finding JudgeRejected(Exchange wrong, Exchange? without)
    {
        var first = Refusal(wrong);
        if (first == RefusalKind.Accepted)
        {
            return Finding.Of(EndpointErrors.WrongKeyAccepted, "A request with a random key was answered like one with the right key.");
        }

        var second = without is null ? RefusalKind.Unknown : Refusal(without);
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

    private static RefusalKind Refusal(Exchange exchange) => exchange.Last.Response switch
    {
        null => RefusalKind.Unknown,
        { Status: 401 or 403 } => RefusalKind.Proper,
        { Status: 429 or 408 or >= 500 } => RefusalKind.Unknown,
        { Status: 200 } response => ChatBody.Read(response.Body) is { Error: null, ShapeFault: null, Content.Length: > 0 } ? RefusalKind.Accepted : RefusalKind.Unusual,
        _ => RefusalKind.Unusual,
    };
}
