using System.Globalization;
using System.Text.RegularExpressions;

namespace Deploy.Engine.Protocol;

/// <summary>Durations as Go writes them: <c>1h30m</c>, <c>1800000000000ns</c>.</summary>
internal static partial class GoDuration
{
    /// <summary>Null when the text is empty (not set).</summary>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan? Parse(string text)
    {
        if (text.Length == 0)
        {
            return null;
        }

        var match = Pattern().Match(text);
        if (!match.Success)
        {
            throw new FormatException($"'{text}' is not a duration such as 30m or 1h15m");
        }

        var ticks = 0.0;
        for (var index = 0; index < match.Groups["number"].Captures.Count; index++)
        {
            ticks += double.Parse(match.Groups["number"].Captures[index].Value, CultureInfo.InvariantCulture) * TicksOf(match.Groups["unit"].Captures[index].Value);
        }

        return TimeSpan.FromTicks((long)ticks);
    }

    private static double TicksOf(string unit) => unit switch
    {
        "ns" => 0.01,
        "us" or "µs" or "μs" => TimeSpan.TicksPerMicrosecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "s" => TimeSpan.TicksPerSecond,
        "m" => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerHour,
    };

    [GeneratedRegex(@"^((?<number>\d+(\.\d+)?)(?<unit>ns|us|µs|μs|ms|s|m|h))+$", RegexOptions.CultureInvariant)]
    private static partial Regex Pattern();
}
