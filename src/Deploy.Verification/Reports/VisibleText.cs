using System.Globalization;
using System.Text;

namespace Deploy.Verification.Reports;

/// <summary>Makes text of unknown origin fit to be read: what would be invisible, change the order of reading or be forbidden in XML becomes its code point in brackets.</summary>
public static class VisibleText
{
    /// <summary>Lines stay lines; every other control character becomes visible.</summary>
    public static string Lines(string text) => Convert(text, keepLines: true);

    /// <summary>The text in one line.</summary>
    public static string Line(string text) => Convert(text, keepLines: false);

    /// <summary>The beginning of a text, cut between characters and never within one.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">UTF-16 units it may have, the ellipsis included; at least 2.</param>
    public static string Cut(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length <= length)
        {
            return text;
        }

        var end = length - 1;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[end - 1]) ? end - 1 : end), "…");
    }

    /// <summary>Half of a surrogate pair becomes U+FFFD, which every encoding can write.</summary>
    public static string WellFormed(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.EnumerateRunes().Aggregate(new StringBuilder(text.Length), (builder, rune) => builder.Append(rune.ToString())).ToString();
    }

    private static string Convert(string text, bool keepLines)
    {
        ArgumentNullException.ThrowIfNull(text);
        var result = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t')
            {
                result.Append(keepLines && rune.Value == '\n' ? '\n' : ' ');
            }
            else if (IsHidden(rune))
            {
                result.Append(CultureInfo.InvariantCulture, $"[U+{rune.Value:X4}]");
            }
            else
            {
                result.Append(rune.ToString());
            }
        }

        return result.ToString();
    }

    private static bool IsHidden(Rune rune) =>
        Rune.IsControl(rune)
        || rune.Value is >= 0xFDD0 and <= 0xFDEF
        || (rune.Value & 0xFFFE) == 0xFFFE
        // The joiner is part of many an emoji and of some scripts.
        || (Rune.GetUnicodeCategory(rune) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator && rune.Value is not 0x200D);
}
