namespace Deploy.Verification.Endpoints.Answers;

/// <summary>Recognises an answer that fell into a loop: a long run of one short piece, over and over.</summary>
internal static class Repetition
{
    private const int LongestPeriod = 120;
    private const int FewestRepeats = 6;
    private const int ShortestRun = 60;

    // A ruler of dashes is a decoration, so a single character has to go on for longer.
    private const int ShortestRunOfOneCharacter = 240;

    public static bool IsDegenerate(string text)
    {
        for (var period = 1; period <= LongestPeriod && period * FewestRepeats <= text.Length; period++)
        {
            if (Repeats(text, period))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Repeats(string text, int period)
    {
        var needed = period == 1 ? ShortestRunOfOneCharacter : Math.Max(ShortestRun, period * FewestRepeats);
        var run = period;
        for (var at = period; at < text.Length; at++)
        {
            run = text[at] == text[at - period] ? run + 1 : period;
            if (run >= needed && (period == 1 || text.AsSpan(at - period + 1, period).ContainsAnyExcept(text[at])))
            {
                return true;
            }
        }

        return false;
    }
}
