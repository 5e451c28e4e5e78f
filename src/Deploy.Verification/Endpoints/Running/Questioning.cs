using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Asks a question until it is settled: in the dialect that exists, without parameters that are refused, with room for a long answer, or a second one.</summary>
internal sealed class Questioning(EndpointSession session, ChatRequests requests, InferenceRoutes routes, VerificationOptions options, Random random)
{
    private readonly List<SumQuestion> _asked = [];

    /// <summary>The tries of <c>chat.basic</c>, first the ones that find the dialect; empty when no time was left.</summary>
    public async Task<IReadOnlyList<ChatTry>> AskAsync(EndpointContext context, CancellationToken cancellationToken)
    {
        var question = SumQuestion.Draw(random);
        ChatTry? first = null;
        foreach (var dialect in routes.Dialects)
        {
            var item = await TryDialectAsync(dialect, question, cancellationToken).ConfigureAwait(false);
            if (item is null || !IsMissing(item.Exchange.Last))
            {
                first = item ?? first;
                break;
            }

            first ??= item;
        }

        return first is null ? [] : await FollowUpAsync(first, new(first.Dialect, ""), item => ChatPolicy.Read(item, context), cancellationToken).ConfigureAwait(false);
    }

    // A service that knows the route and not the model says which models it knows; with one of them it may be asked again.
    private async Task<ChatTry?> TryDialectAsync(EndpointDialect dialect, SumQuestion question, CancellationToken cancellationToken)
    {
        var step = new Step(ChatPurpose.First, question, options.AnswerTokens);
        var item = await TryAsync(step, new(dialect, ""), cancellationToken).ConfigureAwait(false);
        if (item?.Exchange.Last.Response is not { } response || !routes.NamesModel(dialect) || !CausePolicy.IsModelMissing(response)
            || await FindModelAsync(cancellationToken).ConfigureAwait(false) is not { } name)
        {
            return item;
        }

        requests.ModelName = name;
        return await TryAsync(step, new(dialect, ""), cancellationToken).ConfigureAwait(false);
    }

    private async Task<string?> FindModelAsync(CancellationToken cancellationToken)
    {
        var exchange = await session.ExchangeAsync(requests.Models() with { ExpectsRefusal = true }, session.SmallShare, cancellationToken).ConfigureAwait(false);
        var names = exchange?.Last.Response is { Status: 200 } response ? ServedModels.Read(response.Body) : [];
        return names.FirstOrDefault(name => ModelNames.AreSame(name, requests.ModelName)) ?? (names.Count == 1 ? names[0] : null);
    }

    /// <summary>The tries of <c>chat.stream</c>, in a dialect that is known to exist.</summary>
    public Task<IReadOnlyList<ChatTry>> StreamAsync(ChatTry basic, EndpointContext context, CancellationToken cancellationToken) =>
        AskAgainAsync(basic, new ChatForm(basic.Dialect, "") with { Stream = true }, item => StreamPolicy.Read(item, context), cancellationToken);

    /// <summary>The tries of another question in some form: refused when the form is, else until it is settled.</summary>
    /// <param name="basic">The try of <c>chat.basic</c> that settled it: what it needed, this one is given at once.</param>
    /// <param name="form">Everything but text, limit and temperature.</param>
    public async Task<IReadOnlyList<ChatTry>> AskAgainAsync(ChatTry basic, ChatForm form, Func<ChatTry, ChatReading> read, CancellationToken cancellationToken)
    {
        var first = await TryAsync(new(ChatPurpose.First, basic.Question.DrawOther(random), TokensAfter(basic)), form, cancellationToken).ConfigureAwait(false);
        return first is null ? [] : await FollowUpAsync(first, form, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The limit to begin with, after what <c>chat.basic</c> has shown; null when limits are refused.</summary>
    public int? TokensAfter(ChatTry basic) => basic.Purpose switch
    {
        ChatPurpose.WithoutParameters => null,
        ChatPurpose.LongAnswer => options.LongAnswerTokens,
        _ => options.AnswerTokens,
    };

    /// <summary>Whether the OpenAI dialect is understood as well.</summary>
    public async Task<bool> UnderstandsOpenAIAsync(CancellationToken cancellationToken)
    {
        var request = requests.Chat(ChatForm.Plain(EndpointDialect.OpenAIV1, SumQuestion.Draw(random).Text, options.AnswerTokens));
        var exchange = await session.ExchangeAsync(request, session.SmallShare, cancellationToken).ConfigureAwait(false);
        return exchange?.Last.Response is { Status: 200 } response && ChatBody.Read(response.Body) is { Error: null, ShapeFault: null };
    }

    /// <summary>Whether a route does not exist, as the gateway or the model's own server says it.</summary>
    public static bool IsMissing(ProbeResult result) =>
        (result.Status is 404 or 405 && !CausePolicy.IsModelMissing(result.Response!)) || (result.Response is { } response && CausePolicy.RefusesVersion(response)) || (result.Status == 424 && result.Response!.Header("ms-azureml-model-error-statuscode") is "404" or "405");

    private async Task<IReadOnlyList<ChatTry>> FollowUpAsync(ChatTry first, ChatForm form, Func<ChatTry, ChatReading> read, CancellationToken cancellationToken)
    {
        var tries = new List<ChatTry> { first };
        while (Next(tries, form, read(tries[^1])) is { } step)
        {
            if (await TryAsync(step, form, cancellationToken).ConfigureAwait(false) is not { } item)
            {
                break;
            }

            tries.Add(item);
        }

        return tries;
    }

    private Step? Next(List<ChatTry> tries, ChatForm form, ChatReading reading)
    {
        var last = tries[^1];
        bool Did(ChatPurpose purpose) => tries.Any(item => item.Purpose == purpose);
        if (ChatPolicy.IsRefused(last.Exchange) && last.Purpose == ChatPurpose.First && reading.Fault?.Definition != EndpointErrors.ModelNotServed)
        {
            // With a system message, the message is what is refused: the parameters were accepted before.
            return form.System is null ? new(ChatPurpose.WithoutParameters, last.Question, null) : null;
        }

        if (reading.Fault is not null || reading.IsRight || last.Purpose == ChatPurpose.OtherQuestion)
        {
            return null;
        }

        if (reading.IsCut && !Did(ChatPurpose.LongAnswer) && reading.Kind is not (AnswerKind.Degenerate or AnswerKind.Shotgun))
        {
            return new(ChatPurpose.LongAnswer, last.Question, options.LongAnswerTokens);
        }

        // Silence is no slip of a model; a wrong word may be one.
        return reading.Kind is AnswerKind.Empty or AnswerKind.Whitespace || reading.IsCut
            ? null
            : new(ChatPurpose.OtherQuestion, last.Question.DrawOther(random), Did(ChatPurpose.WithoutParameters) ? null : Did(ChatPurpose.LongAnswer) ? options.LongAnswerTokens : options.AnswerTokens);
    }

    private async Task<ChatTry?> TryAsync(Step step, ChatForm form, CancellationToken cancellationToken)
    {
        var plain = ChatForm.Plain(form.Dialect, step.Question.Text, step.Tokens);
        var request = requests.Chat(form with { Text = plain.Text, Tokens = plain.Tokens, Temperature = plain.Temperature });
        var exchange = await session.ExchangeAsync(request, session.WholeShare, cancellationToken).ConfigureAwait(false);
        var before = _asked.ToArray();
        _asked.Add(step.Question);
        return exchange is null ? null : new(step.Purpose, form.Dialect, step.Question, exchange) { Before = before };
    }

    private sealed record Step(ChatPurpose Purpose, SumQuestion Question, int? Tokens);
}
