using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Deploy.Emulator.ControlPlane;

/// <summary>Who sends a request, by their token.</summary>
/// <param name="AppId">The client id.</param>
/// <param name="ObjectId">The object in the directory, as role assignments name it.</param>
internal sealed record Caller(string AppId, string ObjectId)
{
    /// <summary>Reads a token that the pipeline has already checked; nobody when there is none.</summary>
    public static Caller Of(HttpRequest request)
    {
        const string bearer = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        var handler = new JsonWebTokenHandler();
        if (!header.StartsWith(bearer, StringComparison.OrdinalIgnoreCase) || !handler.CanReadToken(header[bearer.Length..].Trim()))
        {
            return new Caller("", "");
        }

        var token = handler.ReadJsonWebToken(header[bearer.Length..].Trim());
        return new Caller(Claim(token, "appid") ?? Claim(token, "azp") ?? "", Claim(token, "oid") ?? Claim(token, "sub") ?? "");
    }

    private static string? Claim(JsonWebToken token, string name) => token.TryGetPayloadValue<string>(name, out var value) ? value : null;
}
