using System.Text;

namespace Deploy.Core;

/// <summary>
/// Finds pieces of secrets: a key that is broken over lines, quoted in parts, or cut by a limit on length. Letters and digits are compared alone, so that
/// whatever stands between them hides nothing.
/// </summary>
internal sealed class SecretPieces
{
    // Twelve in a row of a random key meet by chance nowhere; fewer begin to meet words.
    private const int Piece = 12;
    private const int ShortestTail = 6;

    private readonly HashSet<string> _pieces = new(StringComparer.Ordinal);
    private readonly List<string> _beginnings = [];

    /// <summary>Only what looks like a key, with letters and digits, is looked for in pieces: a passphrase may be made of words.</summary>
    public void Add(string spelling)
    {
        var plain = string.Concat(spelling.Where(char.IsAsciiLetterOrDigit));
        if (plain.Length < Piece || spelling.Any(char.IsWhiteSpace) || !plain.Any(char.IsAsciiDigit) || !plain.Any(char.IsAsciiLetter))
        {
            return;
        }

        for (var at = 0; at + Piece <= plain.Length; at++)
        {
            _pieces.Add(plain.Substring(at, Piece));
        }

        _beginnings.Add(spelling);
    }

    public string Clean(string text) => _pieces.Count == 0 ? text : WithoutTail(WithoutPieces(text));

    private string WithoutPieces(string text)
    {
        var places = Enumerable.Range(0, text.Length).Where(at => char.IsAsciiLetterOrDigit(text[at])).ToArray();
        var plain = string.Create(places.Length, (text, places), static (span, source) =>
        {
            for (var at = 0; at < span.Length; at++)
            {
                span[at] = source.text[source.places[at]];
            }
        });
        var lookup = _pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        var result = new StringBuilder();
        var (written, end) = (0, -1);
        for (var at = 0; at + Piece <= plain.Length; at++)
        {
            if (!lookup.Contains(plain.AsSpan(at, Piece)))
            {
                continue;
            }

            // What overlaps or touches the piece before belongs to it.
            if (at > end)
            {
                result.Append(text, written, places[at] - written).Append(SecretScrubber.Mark);
            }

            end = at + Piece - 1;
            written = places[end] + 1;
        }

        return end < 0 ? text : result.Append(text, written, text.Length - written).ToString();
    }

    /// <summary>A text that ends in the beginning of a secret was cut within it.</summary>
    private string WithoutTail(string text)
    {
        var body = text.TrimEnd('…', '.', ' ');
        foreach (var beginning in _beginnings)
        {
            for (var length = Math.Min(beginning.Length, body.Length); length >= ShortestTail; length--)
            {
                if (body.AsSpan().EndsWith(beginning.AsSpan(0, length), StringComparison.Ordinal))
                {
                    return string.Concat(body.AsSpan(0, body.Length - length), SecretScrubber.Mark, text.AsSpan(body.Length));
                }
            }
        }

        return text;
    }
}
