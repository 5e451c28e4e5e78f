using System.Net;
using System.Text;
using Deploy.Core;
using Xunit;

namespace Deploy.Core.Tests;

public sealed class SecretScrubberTests
{
    private const string Key = "kE9+x/7Qw2==zR4tY6uI8oP1aS3dF5gH7jK9lZ0x";

    public static TheoryData<string> Spellings() =>
    [
        Key,
        Uri.EscapeDataString(Key),
        WebUtility.UrlEncode(Key),
        WebUtility.HtmlEncode(Key),
        Key.Replace("+", "\\u002B", StringComparison.Ordinal),
        Convert.ToHexString(Encoding.UTF8.GetBytes(Key)),
        Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Key)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Key)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("a" + Key + "z")),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("api-key " + Key)),
        Convert.ToBase64String(Encoding.UTF8.GetBytes("ab" + Key + "zz")).Replace('+', '-').Replace('/', '_'),
        string.Join('\n', Key.Chunk(8).Select(part => new string(part))),
        string.Join("\" \"", Key.Chunk(13).Select(part => new string(part))),
    ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public void Clean_ASpelling_LeavesNoPieceOfTwelve(string spelling)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(Key);

        var clean = scrubber.Clean($"before {spelling} after");

        Assert.Contains(SecretScrubber.Mark, clean, StringComparison.Ordinal);
        Assert.StartsWith("before ", clean, StringComparison.Ordinal);
        Assert.EndsWith(" after", clean, StringComparison.Ordinal);
        var plain = string.Concat(spelling.Where(char.IsAsciiLetterOrDigit));
        var left = string.Concat(clean.Where(char.IsAsciiLetterOrDigit));
        Assert.DoesNotContain(Enumerable.Range(0, plain.Length - 11).Select(at => plain.Substring(at, 12)), piece => left.Contains(piece, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(6)]
    [InlineData(11)]
    [InlineData(30)]
    public void Clean_ACutKey_LosesItsBeginning(int length)
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(Key);

        Assert.Equal("echo [secret]…", scrubber.Clean($"echo {Key[..length]}…"));
    }

    [Fact]
    public void Clean_WordsOfAPassphrase_StayOnTheirOwn()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add("correct horse battery staple");

        Assert.Equal("correct horse battery, [secret]", scrubber.Clean("correct horse battery, correct horse battery staple"));
    }

    [Fact]
    public void Clean_TextWithoutSecrets_IsTheSame()
    {
        var scrubber = new SecretScrubber();
        scrubber.Add(Key);
        scrubber.Add(null);
        scrubber.Add("short");
        const string Text = "short text… 123 + 456 = 579, [x] \u202e 😀";

        Assert.Equal(Text, scrubber.Clean(Text));
    }
}
