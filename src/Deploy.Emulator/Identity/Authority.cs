using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Identity;

/// <summary>The local directory's sign-in endpoints, as Azure.Identity and @azure/identity call them.</summary>
internal sealed class Authority(StoreIdentity identity, TokenService tokens, Uri https, TimeProvider clock)
{
    private static readonly string[] Aliases = ["common", "organizations"];

    /// <summary>Answers a request below <c>/{tenant}/</c>; null when the path is none of the authority's.</summary>
    public async Task<ArmResponse?> AnswerAsync(IReadOnlyList<string> segments, HttpRequest request, CancellationToken cancellationToken)
    {
        var route = string.Join('/', segments.Skip(1)).ToLowerInvariant();
        return route switch
        {
            "v2.0/.well-known/openid-configuration" or ".well-known/openid-configuration" => ForTenant(segments[0], Configuration),
            "discovery/v2.0/keys" or "discovery/keys" => ForTenant(segments[0], () => ArmResponse.Ok(tokens.Keys())),
            "discovery/instance" => ArmResponse.Ok(Instances()),
            "oauth2/v2.0/token" or "oauth2/token" when HttpMethods.IsPost(request.Method) => await TokenAsync(segments[0], request, cancellationToken),
            _ => null,
        };
    }

    /// <summary><c>/metadata/endpoints</c>: how clients learn a cloud's addresses.</summary>
    public JsonObject Endpoints() => new()
    {
        ["name"] = "LocalAzure",
        ["portal"] = https.AbsoluteUri,
        ["authentication"] = new JsonObject
        {
            ["loginEndpoint"] = https.AbsoluteUri,
            ["audiences"] = new JsonArray("https://management.core.windows.net/", "https://management.azure.com/"),
            ["tenant"] = "common",
            ["identityProvider"] = "AAD",
        },
        ["resourceManager"] = https.AbsoluteUri,
        ["graphAudience"] = "https://graph.windows.net/",
        ["suffixes"] = new JsonObject { ["storage"] = "core.windows.net", ["keyVaultDns"] = "vault.azure.net", ["acrLoginServer"] = "azurecr.io" },
    };

    private async Task<ArmResponse> TokenAsync(string tenant, HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasFormContentType)
        {
            return Fault(400, "invalid_request", 900144, "The request body must be form data.");
        }

        if (!IsKnown(tenant))
        {
            return UnknownTenant(tenant);
        }

        var form = await request.ReadFormAsync(cancellationToken);
        var grant = form["grant_type"].ToString();
        if (grant != "client_credentials")
        {
            return grant.Length == 0
                ? Fault(400, "invalid_request", 900144, "The request body must contain the following parameter: 'grant_type'.")
                : Fault(400, "unsupported_grant_type", 70003, $"The app requested an unsupported grant type '{grant}'. The local Azure supports client_credentials with a secret.");
        }

        var (id, secret) = Credentials(request, form);
        if (!string.Equals(id, identity.ClientId, StringComparison.OrdinalIgnoreCase))
        {
            return Fault(400, "unauthorized_client", 700016, $"Application with identifier '{id}' was not found in the directory '{identity.TenantId}'.");
        }

        if (secret is null)
        {
            return Fault(401, "invalid_client", 7000218, "The request body must contain the following parameter: 'client_assertion' or 'client_secret'. The local Azure supports client_secret.");
        }

        if (!CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(identity.ClientSecret)))
        {
            return Fault(401, "invalid_client", 7000215, $"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{id}'.");
        }

        var scope = form["scope"].ToString() is { Length: > 0 } given ? given : form["resource"].ToString();
        return tokens.AudienceOf(scope) is { } audience
            ? Issued(audience)
            : Fault(400, "invalid_resource", 500011, $"The resource principal named {scope} was not found in the tenant named {identity.TenantId}.");
    }

    private ArmResponse Issued(string audience)
    {
        var (token, lifetime) = tokens.Issue(audience);
        var seconds = (int)lifetime.TotalSeconds;
        var expires = clock.GetUtcNow().ToUnixTimeSeconds() + seconds;
        return ArmResponse.Ok(new JsonObject
        {
            ["token_type"] = "Bearer",
            ["expires_in"] = seconds,
            ["ext_expires_in"] = seconds,
            ["expires_on"] = expires.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["resource"] = audience,
            ["access_token"] = token,
        }).With("Cache-Control", "no-store");
    }

    private static (string? Id, string? Secret) Credentials(HttpRequest request, IFormCollection form)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase))
        {
            var bytes = new byte[header.Length];
            var parts = Convert.TryFromBase64String(header[6..].Trim(), bytes, out var written) ? Encoding.UTF8.GetString(bytes, 0, written).Split(':', 2) : [];
            return parts.Length == 2 ? (Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts[1])) : (null, null);
        }

        return (form["client_id"].ToString(), form["client_secret"].ToString() is { Length: > 0 } secret ? secret : null);
    }

    private ArmResponse ForTenant(string tenant, Func<ArmResponse> answer) => IsKnown(tenant) ? answer() : UnknownTenant(tenant);

    private ArmResponse UnknownTenant(string tenant) => Fault(400, "invalid_tenant", 90002, $"Tenant '{tenant}' not found. The local Azure has one tenant, {identity.TenantId}.");

    private bool IsKnown(string tenant) => tenant.Equals(identity.TenantId, StringComparison.OrdinalIgnoreCase) || Aliases.Contains(tenant, StringComparer.OrdinalIgnoreCase);

    private ArmResponse Configuration()
    {
        var root = $"{https.GetLeftPart(UriPartial.Authority)}/{identity.TenantId}";
        return ArmResponse.Ok(new JsonObject
        {
            ["token_endpoint"] = $"{root}/oauth2/v2.0/token",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "client_secret_basic"),
            ["jwks_uri"] = $"{root}/discovery/v2.0/keys",
            ["response_types_supported"] = new JsonArray("token"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["issuer"] = tokens.Issuer,
            ["authorization_endpoint"] = $"{root}/oauth2/v2.0/authorize",
            ["tenant_region_scope"] = null,
            ["cloud_instance_name"] = "local",
        });
    }

    private JsonObject Instances() => new()
    {
        ["tenant_discovery_endpoint"] = $"{https.GetLeftPart(UriPartial.Authority)}/{identity.TenantId}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = https.Authority,
            ["preferred_cache"] = https.Authority,
            ["aliases"] = new JsonArray(https.Authority),
        }),
    };

    private ArmResponse Fault(int status, string error, int code, string text)
    {
        var trace = Guid.NewGuid().ToString();
        var time = clock.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        return new ArmResponse(status, new JsonObject
        {
            ["error"] = error,
            ["error_description"] = $"AADSTS{code}: {text} Trace ID: {trace} Timestamp: {time}",
            ["error_codes"] = new JsonArray(code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = Guid.NewGuid().ToString(),
        });
    }
}
