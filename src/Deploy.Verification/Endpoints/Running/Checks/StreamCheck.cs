using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>chat.stream</c> judges.</summary>
internal sealed class StreamCheck(Conversation conversation)
{
    private const int LongerTokens = 32;

    /// <param name="latency">What was measured before; comes back with the stream's part.</param>
    public async Task<(CheckOutcome Outcome, LatencyReport Latency)> RunAsync(LatencyReport latency, CancellationToken cancellationToken)
    {
        var context = conversation.Context;
        var tries = await conversation.Questioning.StreamAsync(conversation.Basic, context, cancellationToken).ConfigureAwait(false);
        if (tries.Count == 0)
        {
            return (new(Finding.Of(EndpointErrors.BudgetSpent, "No time was left to ask for a stream.")), latency);
        }

        var response = tries[^1].Exchange.Last.Response;
        var longer = StreamPolicy.Read(tries[^1], context).IsRight ? await AskLongerAsync(cancellationToken).ConfigureAwait(false) : null;
        var finding = StreamPolicy.Judge(tries, longer, context);
        var stream = StreamBody.Read(response?.Events ?? []);
        var evidence = ChatEvidence.Of(tries, StreamPolicy.Read(tries[^1], context), finding).Add("events", response?.Events.Count ?? 0);
        return (new(finding, evidence), latency with { FirstToken = stream.ContentTimes.Count > 0 ? stream.ContentTimes[0] : null, BetweenTokens = stream.MedianGap });
    }

    // A sum is two or three tokens; the pace of a stream is seen in a longer answer only.
    private async Task<Exchange?> AskLongerAsync(CancellationToken cancellationToken)
    {
        if (conversation.Questioning.TokensAfter(conversation.Basic) is null)
        {
            return null;
        }

        var form = new ChatForm(conversation.Basic.Dialect, ParametersCheck.LongQuestion(SumQuestion.Draw(conversation.Random))) { Tokens = LongerTokens, Temperature = 0, Stream = true };
        return await conversation.AskAsync(form, cancellationToken).ConfigureAwait(false);
    }
}
