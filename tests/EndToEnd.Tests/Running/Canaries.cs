using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Xunit;

namespace EndToEnd.Tests.Running;

/// <summary>Secrets that stand nowhere else, and everything they could look like in an artefact.</summary>
internal sealed class Canaries
{
    private readonly Dictionary<string, IReadOnlyList<string>> _forms = new(StringComparer.Ordinal);

    public int Artefacts { get; private set; }

    public int Forms => _forms.Values.Sum(forms => forms.Count);

    /// <summary>Makes one, with characters that every encoding changes.</summary>
    public string Plant(string place) => Watch(place, $"cn{RandomNumberGenerator.GetString("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789", 30)}+/7==");

    /// <summary>Watches a secret that something else made.</summary>
    public string Watch(string place, string secret)
    {
        _forms[place] = [.. FormsOf(secret).Distinct(StringComparer.Ordinal)];
        return secret;
    }

    /// <summary>Looks through an artefact.</summary>
    public void AssertNoneIn(string artefact, string text)
    {
        Artefacts++;
        foreach (var (place, forms) in _forms)
        {
            foreach (var form in forms)
            {
                var at = text.IndexOf(form, StringComparison.Ordinal);
                Assert.True(at < 0, $"The secret of {place} stands in {artefact}: …{(at < 0 ? "" : text[Math.Max(0, at - 200)..Math.Min(text.Length, at + 80)])}…");
            }
        }
    }

    private static IEnumerable<string> FormsOf(string secret)
    {
        var bytes = Encoding.UTF8.GetBytes(secret);
        string[] whole =
        [
            secret, Uri.EscapeDataString(secret), WebUtility.UrlEncode(secret), WebUtility.HtmlEncode(secret), HtmlEncoder.Default.Encode(secret),
            JsonEncodedText.Encode(secret).ToString(), Convert.ToHexString(bytes), Convert.ToHexStringLower(bytes),
        ];
        // Halves, for secrets that were cut or broken over lines.
        string[] halves = [secret[..(secret.Length / 2)], secret[^(secret.Length / 2)..]];
        var encoded = Enumerable.Range(0, 3).Select(offset => Convert.ToBase64String([.. new byte[offset], .. bytes])[(offset + 1)..^4]);
        return [.. whole, .. halves, .. encoded, .. encoded.Select(text => text.Replace('+', '-').Replace('/', '_'))];
    }
}
