using System.Globalization;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Reads how long a service wants to be left alone.</summary>
internal static class RetryAfter
{
    /// <summary>The wait the response asks for; null when it asks for none that can be read.</summary>
    public static TimeSpan? Of(ProbeResponse response, DateTimeOffset now)
    {
        foreach (var name in (ReadOnlySpan<string>)["retry-after-ms", "x-ms-retry-after-ms"])
        {
            if (Number(response.Header(name)) is { } milliseconds)
            {
                return Span(milliseconds / 1000);
            }
        }

        var text = response.Header("Retry-After");
        if (Number(text) is { } seconds)
        {
            return Span(seconds);
        }

        // The server's own clock, if it tells it, makes a date independent of ours.
        return Date(text) is { } date ? Span((date - (Date(response.Header("Date")) ?? now)).TotalSeconds) : null;
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;

    private static DateTimeOffset? Date(string? text) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date) ? date : null;

    // Half a year is as absurd as a century, and does not overflow.
    private static TimeSpan Span(double seconds) => TimeSpan.FromSeconds(Math.Clamp(seconds, 0, 180 * 86400));
}
