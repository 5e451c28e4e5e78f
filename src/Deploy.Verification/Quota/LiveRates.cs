using System.Text.Json;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Quota;

/// <summary>Takes rates out of a verification: its check <c>limits</c> has them as evidence, under the names of the headers.</summary>
public static class LiveRates
{
    private const string Prefix = "x-ratelimit-";

    /// <summary>One entry for each endpoint of a project that said anything.</summary>
    public static IReadOnlyList<LiveRate> Of(VerificationReport? report) =>
    [
        .. (report?.Endpoints ?? [])
            .Where(endpoint => endpoint.Project is not null)
            .Select(endpoint => (endpoint, endpoint.Checks.FirstOrDefault(check => check.Id == CheckId.Limits)?.Evidence))
            .Where(item => item.Evidence?.Keys.Any(name => name.StartsWith(Prefix, StringComparison.Ordinal)) == true)
            .Select(item => new LiveRate(item.endpoint.Project!, item.endpoint.Name)
            {
                TokensLimit = Number(item.Evidence!, "limit-tokens"),
                TokensLeft = Number(item.Evidence!, "remaining-tokens"),
                RequestsLimit = Number(item.Evidence!, "limit-requests"),
                RequestsLeft = Number(item.Evidence!, "remaining-requests"),
            }),
    ];

    private static long? Number(IReadOnlyDictionary<string, System.Text.Json.Nodes.JsonValue> evidence, string name) =>
        evidence.GetValueOrDefault(Prefix + name) is { } value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<long>(out var number) ? number : null;
}
