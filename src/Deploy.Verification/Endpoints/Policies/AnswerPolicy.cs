using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Judges the tries of a question together, streamed or not.</summary>
internal static class AnswerPolicy
{
    public static Finding Judge(IReadOnlyList<ChatTry> tries, Func<ChatTry, ChatReading> read, string right)
    {
        var readings = tries.Select(read).ToArray();
        var last = readings[^1];
        if (last.IsRight)
        {
            return Finding.PassOrWarn($"{right}: {tries[^1].Question.Expression} = {tries[^1].Question.Sum}.", [.. Circumstances(tries), .. last.Deviations]);
        }

        // A second question that could not be asked leaves the answer to the first.
        var at = Array.FindLastIndex(readings, reading => reading.Fault is null);
        if (last.Fault is { } fault && (at < 0 || tries[^1].Purpose != ChatPurpose.OtherQuestion))
        {
            return fault;
        }

        var earlier = tries[^1].Purpose == ChatPurpose.OtherQuestion && tries.Count > 1 ? readings[^2] : null;
        var judged = earlier ?? last;
        return judged.Kind is AnswerKind.Wrong or AnswerKind.Shotgun && earlier is not null && last.Fault is null && Answer.AreSame(earlier.Content, last.Content)
            ? Finding.Of(EndpointErrors.CannedAnswer, $"Two different questions got the same answer: {Quote(last.Content)}.")
            : OfAnother(tries, readings) ?? OfKind(judged, tries[earlier is null ? tries.Count - 1 : tries.Count - 2].Question);
    }

    // Whoever gets a right answer to what was asked before is served from a cache, or with somebody else's answers.
    private static Finding? OfAnother(IReadOnlyList<ChatTry> tries, IReadOnlyList<ChatReading> readings)
    {
        foreach (var (item, reading) in tries.Zip(readings).Where(pair => pair.Second is { Fault: null, Kind: AnswerKind.Wrong }))
        {
            if (item.Before.LastOrDefault(question => question.Sum != item.Question.Sum && NumberSearch.Contains(Answer.WithoutThoughts(reading.Content!), question.Sum)) is { } other)
            {
                return Finding.Of(EndpointErrors.MixedUp, $"The answer to {item.Question.Expression} is that of an earlier question, {other.Expression}: {Quote(reading.Content)}.");
            }
        }

        return null;
    }

    private static Finding OfKind(ChatReading reading, SumQuestion question) => reading.Kind switch
    {
        AnswerKind.Empty => Finding.Of(EndpointErrors.EmptyAnswer, "The answer's content is empty."),
        AnswerKind.Whitespace => Finding.Of(EndpointErrors.OnlyWhitespace, $"The answer's content is only newlines or white space ({reading.Content!.Length} characters)."),
        AnswerKind.Echo => Finding.Of(EndpointErrors.Echo, $"The answer to {question.Expression} repeats the question: {Quote(reading.Content)}."),
        AnswerKind.Degenerate => Finding.Of(EndpointErrors.Degenerate, $"The answer repeats itself: {Quote(reading.Content)}."),
        _ when reading.IsCut => Finding.Of(EndpointErrors.CutByLength, $"The answer to {question.Expression} was cut by its length before it named {question.Sum}: {Quote(reading.Content)}."),
        AnswerKind.Shotgun => Finding.Of(EndpointErrors.WrongAnswer, $"The answer to {question.Expression} lists many numbers instead of one: {Quote(reading.Content)}."),
        _ => Finding.Of(EndpointErrors.WrongAnswer, $"The answer to {question.Expression} is not {question.Sum}: {Quote(reading.Content)}."),
    };

    private static IEnumerable<Deviation> Circumstances(IReadOnlyList<ChatTry> tries)
    {
        if (tries.Any(item => item.Purpose == ChatPurpose.OtherQuestion))
        {
            yield return new(EndpointErrors.OneAnswerWrong, "the answer to an earlier question was wrong");
        }

        if (tries.Any(item => item.Purpose == ChatPurpose.WithoutParameters))
        {
            yield return new(EndpointErrors.ParametersRefused, "the question was refused as long as it carried temperature and max_tokens");
        }

        if (tries.Select(item => item.Exchange.EarlierFailure).FirstOrDefault(failure => failure is not null) is { } failure)
        {
            yield return new(EndpointErrors.Unstable, $"an earlier attempt failed ({failure})");
        }
    }

    private static string Quote(string? text) =>
        $"\"{JsonText.Shorten(string.Join(' ', (text ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)), 80)}\"";
}
