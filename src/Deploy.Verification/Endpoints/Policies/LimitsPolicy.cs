using System.Globalization;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <param name="Name">The header, such as <c>x-ratelimit-remaining-tokens</c>.</param>
/// <param name="Value">Zero or more.</param>
internal sealed record RateLimit(string Name, long Value);

/// <summary>Reads what a service says about its limits.</summary>
internal static class RateLimits
{
    private static readonly string[] Names =
        ["x-ratelimit-limit-requests", "x-ratelimit-limit-tokens", "x-ratelimit-remaining-requests", "x-ratelimit-remaining-tokens"];

    /// <summary>The limits that can be read. Services send -1 where they mean "unknown", and texts; both count as not sent.</summary>
    public static IReadOnlyList<RateLimit> Of(ProbeResponse response) =>
    [
        .. Names
            .Select(name => (name, IsNumber: long.TryParse(response.Header(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value), value))
            .Where(item => item.IsNumber && item.value >= 0)
            .Select(item => new RateLimit(item.name, item.value)),
    ];
}

/// <summary>Judges <c>limits</c>, which informs and never complains: no document promises these headers.</summary>
internal static class LimitsPolicy
{
    public static Finding Judge(IReadOnlyList<RateLimit> limits) => limits.Count == 0
        ? Finding.Skip("The endpoint sends no rate-limit headers that can be read.")
        : Finding.Pass(string.Join(", ", limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"{limit.Name["x-ratelimit-".Length..].Replace('-', ' ')}: {limit.Value}"))) + ".");
}
