using System.Globalization;
using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <param name="Name">The header, such as <c>x-ratelimit-remaining-tokens</c>.</param>
/// <param name="Value">Zero or more.</param>
internal sealed record RateLimit(string Name, long Value);

/// <summary>What an endpoint said about its limits over a whole conversation.</summary>
internal sealed record LimitReading
{
    public required IReadOnlyList<RateLimit> Limits { get; init; }

    /// <summary>Headers that never had a value one could read, as <c>name: value</c>.</summary>
    public required IReadOnlyList<string> Unreadable { get; init; }

    /// <summary>How often a request was throttled (429).</summary>
    public int Throttled { get; init; }

    /// <summary>How often without a <c>Retry-After</c> that can be read.</summary>
    public int ThrottledWithoutWait { get; init; }

    public TimeSpan? LongestWait { get; init; }

    public bool IsEmpty => Limits.Count == 0 && Throttled == 0;
}

/// <summary>Reads what a service says about its limits.</summary>
internal static class RateLimits
{
    private const int ShownLength = 40;

    private static readonly string[] Names =
        ["x-ratelimit-limit-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"];

    /// <summary>The limits that can be read. Services send -1 where they mean "unknown", and texts; both count as not sent.</summary>
    public static IReadOnlyList<RateLimit> Of(ProbeResponse response) =>
    [
        .. Names
            .Select(name => (name, value: Number(response.Header(name))))
            .Where(item => item.value is >= 0)
            .Select(item => new RateLimit(item.name, item.value!.Value)),
    ];

    /// <summary>The headers whose value is neither a limit nor the usual way to say that it is unknown.</summary>
    public static IEnumerable<(string Name, string Value)> Unreadable(ProbeResponse response)
    {
        foreach (var name in Names)
        {
            if (response.Header(name) is { Length: > 0 } text && Number(text) is null or < -1)
            {
                yield return (name, JsonText.Shorten(text, ShownLength));
            }
        }
    }

    private static long? Number(string? text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var value) ? value : null;
}

/// <summary>Judges <c>limits</c>, which informs and never complains: no document promises these headers.</summary>
internal static class LimitsPolicy
{
    public static Finding Judge(LimitReading reading)
    {
        var unreadable = reading.Unreadable.Count == 0 ? "" : $" Not readable, and taken as not sent: {string.Join(", ", reading.Unreadable)}.";
        return reading.IsEmpty
            ? Finding.Skip($"The endpoint sends no rate-limit headers that can be read.{unreadable}")
            : Finding.Pass(string.Join(' ', Sentences(reading)) + unreadable);
    }

    private static IEnumerable<string> Sentences(LimitReading reading)
    {
        if (reading.Limits.Count > 0)
        {
            yield return string.Join(", ", reading.Limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name["x-ratelimit-".Length..].Replace('-', ' ')}: {limit.Value}"))) + ".";
        }

        if (reading.Throttled > 0)
        {
            var wait = reading.LongestWait is { } longest ? string.Create(CultureInfo.InvariantCulture, $"the longest wait asked for was {longest.TotalSeconds:0.###} s") : "no wait was named that can be read";
            yield return string.Create(CultureInfo.InvariantCulture, $"Throttled {(reading.Throttled == 1 ? "once" : $"{reading.Throttled} times")}; {wait}.");
        }
    }
}
