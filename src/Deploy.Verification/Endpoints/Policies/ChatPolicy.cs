using System.Text;
using System.Text.Json;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Why a chat question was asked.</summary>
internal enum ChatPurpose
{
    First,

    /// <summary>The same question without temperature and token limit, because they were refused.</summary>
    WithoutParameters,

    /// <summary>The same question with more tokens, because the answer was cut.</summary>
    LongAnswer,

    /// <summary>Another question, because the answer was wrong.</summary>
    OtherQuestion,
}

/// <summary>One question with its exchange.</summary>
internal sealed record ChatTry(ChatPurpose Purpose, EndpointDialect Dialect, SumQuestion Question, Exchange Exchange)
{
    /// <summary>What the endpoint was asked before, in any check.</summary>
    public IReadOnlyList<SumQuestion> Before { get; init; } = [];
}

/// <summary>What one try shows: a cause that settles it, or an answer of some kind with what was tolerated.</summary>
internal sealed record ChatReading
{
    public Finding? Fault { get; init; }

    public AnswerKind Kind { get; init; }

    public string? Content { get; init; }

    public bool IsCut { get; init; }

    public IReadOnlyList<Deviation> Deviations { get; init; } = [];

    public bool IsRight => Fault is null && Kind == AnswerKind.Right;
}

/// <summary>Judges <c>chat.basic</c>.</summary>
internal static class ChatPolicy
{
    private static readonly string[] FinishReasons = ["stop", "length", "content_filter", "tool_calls"];

    public static Finding Judge(IReadOnlyList<ChatTry> tries, EndpointContext context) =>
        AnswerPolicy.Judge(tries, item => Read(item, context), "The sum is right");

    public static ChatReading Read(ChatTry item, EndpointContext context)
    {
        if (CausePolicy.Judge(item.Exchange, context) is { } cause)
        {
            return new() { Fault = cause };
        }

        var response = item.Exchange.Last.Response!;
        if (string.IsNullOrWhiteSpace(response.Body))
        {
            return new() { Fault = OfBlank(response) };
        }

        return ChatBody.Read(response.Body) is { } body ? Read(item, response, body, context) : new() { Fault = OfUnreadable(response) };
    }

    /// <summary>The completion inside an exchange, or what keeps it from being one; its content is not judged.</summary>
    public static (Finding? Fault, ChatBody? Body) Open(Exchange exchange, EndpointContext context)
    {
        if (CausePolicy.Judge(exchange, context) is { } cause)
        {
            return (cause, null);
        }

        var response = exchange.Last.Response!;
        return string.IsNullOrWhiteSpace(response.Body) ? (OfBlank(response), null)
            : ChatBody.Read(response.Body) is not { } body ? (OfUnreadable(response), null)
            : (OfShape(body), body);
    }

    /// <summary>Whether a request was understood and refused for what it contains, by the endpoint or by the model's own server behind a gateway.</summary>
    public static bool IsRefused(Exchange exchange)
    {
        var response = exchange.Last.Response;
        return response switch
        {
            { Status: 400 or 422 } => ServiceText.Of(response).Code != "content_filter",
            { Status: 424 } => response.Header("ms-azureml-model-error-statuscode") is "400" or "422",
            _ => false,
        };
    }

    private static ChatReading Read(ChatTry item, ProbeResponse response, ChatBody body, EndpointContext context)
    {
        var fault = OfBody(body) ?? IdentityPolicy.Fault(body.Model, context);
        return fault is not null
            ? new() { Fault = fault, Content = body.Content }
            : new()
            {
                Kind = Answer.Classify(body.Content, item.Question),
                Content = body.Content,
                IsCut = body.FinishReason == "length",
                Deviations = [.. Deviations(response, body), .. new[] { IdentityPolicy.Deviation(body.Model, context) }.OfType<Deviation>()],
            };
    }

    private static Finding OfBlank(ProbeResponse response) => response.Body.Length == 0
        ? Finding.Of(EndpointErrors.EmptyAnswer, "Status 200 with an empty body.")
        : Finding.Of(EndpointErrors.OnlyWhitespace, $"Status 200, but the body is only newlines or white space ({response.BodySizeBytes} bytes).");

    private static Finding? OfShape(ChatBody body) =>
        body.Error is { } error ? Finding.Of(EndpointErrors.ErrorInSuccess, $"Status 200, but the body carries an error: {error}")
        : body.ShapeFault is { } shape ? Finding.Of(EndpointErrors.WrongShape, $"The body is JSON but not a chat completion: {shape}.")
        : null;

    private static Finding? OfBody(ChatBody body)
    {
        if (OfShape(body) is { } fault)
        {
            return fault;
        }

        if (body.Role != "assistant")
        {
            return Finding.Of(EndpointErrors.WrongRole, $"The message's role is {(body.Role is null ? "missing" : $"'{body.Role}'")}; 'assistant' was expected.");
        }

        if (body.FinishReason == "content_filter")
        {
            return Finding.Of(EndpointErrors.BenignFiltered, "The answer to an addition of two numbers was filtered (finish reason content_filter).");
        }

        return body.CallsTool || body.FinishReason == "tool_calls"
            ? Finding.Of(EndpointErrors.ToolCalled, "The answer calls a tool, and none was offered.")
            : body.Usage.Fault(!string.IsNullOrEmpty(body.Content)) is { } usage && !string.IsNullOrWhiteSpace(body.Content)
            ? Finding.Of(EndpointErrors.UsageWrong, $"The token counts are wrong: {usage}.")
            : null;
    }

    private static IEnumerable<Deviation> Deviations(ProbeResponse response, ChatBody body)
    {
        if (response.MediaType != "application/json" && !response.MediaType.EndsWith("+json", StringComparison.Ordinal))
        {
            yield return new(EndpointErrors.WrongContentType, $"the content type is '{response.MediaType}' instead of application/json");
        }

        if (body.FinishReason is null || !FinishReasons.Contains(body.FinishReason))
        {
            yield return new(EndpointErrors.FinishReasonMissing, body.FinishReason is null ? "the finish reason is missing" : $"the finish reason '{body.FinishReason}' is unknown");
        }

        if (body.Usage.IsMissing)
        {
            yield return new(EndpointErrors.UsageMissing, "the token counts ('usage') are missing");
        }

        if (body.Object != "chat.completion")
        {
            yield return new(EndpointErrors.Deviation, $"'object' is '{body.Object}' instead of 'chat.completion'");
        }
    }

    private static Finding OfUnreadable(ProbeResponse response)
    {
        if (response.IsEventStream)
        {
            return Finding.Of(EndpointErrors.WrongShape, "An event stream came back although none was asked for.");
        }

        return IsCutJson(response.Body)
            ? Finding.Of(EndpointErrors.BodyTruncated, $"The body is JSON that ends in the middle, after {response.BodySizeBytes} bytes.")
            : Finding.Of(EndpointErrors.NotJson, $"The body is not JSON ({response.BodySizeBytes} bytes, content type '{response.MediaType}').");
    }

    private static bool IsCutJson(string text)
    {
        if (text.AsSpan().TrimStart() is not ['{', ..])
        {
            return false;
        }

        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), isFinalBlock: false, default);
        try
        {
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
