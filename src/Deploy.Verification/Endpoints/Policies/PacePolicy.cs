using Deploy.Verification.Endpoints.Answers;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Tells a stream from a parcel: an answer that was collected somewhere and sent at once, whatever it is cut into.</summary>
internal static class PacePolicy
{
    // No model writes eight tokens in ten milliseconds after it needed a quarter of a second for the first.
    private const int EnoughPieces = 8;
    private const int FewCharacters = 16;
    private const double PartOfSilence = 0.05;
    private static readonly TimeSpan LongSilence = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Burst = TimeSpan.FromMilliseconds(10);

    /// <summary>What a longer stream shows, as a clause; null when it shows a stream, or nothing.</summary>
    public static string? Parcel(StreamBody body)
    {
        var times = body.ContentTimes;
        if (times.Count == 1 && body.Content.Length > FewCharacters)
        {
            return "a longer answer comes in one piece, as if collected on the way";
        }

        if (times.Count < EnoughPieces || times[0] < LongSilence)
        {
            return null;
        }

        var span = times[^1] - times[0];
        return span < Burst || span < times[0] * PartOfSilence
            ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the {times.Count} pieces of a longer answer came within {span.TotalMilliseconds:0.#} ms after a silence of {times[0].TotalMilliseconds:0} ms, as if collected on the way")
            : null;
    }
}
