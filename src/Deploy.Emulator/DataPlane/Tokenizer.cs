using System.Text.RegularExpressions;

namespace Deploy.Emulator.DataPlane;

/// <summary>Cuts text into tokens: always the same way, and the tokens put together are the text. Not the tokenizer of any real model.</summary>
internal static partial class Tokenizer
{
    public static IReadOnlyList<string> Split(string text)
    {
        var tokens = new List<string>();
        foreach (var match in Token().EnumerateMatches(text))
        {
            tokens.Add(text.Substring(match.Index, match.Length));
        }

        return tokens;
    }

    public static int Count(string text) => Token().Count(text);

    // A blank with up to five letters, one digit, a run of white space, or one other character: about the grain of a real vocabulary.
    [GeneratedRegex(@"\s?\p{L}{1,5}|\d|\s+|[\uD800-\uDBFF][\uDC00-\uDFFF]|[\s\S]", RegexOptions.CultureInvariant)]
    private static partial Regex Token();
}
