using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Deploy.Emulator.DataPlane;

/// <summary>Answers in a model's place: adds numbers, and says of everything else that it is no real model. The same question gets the same answer.</summary>
internal static partial class LocalModel
{
    public static string Answer(string model, IReadOnlyList<ChatMessage> messages)
    {
        var question = messages.LastOrDefault(message => message.Role == "user")?.Text ?? "";
        if (Sum().Match(question) is { Success: true } sum)
        {
            return (BigInteger.Parse(sum.Groups["a"].ValueSpan, CultureInfo.InvariantCulture) + BigInteger.Parse(sum.Groups["b"].ValueSpan, CultureInfo.InvariantCulture)).ToString(CultureInfo.InvariantCulture);
        }

        var words = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? $"I am a local model standing in for {model}. Your message has no text."
            : $"I am a local model standing in for {model}; I do not think, I only count. Your message has {words.Length} words and begins with \"{string.Join(' ', words.Take(8))}\".";
    }

    [GeneratedRegex(@"(?<![\d.])(?<a>\d{1,18})\s*\+\s*(?<b>\d{1,18})(?![\d.]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();
}
