using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Deploy.Core;

/// <summary>Takes known secrets out of text that a service, a program or an exception wrote: whole, in the spellings they can have there, split, or cut off.</summary>
public sealed partial class SecretScrubber
{
    public const string Mark = "[secret]";

    // Shorter ones would blacken ordinary words; no key of Azure is that short.
    private const int ShortestSecret = 6;

    private readonly List<string> _spellings = [];
    private readonly SecretPieces _pieces = new();

    /// <summary>Adds a secret; null and what is too short to be one are ignored.</summary>
    public void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret })
        {
            return;
        }

        var spellings = Spell(secret).Where(spelling => spelling.Length >= ShortestSecret && !_spellings.Contains(spelling, StringComparer.Ordinal)).Distinct().ToArray();
        _spellings.AddRange(spellings);
        // A spelling may contain another one.
        _spellings.Sort((left, right) => right.Length.CompareTo(left.Length));
        foreach (var spelling in spellings)
        {
            _pieces.Add(spelling);
        }
    }

    public string Clean(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        foreach (var spelling in _spellings)
        {
            text = text.Replace(spelling, Mark, StringComparison.OrdinalIgnoreCase);
        }

        return SignedToken().Replace(_pieces.Clean(text), Mark);
    }

    private static IEnumerable<string> Spell(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        yield return secret;
        yield return Uri.EscapeDataString(secret);
        yield return WebUtility.UrlEncode(secret);
        yield return JsonEncodedText.Encode(secret).ToString();
        yield return JsonEncodedText.Encode(secret, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping).ToString();
        yield return WebUtility.HtmlEncode(secret);
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        for (var offset = 0; offset < 3; offset++)
        {
            var encoded = EncodedWithin(bytes, offset);
            yield return encoded;
            yield return encoded.Replace('+', '-').Replace('/', '_');
        }
    }

    /// <summary>What base64 makes of a secret that begins so many bytes after a group of three: the characters that depend on nothing else.</summary>
    private static string EncodedWithin(byte[] secret, int offset)
    {
        var encoded = Convert.ToBase64String([.. new byte[offset], .. secret]);
        const int BitsPerByte = 8;
        const int BitsPerCharacter = 6;
        var first = ((offset * BitsPerByte) + BitsPerCharacter - 1) / BitsPerCharacter;
        return encoded[first..((offset + secret.Length) * BitsPerByte / BitsPerCharacter)];
    }

    // A JSON Web Token, whoever's it is: a redirect or an error page may carry one.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")]
    private static partial Regex SignedToken();
}
