using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Asks a question until it is settled: in the dialect that exists, without parameters that are refused, with room for a long answer, or a second one.</summary>
internal sealed class Questioning(EndpointSession session, ChatRequests requests, InferenceRoutes routes, VerificationOptions options, Random random)
{
    /// <summary>The tries of <c>chat.basic</c>, first the ones that find the dialect; empty when no time was left.</summary>
    public async Task<IReadOnlyList<ChatTry>> AskAsync(EndpointContext context, CancellationToken cancellationToken)
    {
        var question = SumQuestion.Draw(random);
        ChatTry? first = null;
        foreach (var dialect in routes.Dialects)
        {
            var item = await TryAsync(ChatPurpose.First, dialect, question, options.AnswerTokens, stream: false, cancellationToken).ConfigureAwait(false);
            if (item is null || !IsMissing(item.Exchange.Last))
            {
                first = item ?? first;
                break;
            }

            first ??= item;
        }

        return first is null ? [] : await FollowUpAsync(first, item => ChatPolicy.Read(item, context), stream: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The tries of <c>chat.stream</c>, in a dialect that is known to exist.</summary>
    public async Task<IReadOnlyList<ChatTry>> StreamAsync(ChatTry basic, EndpointContext context, CancellationToken cancellationToken)
    {
        int? tokens = basic.Purpose == ChatPurpose.WithoutParameters ? null : basic.Purpose == ChatPurpose.LongAnswer ? options.LongAnswerTokens : options.AnswerTokens;
        var question = basic.Question.DrawOther(random);
        var first = await TryAsync(ChatPurpose.First, basic.Dialect, question, tokens, stream: true, cancellationToken).ConfigureAwait(false);
        return first is null ? [] : await FollowUpAsync(first, item => StreamPolicy.Read(item, context), stream: true, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether the OpenAI dialect is understood as well.</summary>
    public async Task<bool> UnderstandsOpenAIAsync(CancellationToken cancellationToken)
    {
        var request = requests.Chat(EndpointDialect.OpenAIV1, SumQuestion.Draw(random), options.AnswerTokens);
        var exchange = await session.ExchangeAsync(request, session.SmallShare, cancellationToken).ConfigureAwait(false);
        return exchange?.Last.Response is { Status: 200 } response && ChatBody.Read(response.Body) is { Error: null, ShapeFault: null };
    }

    /// <summary>Whether a route does not exist, as the gateway or the model's own server says it.</summary>
    public static bool IsMissing(ProbeResult result) =>
        result.Status is 404 or 405 || (result.Status == 424 && result.Response!.Header("ms-azureml-model-error-statuscode") is "404" or "405");

    private async Task<IReadOnlyList<ChatTry>> FollowUpAsync(ChatTry first, Func<ChatTry, ChatReading> read, bool stream, CancellationToken cancellationToken)
    {
        var tries = new List<ChatTry> { first };
        while (Next(tries, read(tries[^1])) is var (purpose, question, tokens))
        {
            if (await TryAsync(purpose, first.Dialect, question, tokens, stream, cancellationToken).ConfigureAwait(false) is not { } item)
            {
                break;
            }

            tries.Add(item);
        }

        return tries;
    }

    private (ChatPurpose Purpose, SumQuestion Question, int? Tokens)? Next(List<ChatTry> tries, ChatReading reading)
    {
        var last = tries[^1];
        bool Did(ChatPurpose purpose) => tries.Any(item => item.Purpose == purpose);
        if (last.Exchange.Last.Status is 400 or 422 && last.Purpose == ChatPurpose.First && reading.Fault?.Definition != EndpointErrors.BenignFiltered)
        {
            return (ChatPurpose.WithoutParameters, last.Question, null);
        }

        if (reading.Fault is not null || reading.IsRight || last.Purpose == ChatPurpose.OtherQuestion)
        {
            return null;
        }

        if (reading.IsCut && !Did(ChatPurpose.LongAnswer) && reading.Kind is not (AnswerKind.Degenerate or AnswerKind.Shotgun))
        {
            return (ChatPurpose.LongAnswer, last.Question, options.LongAnswerTokens);
        }

        // Silence is no slip of a model; a wrong word may be one.
        return reading.Kind is AnswerKind.Empty or AnswerKind.Whitespace || reading.IsCut
            ? null
            : (ChatPurpose.OtherQuestion, last.Question.DrawOther(random), Did(ChatPurpose.WithoutParameters) ? null : Did(ChatPurpose.LongAnswer) ? options.LongAnswerTokens : options.AnswerTokens);
    }

    private async Task<ChatTry?> TryAsync(ChatPurpose purpose, EndpointDialect dialect, SumQuestion question, int? tokens, bool stream, CancellationToken cancellationToken)
    {
        var exchange = await session.ExchangeAsync(requests.Chat(dialect, question, tokens, stream), session.WholeShare, cancellationToken).ConfigureAwait(false);
        return exchange is null ? null : new(purpose, dialect, question, exchange);
    }
}
