using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Deploy.Emulator.Tests.Identity;

/// <summary>An issuer of OIDC tokens as build services have, and JWTs as clients sign them.</summary>
internal sealed class Assertions : IDisposable
{
    public const string Grant = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    public const string GitHub = "https://token.actions.githubusercontent.com";
    public const string AzureDevOps = "https://vstoken.dev.azure.com/5f1d0000-0000-4000-8000-000000000001";

    private readonly RSA _key = RSA.Create(2048);

    public string Token(string issuer, string subject, string audience = "api://AzureADTokenExchange", DateTimeOffset? expires = null) =>
        Sign(_key, "RS256", new JsonObject { ["kid"] = "k1" }, issuer, subject, audience, expires ?? DateTimeOffset.UtcNow.AddMinutes(10));

    public static string Sign(RSA key, string algorithm, JsonObject header, string issuer, string subject, string audience, DateTimeOffset expires)
    {
        header["alg"] = algorithm;
        header["typ"] = "JWT";
        var begins = expires.AddMinutes(-10).ToUnixTimeSeconds();
        var payload = new JsonObject
        {
            ["iss"] = issuer, ["sub"] = subject, ["aud"] = audience, ["jti"] = Guid.NewGuid().ToString(), ["iat"] = begins, ["nbf"] = begins, ["exp"] = expires.ToUnixTimeSeconds(),
        };
        var content = $"{Base64UrlEncoder.Encode(header.ToJsonString())}.{Base64UrlEncoder.Encode(payload.ToJsonString())}";
        var hash = algorithm.EndsWith("384", StringComparison.Ordinal) ? HashAlgorithmName.SHA384 : HashAlgorithmName.SHA256;
        var padding = algorithm.StartsWith('P') ? RSASignaturePadding.Pss : RSASignaturePadding.Pkcs1;
        return $"{content}.{Base64UrlEncoder.Encode(key.SignData(System.Text.Encoding.ASCII.GetBytes(content), hash, padding))}";
    }

    /// <summary>The issuer as <c>identity.json</c> registers it.</summary>
    public JsonObject Registration(string issuer)
    {
        var key = _key.ExportParameters(false);
        var shown = new JsonObject { ["kty"] = "RSA", ["kid"] = "k1", ["n"] = Base64UrlEncoder.Encode(key.Modulus), ["e"] = Base64UrlEncoder.Encode(key.Exponent) };
        return new JsonObject { ["issuer"] = issuer, ["jwks"] = new JsonObject { ["keys"] = new JsonArray(shown) } };
    }

    public static JsonObject Credential(string issuer, string subject) => new() { ["issuer"] = issuer, ["subject"] = subject };

    /// <summary>Changes <c>identity.json</c> while the local Azure runs, as a user does.</summary>
    public static void Register(LocalCloud cloud, string list, params JsonNode[] entries)
    {
        var path = Path.Combine(cloud.Folder, "identity.json");
        var identity = JsonNode.Parse(File.ReadAllText(path))!;
        identity[list] = new JsonArray(entries);
        File.WriteAllText(path, identity.ToJsonString(new JsonSerializerOptions { WriteIndented = true }));
    }

    /// <summary>A token request with an assertion: null when granted, else the code of the refusal.</summary>
    public static async Task<int?> CodeAsync(LocalCloud cloud, string assertion, string? clientId = null)
    {
        var form = cloud.Form("https://management.azure.com/.default");
        form.Remove("client_secret");
        form["client_id"] = clientId ?? cloud.Connection.ClientId;
        form["client_assertion_type"] = Grant;
        form["client_assertion"] = assertion;
        var (_, body) = await cloud.PostFormAsync($"{cloud.Connection.TenantId}/oauth2/v2.0/token", form);
        return body["access_token"] is null ? (int)body["error_codes"]![0]! : null;
    }

    public void Dispose() => _key.Dispose();
}
