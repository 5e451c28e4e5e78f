using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>What the checks behind <c>chat.basic</c> share: an endpoint that has answered once, and how it wanted to be asked.</summary>
internal sealed class Conversation(EndpointSession session, ChatRequests requests, Questioning questioning, EndpointContext context, Random random)
{
    public EndpointContext Context => context;

    public Questioning Questioning => questioning;

    public Random Random => random;

    public Authorization Authorization => requests.Authorization;

    /// <summary>The try that settled <c>chat.basic</c>.</summary>
    public required ChatTry Basic { get; init; }

    /// <summary>Null when nothing can be asked any more.</summary>
    public Task<Exchange?> AskAsync(ChatForm form, CancellationToken cancellationToken) =>
        session.ExchangeAsync(requests.Chat(form), session.WholeShare, cancellationToken);

    /// <summary>Asks with another credential, or none, expecting to be refused.</summary>
    public Task<Exchange?> AskRefusedAsync(ChatForm form, Authorization? credential, CancellationToken cancellationToken) =>
        session.ExchangeAsync(requests.Refused(form, credential), session.SmallShare, cancellationToken);

    /// <summary>
    /// A check that could not be carried out to its end because the run's time or budget was: the endpoint answered what it was asked, so that is no doubt
    /// about it.
    /// </summary>
    public Finding OutOfBudget() => Finding.Skip($"{session.Exhausted ?? "No time was left."} A longer --timeout leaves time for this check.");
}
