using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;

namespace Deploy.Verification.Endpoints.Running.Checks;

/// <summary>Asks what <c>chat.parameters</c> judges: two requests, a third when one was refused.</summary>
internal sealed class ParametersCheck(Conversation conversation)
{
    // The smallest limit that every service accepts.
    private const int Limit = 16;
    private const int StopTokens = 64;

    /// <summary>Tokens of the long question's prompt, as counted; null when they were not. Known once the check has run.</summary>
    public long? LongPromptTokens { get; private set; }

    public async Task<CheckOutcome> RunAsync(CancellationToken cancellationToken)
    {
        var limited = await conversation.AskAsync(
            new(conversation.Basic.Dialect, LongQuestion(SumQuestion.Draw(conversation.Random))) { Tokens = Limit }, cancellationToken).ConfigureAwait(false);
        if (limited is null)
        {
            return new(conversation.OutOfBudget());
        }

        var question = DrawStoppable();
        var stop = LastDigit(question);
        var stopped = await conversation.AskAsync(Stopping(question, stop, named: true), cancellationToken).ConfigureAwait(false);
        var alone = stopped is not null && ChatPolicy.IsRefused(stopped)
            ? await conversation.AskAsync(Stopping(question, stop, named: false), cancellationToken).ConfigureAwait(false)
            : null;
        var tries = new ParameterTries
        {
            Limited = limited,
            Limit = Limit,
            Stopped = stopped,
            Stop = stop,
            StoppedAlone = alone,
            IsWarnedOf = conversation.Basic.Purpose == ChatPurpose.WithoutParameters,
        };
        return new(ParametersPolicy.Judge(tries, conversation.Context), Evidence(tries));
    }

    /// <summary>A sum whose last digit appears in it once, so that an answer that stops there has something before it.</summary>
    private SumQuestion DrawStoppable()
    {
        SumQuestion question;
        string text;
        do
        {
            question = SumQuestion.Draw(conversation.Random);
            text = question.Sum.ToString(CultureInfo.InvariantCulture);
        }
        while (text.IndexOf(text[^1], StringComparison.Ordinal) < text.Length - 1);

        return question;
    }

    private ChatForm Stopping(SumQuestion question, string stop, bool named)
    {
        var parameters = new JsonObject { ["stop"] = new JsonArray(stop) };
        if (named)
        {
            parameters["top_p"] = 0.9;
            parameters["frequency_penalty"] = 0.1;
            parameters["presence_penalty"] = 0.1;
        }

        return new(conversation.Basic.Dialect, question.Text) { Tokens = StopTokens, Temperature = named ? 0.2 : null, Parameters = parameters };
    }

    private Evidence Evidence(ParameterTries tries)
    {
        var (_, body) = ChatPolicy.Open(tries.Limited, conversation.Context);
        LongPromptTokens = body?.Usage.Prompt;
        var (_, stopped) = (tries.StoppedAlone ?? tries.Stopped) is { } exchange ? ChatPolicy.Open(exchange, conversation.Context) : default;
        var evidence = Running.Evidence.Of(tries.Limited).Add("maxTokens", tries.Limit).Add("finishReason", body?.FinishReason).Add("stop", tries.Stop).Add("stopped", stopped?.Content);
        return body?.Usage.Completion is { } tokens ? evidence.Add("completionTokens", tokens) : evidence;
    }

    private static string LastDigit(SumQuestion question) => (question.Sum % 10).ToString(CultureInfo.InvariantCulture);

    /// <summary>A question whose answer is long.</summary>
    public static string LongQuestion(SumQuestion question) =>
        $"What is {question.Expression}? Explain every step of the addition in at least one hundred words, digit by digit, and check the result by a subtraction.";
}
