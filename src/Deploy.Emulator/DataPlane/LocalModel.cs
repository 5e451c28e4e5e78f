using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Deploy.Emulator.DataPlane;

/// <summary>Answers in a model's place: adds numbers, explains an addition when asked, and says of everything else that it is no real model. The same question gets the same answer.</summary>
internal static partial class LocalModel
{
    public static string Answer(string model, IReadOnlyList<ChatMessage> messages)
    {
        var question = messages.LastOrDefault(message => message.Role == "user")?.Text ?? "";
        if (Sum().Match(question) is { Success: true } sum)
        {
            var left = BigInteger.Parse(sum.Groups["a"].ValueSpan, CultureInfo.InvariantCulture);
            var right = BigInteger.Parse(sum.Groups["b"].ValueSpan, CultureInfo.InvariantCulture);
            var result = (left + right).ToString(CultureInfo.InvariantCulture);
            return WantsReasons().IsMatch(question) ? $"{result}. {Explain(left, right)}" : result;
        }

        var words = question.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0
            ? $"I am a local model standing in for {model}. Your message has no text."
            : $"I am a local model standing in for {model}; I do not think, I only count. Your message has {words.Length} words and begins with \"{string.Join(' ', words.Take(8))}\".";
    }

    // Long enough to be cut by a small token limit.
    private static string Explain(BigInteger left, BigInteger right)
    {
        var steps = new StringBuilder($"To add {left} and {right}, go column by column from the right. ");
        var (column, carry) = (1, BigInteger.Zero);
        for (var (a, b) = (left, right); a > 0 || b > 0; a /= 10, b /= 10)
        {
            var sum = (a % 10) + (b % 10) + carry;
            steps.Append(CultureInfo.InvariantCulture, $"Column {column++}: {a % 10} plus {b % 10} plus the carry {carry} makes {sum}, so write {sum % 10} and carry {sum / 10}. ");
            carry = sum / 10;
        }

        return steps.Append(CultureInfo.InvariantCulture, $"Check: {left + right} minus {right} is {left}.").ToString();
    }

    [GeneratedRegex(@"\b(explain|step by step)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WantsReasons();

    [GeneratedRegex(@"(?<![\d.])(?<a>\d{1,18})\s*\+\s*(?<b>\d{1,18})(?![\d.]\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();
}
