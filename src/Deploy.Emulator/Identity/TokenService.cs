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

    public static readonly string[] Management = ["https://management.azure.com", "https://management.core.windows.net"];

    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(65);

    private readonly StoreIdentity _identity;
    private readonly TimeProvider _clock;
    private readonly string _own;
    private readonly Lazy<RSA> _key;
    private readonly Lazy<RsaSecurityKey> _securityKey;
    private readonly ConcurrentDictionary<string, TokenClaims> _checked = new(StringComparer.Ordinal);

    public TokenService(StoreIdentity identity, StoreFolder folder, Uri https, TimeProvider clock)
    {
        _identity = identity;
        _clock = clock;
        _own = https.GetLeftPart(UriPartial.Authority);
        _key = new Lazy<RSA>(() => ReadOrMakeKey(folder));
        _securityKey = new Lazy<RsaSecurityKey>(() => new RsaSecurityKey(_key.Value)
        {
            KeyId = Convert.ToHexString(SHA256.HashData(_key.Value.ExportRSAPublicKey()))[..16].ToLowerInvariant(),

            // The library's own cache is one for the process and would hold on to the key of a host that has ended.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        });
    }

    /// <summary>The issuer of tokens of version 1.0, which is <c>https://sts.windows.net/{tenant}/</c> in Azure.</summary>
    public string Issuer1 => $"{_own}/{_identity.TenantId}/";

    /// <summary>The issuer of tokens of version 2.0.</summary>
    public string Issuer2 => $"{_own}/{_identity.TenantId}/v2.0";

    public RsaSecurityKey SecurityKey => _securityKey.Value;

    /// <summary>A token with which the store's service principal opens one endpoint.</summary>
    public (string Token, TimeSpan Lifetime) Issue(string audience, string endpointId)
    {
        var issued = Issue(new Principal(_identity.ClientId, _identity.ObjectId), new TokenAudience(audience, false), ClientProof.Secret, Lifetime, endpointId);
        return (issued.Token, Lifetime);
    }

    /// <param name="principal">Whom the token speaks for.</param>
    /// <param name="audience">The resource that takes it.</param>
    /// <param name="proof">How the client signed in.</param>
    /// <param name="lifetime">Null: 65 minutes.</param>
    /// <param name="endpointId">Null unless the token opens one endpoint only.</param>
    public IssuedToken Issue(Principal principal, TokenAudience audience, ClientProof proof, TimeSpan? lifetime = null, string? endpointId = null)
    {
        // JWTs count in whole seconds.
        var now = DateTimeOffset.FromUnixTimeSeconds(_clock.GetUtcNow().ToUnixTimeSeconds());
        var issuer = audience.IsVersion2 ? Issuer2 : Issuer1;
        var claims = Claims(principal, audience.IsVersion2, proof, issuer);
        if (endpointId is not null)
        {
            claims["endpoint"] = endpointId.ToLowerInvariant();
        }

        var expires = now + (lifetime ?? Lifetime);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = issuer,
            Audience = audience.Value,
            IssuedAt = now.UtcDateTime,
            NotBefore = now.UtcDateTime.AddMinutes(-5),
            Expires = expires.UtcDateTime,
            Claims = claims,
            SigningCredentials = new SigningCredentials(SecurityKey, SecurityAlgorithms.RsaSha256),
        });
        return new IssuedToken(token, now.AddMinutes(-5), expires);
    }

    /// <summary>Whom a token for Azure Resource Manager speaks for, or what is wrong with it.</summary>
    public async Task<(TokenClaims? Claims, string? Fault)> CheckManagementAsync(string token)
    {
        var found = await ReadAsync(token);
        return found switch
        {
            null => (null, "The access token is invalid."),
            { } claims when claims.Expires <= _clock.GetUtcNow() => (null, $"The access token expiry UTC time '{Text(claims.Expires)}' is earlier than current UTC time '{Text(_clock.GetUtcNow())}'."),
            { } claims when claims.Resource == _own || Management.Contains(claims.Resource, StringComparer.OrdinalIgnoreCase) => (claims, null),
            { } claims => (null, $"The access token has been obtained for wrong audience or resource '{claims.Audience}'. It should exactly match with one of the allowed audiences "
                + $"'{Management[0]}','{Management[0]}/','{Management[1]}','{Management[1]}/','{_own}'."),
        };
    }

    /// <summary>Whether the token opens an endpoint: issued for model inference or, when it names an endpoint, for that one.</summary>
    public async Task<bool> OpensEndpointAsync(string token, string endpointId) =>
        await ReadAsync(token) is { } claims
        && claims.Expires > _clock.GetUtcNow()
        && claims.Resource == MachineLearning
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

    public void Dispose()
    {
        if (_key.IsValueCreated)
        {
            _key.Value.Dispose();
        }
    }

    private Dictionary<string, object> Claims(Principal principal, bool isVersion2, ClientProof proof, string issuer)
    {
        var claims = new Dictionary<string, object>
        {
            [isVersion2 ? "azp" : "appid"] = principal.ClientId,
            [isVersion2 ? "azpacr" : "appidacr"] = ((int)proof).ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["idtyp"] = "app",
            ["oid"] = principal.ObjectId,
            ["sub"] = principal.ObjectId,
            ["tid"] = _identity.TenantId,
            ["uti"] = Base64UrlEncoder.Encode(Guid.NewGuid().ToByteArray()),
            ["ver"] = isVersion2 ? "2.0" : "1.0",
        };
        if (!isVersion2)
        {
            claims["idp"] = issuer;
        }

        if (principal.ManagedIdentityId is { } id)
        {
            claims["xms_mirid"] = id;
        }

        return claims;
    }

    private async Task<TokenClaims?> ReadAsync(string token)
    {
        if (_checked.TryGetValue(token, out var known))
        {
            return known;
        }

        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuers = [Issuer1, Issuer2],
            IssuerSigningKey = SecurityKey,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
        {
            return null;
        }

        if (_checked.Count > 1000)
        {
            _checked.Clear();
        }

        return _checked[token] = TokenClaims.Of(jwt);
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("M/d/yyyy h:mm:ss tt", System.Globalization.CultureInfo.InvariantCulture);

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
