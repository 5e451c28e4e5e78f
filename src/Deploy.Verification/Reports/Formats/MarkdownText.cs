using System.Globalization;
using System.Text;

namespace Deploy.Verification.Reports.Formats;

/// <summary>Turns text of unknown origin into Markdown that shows exactly that text, on GitHub and Azure DevOps: no markup, no link, nobody notified.</summary>
internal static class MarkdownText
{
    private const string ZeroWidthSpace = "&#8203;";

    /// <summary>Text for a cell or a line, at most so many characters before escaping.</summary>
    public static string Inline(string text, int most)
    {
        var builder = new StringBuilder();
        var visible = VisibleText.Cut(VisibleText.Line(text).Trim(), most);
        for (var at = 0; at < visible.Length; at++)
        {
            var letter = visible[at];
            var isBoundary = at + 1 == visible.Length || visible[at + 1] == ' ';
            if (IsPlain(letter) || (letter is '.' or ',' or ':' && isBoundary && at > 0 && char.IsAsciiLetterOrDigit(visible[at - 1])))
            {
                builder.Append(letter);
                continue;
            }

            builder.Append(CultureInfo.InvariantCulture, $"&#{(int)letter};");
            // Mentions and references are looked for in what Markdown has become, where an entity is its character again.
            if (letter is '@' or '#')
            {
                builder.Append(ZeroWidthSpace);
            }
        }

        return builder.ToString();
    }

    private static bool IsPlain(char letter) => char.IsAsciiLetterOrDigit(letter) || letter == ' ' || letter > '\u007f';
}
