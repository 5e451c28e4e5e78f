using System.Text.Json;
using System.Text.Json.Nodes;

namespace Deploy.Engine.Providers.AzureNative.Operations;

/// <summary>Who a token is for; the token itself is not checked, the service does that.</summary>
internal sealed record TokenClaims(string? ClientId, string? ObjectId, string? TenantId)
{
    /// <summary>Reads the payload of a JSON web token; a token of another kind has no claims.</summary>
    public static TokenClaims Read(string token)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
        {
            return new TokenClaims(null, null, null);
        }

        try
        {
            var payload = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])) as JsonObject;
            return new TokenClaims((payload?["appid"] ?? payload?["azp"])?.ToString(), payload?["oid"]?.ToString(), payload?["tid"]?.ToString());
        }
        catch (Exception exception) when (exception is FormatException or JsonException)
        {
            return new TokenClaims(null, null, null);
        }
    }
}
