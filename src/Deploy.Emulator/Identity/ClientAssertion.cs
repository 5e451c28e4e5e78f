using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deploy.Emulator.Identity;

/// <summary>Checks the JWT in <c>client_assertion</c>: signed with a registered certificate of the application, or a token of a federated issuer.</summary>
internal sealed class ClientAssertion(LocalDirectory directory, TokenService tokens, TimeProvider clock)
{
    public const string Type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private const string Documentation = "https://learn.microsoft.com/entra/identity-platform/certificate-credentials";
    private const string FederationDocumentation = "https://learn.microsoft.com/entra/workload-id/workload-identity-federation";

    // The clock skew that Microsoft Entra forgives.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);
    private static readonly string[] Algorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSsaPssSha256];

    /// <summary>Null when the assertion proves that the caller is the application.</summary>
    /// <param name="assertion">As it was sent.</param>
    /// <param name="application">The application that <c>client_id</c> names, or the assertion's own subject.</param>
    /// <param name="audiences">What an assertion signed by the application itself may have as <c>aud</c>.</param>
    public async Task<SignInFault?> CheckAsync(string assertion, Application application, IReadOnlyCollection<string> audiences)
    {
        if (Read(assertion) is not { } token)
        {
            return Malformed("JWT token is invalid or malformed.");
        }

        var isOwn = token.Issuer.Equals(application.ClientId, StringComparison.OrdinalIgnoreCase);
        return isOwn ? await OwnAsync(token, application, audiences) : await FederatedAsync(token, application);
    }

    /// <summary>The application that an assertion speaks for when the request has no <c>client_id</c>.</summary>
    public static string? SubjectOf(string assertion) => Read(assertion)?.Subject;

    private async Task<SignInFault?> OwnAsync(JsonWebToken token, Application application, IReadOnlyCollection<string> audiences)
    {
        if (!token.Subject.Equals(token.Issuer, StringComparison.OrdinalIgnoreCase))
        {
            return Refused(50048, "Subject must match the issuer claim in the client assertion.");
        }

        if (!Algorithms.Contains(token.Alg))
        {
            return Malformed("Invalid JWT token. Unsupported key for the signing algorithm.", 5002730);
        }

        var certificates = directory.CertificatesOf(application);
        try
        {
            var (thumbprint, find) = Certificate(token);
            if (thumbprint is null)
            {
                return Malformed("Invalid JWT token. No certificate SHA-1 thumbprint, certificate SHA-256 thumbprint, nor keyId specified in token header.");
            }

            if (certificates.FirstOrDefault(find) is not { } certificate)
            {
                return Refused(700027, "The certificate with identifier used to sign the client assertion is not registered on application. "
                    + $"[Reason - The key was not found., Thumbprint of key used by client: '{thumbprint}', Please visit the Azure Portal, Graph Explorer or directly use MS Graph to see "
                    + $"configured keys for app Id '{application.ClientId}'.]");
            }

            if (certificate.NotAfter.ToUniversalTime() < clock.GetUtcNow().UtcDateTime)
            {
                return Refused(700027, $"The certificate with identifier used to sign the client assertion is expired on application. [Reason - The key used is expired., "
                    + $"Thumbprint of key used by client: '{thumbprint}', Found key 'Start={Text(certificate.NotBefore)}, End={Text(certificate.NotAfter)}']");
            }

            return !await IsSignedAsync(token, [new X509SecurityKey(certificate)])
                ? Refused(700027, "Client assertion contains an invalid signature. [Reason - The provided signature value did not match the expected signature value., "
                    + $"Thumbprint of key used by client: '{thumbprint}']")
                : !token.Audiences.Any(audience => audiences.Contains(audience, StringComparer.OrdinalIgnoreCase))
                ? Refused(700023, $"Client assertion audience claim does not match Realm issuer. Review the documentation at {Documentation} .")
                : Times(token);
        }
        finally
        {
            foreach (var certificate in certificates)
            {
                certificate.Dispose();
            }
        }
    }

    private async Task<SignInFault?> FederatedAsync(JsonWebToken token, Application application)
    {
        if (NoMatch(token, application) is { } mismatch)
        {
            return mismatch;
        }

        IEnumerable<SecurityKey> keys;
        if (token.Issuer == directory.OwnIssuer)
        {
            keys = [tokens.SecurityKey];
        }
        else if (directory.Issuer(token.Issuer) is { } issuer)
        {
            keys = new JsonWebKeySet(issuer.Jwks.ToJsonString()).GetSigningKeys();
        }
        else
        {
            return new SignInFault(400, "invalid_request", 90061,
                $"Request to External OIDC endpoint failed. The local Azure asks nobody: register the keys of '{token.Issuer}' under 'issuers' in identity.json of its store.");
        }

        return token.Alg != SecurityAlgorithms.RsaSha256 ? Malformed("Invalid JWT token. Unsupported key for the signing algorithm.", 5002730)
            : await IsSignedAsync(token, keys) ? Times(token)
            : Refused(50013, "Assertion failed signature validation. [Reason - The key was not found., Thumbprint of key used by client: "
                + $"'{token.Kid}'] Keys known of the issuer: {string.Join(", ", keys.Select(key => $"'{key.KeyId}'"))}.");
    }

    // Issuer, audience, subject: the order in which Microsoft Entra complains.
    private static SignInFault? NoMatch(JsonWebToken token, Application application)
    {
        var all = application.FederatedCredentials;
        var audience = token.Audiences.FirstOrDefault() ?? "";
        if (all.Count == 0)
        {
            return Refused(70021, $"No matching federated identity record found for presented assertion. Assertion Issuer: '{token.Issuer}'. Assertion Subject: '{token.Subject}'. "
                + $"Assertion Audience: '{audience}'. {FederationDocumentation}");
        }

        var ofIssuer = all.Where(credential => credential.Issuer == token.Issuer).ToList();
        if (ofIssuer.Count == 0)
        {
            return NoRecord(700211, "issuer", token.Issuer);
        }

        var ofAudience = ofIssuer.Where(credential => token.Audiences.Intersect(credential.Audiences, StringComparer.Ordinal).Any()).ToList();
        if (ofAudience.Count == 0)
        {
            return NoRecord(700212, "audience", audience);
        }

        return ofAudience.Any(credential => credential.Subject == token.Subject) ? null
            : ofAudience.Any(credential => credential.Subject.Equals(token.Subject, StringComparison.OrdinalIgnoreCase))
            ? Refused(7002138, $"No matching federated identity record found for presented assertion subject '{token.Subject}'. The subject matches with case-insensitive comparison, "
                + "but not with case-sensitive comparison. Please ensure federated identity subject matches exactly the incoming assertion subject.")
            : NoRecord(700213, "subject", token.Subject);
    }

    private static SignInFault NoRecord(int code, string claim, string value) => Refused(code, $"No matching federated identity record found for presented assertion {claim} '{value}'. "
        + $"Please check your federated identity credential Subject, Audience and Issuer against the presented assertion. {FederationDocumentation}");

    private SignInFault? Times(JsonWebToken token)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var isTimely = token.ValidTo != DateTime.MinValue && token.ValidTo + Skew > now && token.ValidFrom - Skew <= now;
        return isTimely ? null : Refused(700024, $"Client assertion is not within its valid time range. Current time: {Text(now)}, assertion valid from {Text(token.ValidFrom)}, "
            + $"expiry time of assertion {Text(token.ValidTo)}. Review the documentation at {Documentation} .");
    }

    private static async Task<bool> IsSignedAsync(JsonWebToken token, IEnumerable<SecurityKey> keys) => (await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
    {
        IssuerSigningKeys = keys,
        TryAllIssuerSigningKeys = true,
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,

        // The library's own cache is one for the process and would hold on to keys that are disposed of here.
        CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
    })).IsValid;

    // The ways in which clients name their certificate: x5t (SHA-1), x5t#S256, kid (hexadecimal SHA-1) or the certificate itself.
    private static (string? Thumbprint, Func<X509Certificate2, bool> Find) Certificate(JsonWebToken token)
    {
        if (token.TryGetHeaderValue<string>("x5t#S256", out var sha256))
        {
            return (sha256, certificate => Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) == sha256);
        }

        if (token.TryGetHeaderValue<string[]>("x5c", out var chain) && chain.Length > 0)
        {
            var raw = Convert.TryFromBase64String(chain[0], new byte[chain[0].Length], out _) ? Convert.FromBase64String(chain[0]) : [];
            return (Convert.ToHexString(SHA256.HashData(raw)), certificate => certificate.RawData.AsSpan().SequenceEqual(raw));
        }

        return token.X5t is { Length: > 0 } sha1 ? (sha1, certificate => Base64UrlEncoder.Encode(certificate.GetCertHash()) == sha1)
            : token.Kid is { Length: > 0 } kid ? (kid, certificate => certificate.Thumbprint.Equals(kid, StringComparison.OrdinalIgnoreCase))
            : (null, _ => false);
    }

    private static JsonWebToken? Read(string assertion)
    {
        try
        {
            return new JsonWebTokenHandler().CanReadToken(assertion) && new JsonWebToken(assertion) is { Issuer: not null, Subject: not null } token ? token : null;
        }
        catch (Exception e) when (e is ArgumentException or SecurityTokenException)
        {
            return null;
        }
    }

    private static string Text(DateTime time) => time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    private static SignInFault Refused(int code, string text) => new(401, "invalid_client", code, text);

    private static SignInFault Malformed(string text, int code = 50027) => new(400, "invalid_request", code, text);
}
