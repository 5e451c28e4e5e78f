using Azure.Core;

namespace Deploy.Verification.Endpoints;

/// <summary>What opens an endpoint. It never prints itself; only the wire client of this module reads the secret.</summary>
public sealed class EndpointCredential
{
    /// <summary>The audience of managed endpoints, and of Azure's inference clients by default.</summary>
    public const string DefaultScope = "https://ml.azure.com/.default";

    private EndpointCredential(string? secret, TokenCredential? tokenCredential, string? scope)
    {
        Secret = secret;
        TokenCredential = tokenCredential;
        Scope = scope;
    }

    /// <summary>The key, or the token that was issued for the endpoint; null for a token credential.</summary>
    internal string? Secret { get; }

    internal TokenCredential? TokenCredential { get; }

    internal string? Scope { get; }

    /// <summary>An API key. White space at either end, as a copied key often has, is removed.</summary>
    public static EndpointCredential FromKey(string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(key.Trim(), null, null);
    }

    /// <summary>An AML token: issued by the endpoint's own <c>token</c> operation, shown as a bearer token.</summary>
    public static EndpointCredential FromAmlToken(string token) => FromKey(token);

    /// <summary>Entra tokens from a credential of Azure.Identity.</summary>
    /// <param name="credential">Asked once per endpoint; its own cache decides about renewal.</param>
    /// <param name="scope">The audience with <c>/.default</c>; see <see cref="DefaultScope"/>.</param>
    public static EndpointCredential FromToken(TokenCredential credential, string scope = DefaultScope)
    {
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        return new(null, credential, scope);
    }

    public override string ToString() => TokenCredential is null ? "[secret]" : $"token for {Scope}";
}
