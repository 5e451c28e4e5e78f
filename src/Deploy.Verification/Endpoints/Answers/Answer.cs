namespace Deploy.Verification.Endpoints.Answers;

/// <summary>How an answer relates to its question.</summary>
internal enum AnswerKind
{
    Right,

    /// <summary>No character at all.</summary>
    Empty,

    /// <summary>Newlines or other white space only.</summary>
    Whitespace,

    Echo,
    Degenerate,
    Wrong,

    /// <summary>More different numbers than any reasoning about one sum needs: something is guessing.</summary>
    Shotgun,
}

/// <summary>Reads an answer.</summary>
internal static class Answer
{
    private const int MostNumbers = 24;

    public static AnswerKind Classify(string? content, SumQuestion question)
    {
        if (string.IsNullOrEmpty(content))
        {
            return AnswerKind.Empty;
        }

        if (string.IsNullOrWhiteSpace(content))
        {
            return AnswerKind.Whitespace;
        }

        var said = WithoutThoughts(content);
        if (Repetition.IsDegenerate(said))
        {
            return AnswerKind.Degenerate;
        }

        if (NumberSearch.Contains(said, question.Sum))
        {
            return NumberSearch.CountDistinct(said) > MostNumbers ? AnswerKind.Shotgun : AnswerKind.Right;
        }

        return Squeeze(said).Contains(Squeeze(question.Expression), StringComparison.OrdinalIgnoreCase) ? AnswerKind.Echo : AnswerKind.Wrong;
    }

    /// <summary>Whether two answers say the same, white space aside.</summary>
    public static bool AreSame(string? left, string? right) => Squeeze(left ?? "") == Squeeze(right ?? "");

    /// <summary>What follows the thoughts of a reasoning model; of thoughts that were cut, nothing is an answer yet.</summary>
    public static string WithoutThoughts(string content)
    {
        const string Opening = "<think>";
        const string Closing = "</think>";
        var end = content.LastIndexOf(Closing, StringComparison.OrdinalIgnoreCase);
        if (end >= 0)
        {
            return content[(end + Closing.Length)..];
        }

        return content.TrimStart().StartsWith(Opening, StringComparison.OrdinalIgnoreCase) ? "" : content;
    }

    private static string Squeeze(string text) => string.Concat(text.Where(character => !char.IsWhiteSpace(character)));
}
