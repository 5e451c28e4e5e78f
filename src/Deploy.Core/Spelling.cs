namespace Deploy.Core;

/// <summary>Finds what a misspelled word was probably meant to be.</summary>
public static class Spelling
{
    /// <summary>The candidates nearest to <paramref name="word"/>, best first; empty when none is near enough to be worth a suggestion.</summary>
    /// <param name="word">The word as it was written.</param>
    /// <param name="candidates">The words that would have been right.</param>
    /// <param name="count">The most that are returned.</param>
    public static IReadOnlyList<string> Closest(string word, IEnumerable<string> candidates, int count = 1)
    {
        var bound = Math.Max(2, word.Length / 3);
        return [.. candidates
            .Select(candidate => (candidate, distance: Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant())))
            .Where(pair => pair.distance <= bound)
            .OrderBy(pair => pair.distance)
            .ThenBy(pair => pair.candidate, StringComparer.Ordinal)
            .Take(count)
            .Select(pair => pair.candidate)];
    }

    /// <summary>The candidate nearest to <paramref name="word"/>; null when none is near enough.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        var closest = Closest(word, candidates);
        return closest.Count == 0 ? null : closest[0];
    }

    // Levenshtein with two rows.
    private static int Distance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        var current = new int[right.Length + 1];
        for (var row = 1; row <= left.Length; row++)
        {
            current[0] = row;
            for (var column = 1; column <= right.Length; column++)
            {
                var replaced = previous[column - 1] + (left[row - 1] == right[column - 1] ? 0 : 1);
                current[column] = Math.Min(replaced, Math.Min(previous[column], current[column - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
