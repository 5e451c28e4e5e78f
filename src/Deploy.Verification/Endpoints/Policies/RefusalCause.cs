using System.Text.RegularExpressions;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Tells refusals (401, 403) that time may heal from those that it will not.</summary>
internal static partial class RefusalCause
{
    private static readonly string[] NetworkWords = ["public access is disabled", "public network access", "virtual network", "firewall", "private endpoint", "ip address"];

    /// <summary>
    /// Whether the same request may be let in later: a role that was given a moment ago, or a key that was renewed, does not count everywhere at once. A wrong
    /// audience and a network rule stay what they are.
    /// </summary>
    public static bool MayHeal(ProbeResponse response, EndpointTarget target)
    {
        var text = ServiceText.Of(response);
        return target.Auth switch
        {
            AuthMode.Entra => response.Status is 401 or 403 && OfAudience(response, text, target) is null && OfNetwork(response, text) is null,
            AuthMode.Key => response.Status == 401 && OfKindOfKey(response, text) is null,
            _ => false,
        };
    }

    public static Finding Of(ProbeResponse response, ServiceText text, EndpointTarget target) =>
        OfAudience(response, text, target)
        ?? OfNetwork(response, text)
        ?? OfKindOfKey(response, text)
        ?? (response.Status == 401
            ? Finding.Of(EndpointErrors.CredentialRefused, $"Authentication failed: the endpoint is up but refuses the credential (401).{text.Quoted}")
            : Finding.Of(EndpointErrors.AccessForbidden, $"Authentication failed: the endpoint is up but does not let this caller in (403).{text.Quoted}"));

    private static Finding? OfAudience(ProbeResponse response, ServiceText text, EndpointTarget target)
    {
        if (response.Status != 401 || target.Credential.Scope is not { } scope || WantedAudience().Match(text.Message ?? "") is not { Success: true } wanted)
        {
            return null;
        }

        return Host(wanted.Groups[1].Value) is { } host && Host(scope) is { } shown && !string.Equals(host, shown, StringComparison.OrdinalIgnoreCase)
            ? Finding.Of(EndpointErrors.AudienceWrong, $"The endpoint wants a token for {host}; one for {shown} was shown (401).{text.Quoted}")
            : null;
    }

    private static Finding? OfNetwork(ProbeResponse response, ServiceText text) =>
        response.Status == 403 && NetworkWords.Any(text.Mentions)
            ? Finding.Of(EndpointErrors.NetworkForbidden, $"The endpoint's network rules refuse requests from here (403).{text.Quoted}")
            : null;

    private static Finding? OfKindOfKey(ProbeResponse response, ServiceText text) =>
        text.Code == "AuthenticationTypeDisabled" || text.Mentions("key based authentication is disabled") || text.Mentions("local authentication is disabled")
            ? Finding.Of(EndpointErrors.AccessForbidden, $"Authentication failed: the endpoint takes no keys ({response.Status}).{text.Quoted}", "Use Entra tokens: `auth: entra` in the settings, or --auth entra; waiting does not help.")
            : null;

    private static string? Host(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out var parsed) ? parsed.Host : null;

    // The service names the audience it wants in every 401, so only one that differs from the token's is a cause.
    [GeneratedRegex(@"audience is incorrect \((https://[^)\s]+)\)", RegexOptions.IgnoreCase)]
    private static partial Regex WantedAudience();
}
