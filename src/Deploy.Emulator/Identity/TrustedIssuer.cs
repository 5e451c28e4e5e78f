using System.Text.Json.Nodes;

namespace Deploy.Emulator.Identity;

/// <summary>Another issuer of OIDC tokens and its keys, which Microsoft Entra would fetch from its discovery document.</summary>
internal sealed record TrustedIssuer
{
    /// <summary>As its tokens' <c>iss</c> has it.</summary>
    public required string Issuer { get; init; }

    /// <summary>A JSON Web Key Set: <c>{ "keys": [ { "kty": "RSA", "kid": ..., "n": ..., "e": ... } ] }</c>.</summary>
    public required JsonObject Jwks { get; init; }
}
