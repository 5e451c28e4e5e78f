using System.Globalization;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Reads how long a service wants to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>The wait the response asks for; null when it asks for none that can be read.</summary>
    public static TimeSpan? Of(ProbeResponse response, DateTimeOffset now)
    {
        // Where several say something, the longest wait keeps to all of them.
        var text = response.Header("Retry-After");
        double?[] waits =
        [
            Number(response.Header("retry-after-ms")) / 1000,
            Number(response.Header("x-ms-retry-after-ms")) / 1000,
            Number(text),
            // The server's own clock, if it tells it, makes a date independent of ours.
            Date(text) is { } date ? (date - (Date(response.Header("Date")) ?? now)).TotalSeconds : null,
        ];
        return waits.Max() is { } seconds ? Span(seconds) : null;
    }

    // A header that came twice is one text with a comma. Below zero there is no wait that could be meant.
    private static double? Number(string? text) => (text ?? "").Split(',').Select(One).Where(number => number >= 0).Max();

    private static double? One(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    // Half a year is as absurd as a century, and does not overflow.
    private static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 180 * 86400));
}
