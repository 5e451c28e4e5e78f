using System.Globalization;

namespace Deploy.Verification.Endpoints.Answers;

/// <summary>Finds a whole number that stands in a text as a number of its own: not as digits of a longer one, not as a part of a decimal, not negated.</summary>
internal static class NumberSearch
{
    // Comma, point, apostrophes, low line and the spaces of typography; the plain space is treated apart, because it also parts numbers of a list.
    private const string Separators = ",.'\u2019_\u00A0\u202F\u2009";

    public static bool Contains(string text, int number) => Tokens(text).Any(token => token.IsWhole(number)) || ContainsSpaced(text, number);

    /// <summary>How many different numbers a text holds.</summary>
    public static int CountDistinct(string text) => Tokens(text).Select(token => token.Digits).Distinct(StringComparer.Ordinal).Count();

    private static IEnumerable<Token> Tokens(string text)
    {
        for (var start = 0; start < text.Length; start++)
        {
            if (!IsDigit(text, start))
            {
                continue;
            }

            var end = start + 1;
            while (IsDigit(text, end) || (end < text.Length && Separators.Contains(text[end]) && IsDigit(text, end + 1)))
            {
                end++;
            }

            yield return new(text[start..end], StandsAlone(text, start, end));
            start = end;
        }
    }

    // `1 234`: the only spelling with plain spaces that a four-digit sum can have.
    private static bool ContainsSpaced(string text, int number)
    {
        if (number < 1000)
        {
            return false;
        }

        var spelling = string.Create(CultureInfo.InvariantCulture, $"{number / 1000} {number % 1000:000}");
        for (var at = text.IndexOf(spelling, StringComparison.Ordinal); at >= 0; at = text.IndexOf(spelling, at + 1, StringComparison.Ordinal))
        {
            var end = at + spelling.Length;
            if (!Continues(text, end) && StandsAlone(text, at, end) && !(at > 1 && text[at - 1] == ' ' && IsDigit(text, at - 2)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Continues(string text, int end) =>
        IsDigit(text, end) || (end < text.Length && (text[end] == ' ' || Separators.Contains(text[end])) && IsDigit(text, end + 1));

    private static bool StandsAlone(string text, int start, int end) =>
        !(end < text.Length && (char.IsAsciiLetter(text[end]) || char.IsDigit(text[end]))) && (start == 0 || !Claims(text, start - 1));

    // What stands before a number and makes it part of something else.
    private static bool Claims(string text, int at)
    {
        var before = text[at];
        var further = at > 0 ? text[at - 1] : ' ';
        return char.IsAsciiLetter(before) || char.IsDigit(before)
            || (before is '.' or ',' && further != before && !char.IsLetter(further))
            || (before is '-' or '\u2212' && !char.IsLetterOrDigit(further) && further is not ('-' or '\u2212'));
    }

    private static bool IsDigit(string text, int at) => at >= 0 && at < text.Length && char.IsAsciiDigit(text[at]);

    private sealed record Token(string Digits, bool Alone)
    {
        public bool IsWhole(int number)
        {
            if (!Alone)
            {
                return false;
            }

            var plain = number.ToString(CultureInfo.InvariantCulture);
            var groups = Digits.Split([.. Separators]);
            return Joined(groups) == plain
                // 579.0 is 579; a group of zeros behind the last separator is a fraction.
                || (groups.Length > 1 && groups[^1].All(digit => digit == '0') && Joined(groups[..^1]) == plain);
        }

        // Groups make one number when all behind the first have three digits.
        private static string? Joined(string[] groups) =>
            groups.Length == 1 || (groups[0].Length is >= 1 and <= 3 && groups.Skip(1).All(group => group.Length == 3)) ? string.Concat(groups) : null;
    }
}
