using System.Globalization;
using System.Text.RegularExpressions;

namespace Pulumi;

/// <summary>How long the provider may take for one operation; null leaves its default.</summary>
public sealed partial class CustomTimeouts
{
    /// <summary>Limit of a creation.</summary>
    public TimeSpan? Create { get; set; }

    /// <summary>Limit of an update.</summary>
    public TimeSpan? Update { get; set; }

    /// <summary>Limit of a deletion.</summary>
    public TimeSpan? Delete { get; set; }

    internal Pulumirpc.CustomTimeouts ToProto() => new() { Create = Format(Create), Update = Format(Update), Delete = Format(Delete) };

    internal static CustomTimeouts FromProto(Pulumirpc.CustomTimeouts limits) => new() { Create = Parse(limits.Create), Update = Parse(limits.Update), Delete = Parse(limits.Delete) };

    internal CustomTimeouts Clone() => new() { Create = Create, Update = Update, Delete = Delete };

    // The engine reads Go durations; a tick is 100 ns, so nanoseconds lose nothing.
    private static string Format(TimeSpan? limit) => limit is { } value ? string.Create(CultureInfo.InvariantCulture, $"{value.Ticks * 100}ns") : "";

    private static TimeSpan? Parse(string limit)
    {
        if (limit.Length == 0)
        {
            return null;
        }

        var parts = GoDuration().Match(limit) is { Success: true } match
            ? match.Groups["number"].Captures.Zip(match.Groups["unit"].Captures)
            : throw new FormatException($"'{limit}' is not a duration such as 1h30m.");
        return TimeSpan.FromTicks((long)parts.Sum(part => decimal.Parse(part.First.Value, CultureInfo.InvariantCulture) * TicksOf(part.Second.Value)));
    }

    private static decimal TicksOf(string unit) => unit switch
    {
        "h" => TimeSpan.TicksPerHour,
        "m" => TimeSpan.TicksPerMinute,
        "s" => TimeSpan.TicksPerSecond,
        "ms" => TimeSpan.TicksPerMillisecond,
        "us" or "µs" => TimeSpan.TicksPerMicrosecond,
        _ => 0.01m,
    };

    [GeneratedRegex(@"^((?<number>\d+(\.\d+)?)(?<unit>h|ms|m|s|us|µs|ns))+$", RegexOptions.ExplicitCapture)]
    private static partial Regex GoDuration();
}
