using System.Text.Json.Nodes;

namespace Deploy.Emulator.Identity;

/// <summary>The documents from which clients learn a cloud's and a tenant's addresses.</summary>
internal sealed class Discovery(StoreIdentity identity, TokenService tokens, Uri https)
{
    private readonly string _root = $"{https.GetLeftPart(UriPartial.Authority)}/{identity.TenantId}";

    /// <summary><c>/{tenant}/v2.0/.well-known/openid-configuration</c>, and without <c>v2.0</c> its predecessor.</summary>
    public JsonObject Configuration(bool isVersion2)
    {
        var version = isVersion2 ? "/v2.0" : "";
        return new JsonObject
        {
            ["token_endpoint"] = $"{_root}/oauth2{version}/token",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt", "client_secret_basic"),
            ["jwks_uri"] = isVersion2 ? $"{_root}/discovery/v2.0/keys" : $"{_root}/discovery/keys",
            ["response_modes_supported"] = new JsonArray("query", "fragment", "form_post"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
            ["response_types_supported"] = new JsonArray("token"),
            ["scopes_supported"] = new JsonArray("openid"),
            ["issuer"] = isVersion2 ? tokens.Issuer2 : tokens.Issuer1,
            ["authorization_endpoint"] = $"{_root}/oauth2{version}/authorize",
            ["device_authorization_endpoint"] = $"{_root}/oauth2{version}/devicecode",
            ["claims_supported"] = new JsonArray("sub", "iss", "aud", "exp", "iat", "nbf", "tid", "oid", "appid", "azp", "ver"),
            ["tenant_region_scope"] = null,
            ["cloud_instance_name"] = https.Authority,
        };
    }

    /// <summary><c>/adfs/.well-known/openid-configuration</c>.</summary>
    public JsonObject Adfs()
    {
        var configuration = Configuration(isVersion2: false);
        var root = $"{https.GetLeftPart(UriPartial.Authority)}/adfs";
        configuration["token_endpoint"] = $"{root}/oauth2/token";
        configuration["authorization_endpoint"] = $"{root}/oauth2/authorize";
        configuration["device_authorization_endpoint"] = $"{root}/oauth2/devicecode";
        return configuration;
    }

    /// <summary><c>/common/discovery/instance</c>.</summary>
    public JsonObject Instances() => new()
    {
        ["tenant_discovery_endpoint"] = $"{_root}/v2.0/.well-known/openid-configuration",
        ["api-version"] = "1.1",
        ["metadata"] = new JsonArray(new JsonObject
        {
            ["preferred_network"] = https.Authority,
            ["preferred_cache"] = https.Authority,
            ["aliases"] = new JsonArray(https.Authority),
        }),
    };

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
}
