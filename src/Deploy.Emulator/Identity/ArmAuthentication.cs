using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace Deploy.Emulator.Identity;

/// <summary>Nothing of Azure Resource Manager without a token for it.</summary>
internal static class ArmAuthentication
{
    public static async Task<ArmResponse?> CheckAsync(HttpRequest request, Cloud cloud)
    {
        var header = request.Headers.Authorization.ToString();
        if (header.Length == 0)
        {
            return Refused(cloud, "AuthenticationFailed", "Authentication failed. The 'Authorization' header is missing.");
        }

        if (!header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return Refused(cloud, "AuthenticationFailedInvalidHeader", "Authentication failed. The 'Authorization' header is provided in an invalid format.");
        }

        var (claims, fault) = await cloud.Tokens.CheckManagementAsync(header["Bearer ".Length..].Trim());
        if (fault is not null)
        {
            return Refused(cloud, fault.Contains("expiry", StringComparison.Ordinal) ? "ExpiredAuthenticationToken" : "InvalidAuthenticationToken", fault);
        }

        request.HttpContext.Features.Set(claims);
        return null;
    }

    /// <summary>Whose token came with a request that <see cref="CheckAsync"/> let pass; null before.</summary>
    public static TokenClaims? Caller(HttpRequest request) => request.HttpContext.Features.Get<TokenClaims>();

    private static ArmResponse Refused(Cloud cloud, string code, string message) => ArmErrors.Error(401, code, message)
        .With("WWW-Authenticate", $"Bearer authorization_uri=\"{cloud.Https}{cloud.Identity.TenantId}\", error=\"invalid_token\", error_description=\"{message.Replace('"', '\'')}\"");
}
