using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges <c>chat.stream</c>.</summary>
internal static class StreamPolicy
{
    // A sum is at most two tokens, so only a longer answer can tell a stream from a parcel.
    private const long FewTokens = 4;
    private const int FewCharacters = 16;
    private const int FewPieces = 4;

    // Tokens that took this long to come and then come all within the span were kept somewhere.
    private static readonly TimeSpan LongSilence = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(5);

    /// <param name="tries">Of the sum.</param>
    /// <param name="longer">A stream with a longer answer, whose pace can be seen; null when none was asked for.</param>
    /// <param name="context">Of the endpoint.</param>
    public static Finding Judge(IReadOnlyList<ChatTry> tries, Exchange? longer, EndpointContext context)
    {
        var finding = AnswerPolicy.Judge(tries, item => Read(item, context), "The sum is right and came as a stream");
        return finding.Definition is null && longer is not null ? OfLonger(longer, context) ?? finding : finding;
    }

    // Time that ran out while pieces came, throttling, and limits that are refused say nothing about streams.
    private static Finding? OfLonger(Exchange longer, EndpointContext context)
    {
        var result = longer.Last;
        if (result.Status is 429 or 503 || ChatPolicy.IsRefused(longer) || result.Failure is { Kind: ProbeFailureKind.TimedOut })
        {
            return null;
        }

        var body = StreamBody.Read(result.Response?.Events ?? []);
        return OfTransport(longer, context) ?? ((body.Error ?? body.Malformed) is { } broken ? Finding.Of(EndpointErrors.StreamError, $"A longer stream carries an error: {broken}") : null)
            ?? (PacePolicy.Parcel(body) is { } parcel ? Finding.PassOrWarn("The sum is right.", [new(EndpointErrors.StreamBuffered, parcel)]) : null);
    }

    public static ChatReading Read(ChatTry item, EndpointContext context)
    {
        var result = item.Exchange.Last;
        if (OfTransport(item.Exchange, context) is { } cause)
        {
            return new() { Fault = cause };
        }

        var body = StreamBody.Read(result.Response!.Events);
        return OfFraming(result, body) is { } fault
            ? new() { Fault = fault, Content = body.Content }
            : new()
            {
                Kind = Answer.Classify(body.Content, item.Question),
                Content = body.Content,
                IsCut = body.FinishReason == "length",
                Deviations = [.. Deviations(result, body, item.Dialect)],
            };
    }

    private static Finding? OfTransport(Exchange exchange, EndpointContext context)
    {
        var result = exchange.Last;
        if (result.Response is { Status: 200 } response)
        {
            if (result.Failure is { } failure && response.IsEventStream && !exchange.IsCutShort)
            {
                return failure.Kind == ProbeFailureKind.TimedOut
                    ? Finding.Of(EndpointErrors.StreamIncomplete, $"The stream stopped after {response.Events.Count} events and nothing more came in time.")
                    : Finding.Of(EndpointErrors.StreamIncomplete, $"The stream broke off after {response.Events.Count} events. {failure.Message}");
            }

            if (!response.IsEventStream && result.Failure is null && !CausePolicy.IsWebPage(response) && !response.BodyTooLarge)
            {
                return OfNoStream(response);
            }
        }

        return CausePolicy.Judge(exchange, context);
    }

    private static Finding OfNoStream(ProbeResponse response)
    {
        if (string.IsNullOrWhiteSpace(response.Body))
        {
            return response.Body.Length == 0
                ? Finding.Of(EndpointErrors.StreamEmpty, "Status 200 with an empty body.")
                : Finding.Of(EndpointErrors.OnlyWhitespace, $"Status 200, but the body is only newlines or white space ({response.BodySizeBytes} bytes).");
        }

        return ChatBody.Read(response.Body)?.Error is { } error
            ? Finding.Of(EndpointErrors.ErrorInSuccess, $"Status 200, but the body carries an error: {error}")
            : Finding.Of(EndpointErrors.NotStreamed, $"A stream was asked for, and a whole answer of type '{response.MediaType}' came back.");
    }

    private static Finding? OfFraming(ProbeResult result, StreamBody body)
    {
        var response = result.Response!;
        if (body.Error is { } error)
        {
            return Finding.Of(EndpointErrors.StreamError, $"The stream carries an error: {error}");
        }

        if (body.Malformed is { } chunk)
        {
            return Finding.Of(EndpointErrors.StreamMalformed, $"A chunk of the stream is not JSON: {chunk}");
        }

        if (response.Events.Count == 0)
        {
            return OfNoEvents(response);
        }

        if (body.Role is not null and not "assistant")
        {
            return Finding.Of(EndpointErrors.WrongRole, $"The stream's role is '{body.Role}'; 'assistant' was expected.");
        }

        if (body.FinishReason is null)
        {
            return body.IsDone || HasUnfinishedDone(response)
                ? Finding.Of(EndpointErrors.StreamNoFinish, $"No chunk of the stream ({response.Events.Count} events) carries a finish reason.")
                : Finding.Of(EndpointErrors.StreamIncomplete, $"The stream ends after {response.Events.Count} events with neither a finish reason nor [DONE].");
        }

        return body.FinishReason == "content_filter"
            ? Finding.Of(EndpointErrors.BenignFiltered, "The answer to an addition of two numbers was filtered (finish reason content_filter).")
            : body.Content.Length > 0 && body.Usage.Fault(!string.IsNullOrWhiteSpace(body.Content)) is { } usage
            ? Finding.Of(EndpointErrors.UsageWrong, $"The token counts are wrong: {usage}.")
            : null;
    }

    private static Finding OfNoEvents(ProbeResponse response)
    {
        if (response.Body.Length == 0)
        {
            return Finding.Of(EndpointErrors.StreamEmpty, "The stream ends without a single event.");
        }

        return string.IsNullOrWhiteSpace(response.Body)
            ? Finding.Of(EndpointErrors.OnlyWhitespace, $"The stream is only newlines or white space ({response.BodySizeBytes} bytes).")
            : Finding.Of(EndpointErrors.StreamMalformed, $"The body ({response.BodySizeBytes} bytes) holds no complete event.");
    }

    private static IEnumerable<Deviation> Deviations(ProbeResult result, StreamBody body, EndpointDialect dialect)
    {
        if (!result.Response!.IsNamedEventStream)
        {
            yield return new(EndpointErrors.WrongContentType, $"the content type is '{result.Response.MediaType}' instead of text/event-stream");
        }

        if (!body.IsDone)
        {
            yield return new(EndpointErrors.StreamNoDone, HasUnfinishedDone(result.Response!) ? "[DONE] is not followed by an empty line" : "[DONE] is missing at the end");
        }

        if (IsBuffered(result, body))
        {
            yield return new(EndpointErrors.StreamBuffered, $"its {body.ContentTimes.Count} pieces came at once, as if collected on the way");
        }

        // The other dialect sends usage on request only.
        if (body.Usage.IsMissing && dialect == EndpointDialect.AzureInference)
        {
            yield return new(EndpointErrors.UsageMissing, "the token counts ('usage') are missing");
        }

        if (body.Role is null)
        {
            yield return new(EndpointErrors.StreamDeviation, "no chunk names the role");
        }

        foreach (var text in body.Deviations)
        {
            yield return new(EndpointErrors.StreamDeviation, text);
        }
    }

    private static bool IsBuffered(ProbeResult result, StreamBody body)
    {
        if (body.ContentTimes.Count <= 1)
        {
            return body.Usage.Completion is { } tokens ? tokens > FewTokens : body.Content.Length > FewCharacters;
        }

        var first = body.ContentTimes[0];
        return body.ContentTimes.Count >= FewPieces && first >= LongSilence && body.ContentTimes[^1] - first < Burst
            // Headers that came long before show that the server streams and the model is quick.
            && first - (result.Timings.FirstByte ?? TimeSpan.Zero) < Burst;
    }

    private static bool HasUnfinishedDone(ProbeResponse response) => response.Body.TrimEnd().EndsWith(StreamEnd.Done, StringComparison.Ordinal);
}
