using System.Security.Cryptography;
using System.Text;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.DataPlane;

/// <summary>Whether a request may use an endpoint: by one of its keys, or by a token where its <c>authMode</c> takes tokens.</summary>
internal sealed class EndpointAuthentication(Cloud cloud, TokenService tokens)
{
    public async Task<bool> AllowsAsync(HttpRequest request, StoredResource endpoint)
    {
        var mode = (string?)endpoint.Properties["authMode"] ?? "Key";
        var usesKeys = mode.Contains("Key", StringComparison.OrdinalIgnoreCase);
        var usesTokens = !mode.Equals("Key", StringComparison.OrdinalIgnoreCase);
        var header = request.Headers.Authorization.ToString();
        var bearer = header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : "";
        var key = request.Headers["api-key"].ToString();
        if (usesKeys && (IsKey(endpoint, bearer) || IsKey(endpoint, key)))
        {
            return true;
        }

        return usesTokens && request.IsHttps && bearer.Length > 0 && await tokens.OpensEndpointAsync(bearer, endpoint.Id);
    }

    private bool IsKey(StoredResource endpoint, string given) =>
        given.Length > 0 && (Same(cloud.Store.Secret(endpoint.Id, "primaryKey"), given) || Same(cloud.Store.Secret(endpoint.Id, "secondaryKey"), given));

    private static bool Same(string? key, string given) => key is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(given));
}
