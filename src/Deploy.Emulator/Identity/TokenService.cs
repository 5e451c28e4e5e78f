using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Deploy.Emulator.Hosting;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deploy.Emulator.Identity;

/// <summary>Issues and checks the local authority's access tokens: JWTs signed with RSA, as Microsoft Entra's.</summary>
internal sealed class TokenService : IDisposable
{
    public const string MachineLearning = "https://ml.azure.com";

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(65);
    private static readonly string[] Management = ["https://management.azure.com", "https://management.core.windows.net"];
    private static readonly string[] Others =
    [
        MachineLearning, "https://ai.azure.com", "https://cognitiveservices.azure.com", "https://vault.azure.net", "https://storage.azure.com", "https://graph.microsoft.com",
    ];

    private readonly StoreIdentity _identity;
    private readonly TimeProvider _clock;
    private readonly string _issuer;
    private readonly string _own;
    private readonly Lazy<RSA> _key;
    private readonly Lazy<RsaSecurityKey> _securityKey;
    private readonly ConcurrentDictionary<string, (string Audience, DateTimeOffset Expires, string? Endpoint)> _checked = new(StringComparer.Ordinal);

    public TokenService(StoreIdentity identity, StoreFolder folder, Uri https, TimeProvider clock)
    {
        _identity = identity;
        _clock = clock;
        _own = https.GetLeftPart(UriPartial.Authority);
        _issuer = $"{_own}/{identity.TenantId}/v2.0";
        _key = new Lazy<RSA>(() => ReadOrMakeKey(folder));
        _securityKey = new Lazy<RsaSecurityKey>(() => new RsaSecurityKey(_key.Value)
        {
            KeyId = Convert.ToHexString(SHA256.HashData(_key.Value.ExportRSAPublicKey()))[..16].ToLowerInvariant(),

            // The library's own cache is one for the process and would hold on to the key of a host that has ended.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        });
    }

    /// <summary>The resource that a scope or resource parameter names; null when the local directory has none of that name.</summary>
    public string? AudienceOf(string scope)
    {
        var resource = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).FirstOrDefault() ?? "";
        resource = (resource.EndsWith("/.default", StringComparison.Ordinal) ? resource[..^"/.default".Length] : resource).TrimEnd('/');
        return resource == _own || Management.Contains(resource, StringComparer.OrdinalIgnoreCase) || Others.Contains(resource, StringComparer.OrdinalIgnoreCase) ? resource : null;
    }

    public (string Token, TimeSpan Lifetime) Issue(string audience, string? endpointId = null)
    {
        var now = _clock.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["appid"] = _identity.ClientId,
            ["azp"] = _identity.ClientId,
            ["oid"] = _identity.ObjectId,
            ["sub"] = _identity.ObjectId,
            ["tid"] = _identity.TenantId,
            ["idtyp"] = "app",
            ["ver"] = "2.0",
            ["uti"] = Guid.NewGuid().ToString("N"),
        };
        if (endpointId is not null)
        {
            claims["endpoint"] = endpointId.ToLowerInvariant();
        }

        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = _issuer,
            Audience = audience,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime.AddMinutes(-5),
            Expires = (now + Lifetime).UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.RsaSha256),
        });
        return (token, Lifetime);
    }

    /// <summary>Null when the token is good for Azure Resource Manager, else what is wrong with it.</summary>
    public async Task<string?> CheckManagementAsync(string token)
    {
        var found = await ReadAsync(token);
        return found switch
        {
            null => "The access token is invalid.",
            { } claims when claims.Expires <= _clock.GetUtcNow() => "The access token expiry UTC time is in the past.",
            { } claims when claims.Audience == _own || Management.Contains(claims.Audience, StringComparer.OrdinalIgnoreCase) => null,
            { } claims => $"The access token has been obtained for wrong audience or resource '{claims.Audience}'. It should exactly match with one of the allowed audiences '{Management[0]}','{Management[1]}','{_own}'.",
        };
    }

    /// <summary>Whether the token opens an endpoint: issued for model inference or, when it names an endpoint, for that one.</summary>
    public async Task<bool> OpensEndpointAsync(string token, string endpointId) =>
        await ReadAsync(token) is { } claims
        && claims.Expires > _clock.GetUtcNow()
        && claims.Audience == MachineLearning
        && (claims.Endpoint is null || claims.Endpoint.Equals(endpointId, StringComparison.OrdinalIgnoreCase));

    /// <summary>The public key, for clients that check tokens themselves.</summary>
    public JsonObject Keys()
    {
        var key = _key.Value.ExportParameters(false);
        return new JsonObject
        {
            ["keys"] = new JsonArray(new JsonObject
            {
                ["kty"] = "RSA",
                ["use"] = "sig",
                ["alg"] = "RS256",
                ["kid"] = SecurityKey.KeyId,
                ["n"] = Base64UrlEncoder.Encode(key.Modulus),
                ["e"] = Base64UrlEncoder.Encode(key.Exponent),
            }),
        };
    }

    public string Issuer => _issuer;

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    private RsaSecurityKey SecurityKey => _securityKey.Value;

    private async Task<(string Audience, DateTimeOffset Expires, string? Endpoint)?> ReadAsync(string token)
    {
        if (_checked.TryGetValue(token, out var known))
        {
            return known;
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = _issuer,
            IssuerSigningKey = SecurityKey,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return null;
        }

        var claims = (jwt.Audiences.FirstOrDefault() ?? "", new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero), jwt.TryGetPayloadValue<string>("endpoint", out var endpoint) ? endpoint : null);
        if (_checked.Count > 1000)
        {
            _checked.Clear();
        }

        _checked[token] = claims;
        return claims;
    }

    private static RSA ReadOrMakeKey(StoreFolder folder)
    {
        var key = RSA.Create(2048);
        if (File.Exists(folder.SigningKey))
        {
            key.ImportFromPem(File.ReadAllText(folder.SigningKey));
        }
        else
        {
            StoreFolder.WriteSecret(folder.SigningKey, key.ExportPkcs8PrivateKeyPem() + "\n");
        }

        return key;
    }
}
