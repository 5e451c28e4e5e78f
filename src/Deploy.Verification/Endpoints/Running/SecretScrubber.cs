using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Takes secrets out of text that a service or an exception wrote, in the spellings a secret can have there.</summary>
internal sealed partial class SecretScrubber
{
    private const string Mark = "[secret]";

    // Shorter ones would blacken ordinary words; no key of Azure is that short.
    private const int ShortestSecret = 6;

    private readonly List<string> _spellings = [];

    public void Add(string? secret)
    {
        if (secret is not { Length: >= ShortestSecret })
        {
            return;
        }

        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] spellings =
        [
            secret,
            Uri.EscapeDataString(secret),
            JsonEncodedText.Encode(secret).ToString(),
            Convert.ToBase64String(bytes).TrimEnd('='),
            Convert.ToHexString(bytes),
            Convert.ToHexStringLower(bytes),
        ];
        _spellings.AddRange(spellings.Where(spelling => !_spellings.Contains(spelling)).Distinct().ToArray());
        // A spelling may contain another one.
        _spellings.Sort((left, right) => right.Length.CompareTo(left.Length));
    }

    public string Clean(string text)
    {
        foreach (var spelling in _spellings)
        {
            text = text.Replace(spelling, Mark, StringComparison.OrdinalIgnoreCase);
        }

        return SignedToken().Replace(text, Mark);
    }

    // A JSON Web Token, whoever's it is: a redirect or an error page may carry one.
    [GeneratedRegex(@"eyJ[\w-]{8,}\.[\w-]{8,}\.[\w-]*")]
    private static partial Regex SignedToken();
}
