namespace Deploy.Emulator.Identity;

/// <summary>A resource that tokens are for, as their <c>aud</c> names it.</summary>
/// <param name="Value">Spelled as the client asked, because clients compare.</param>
/// <param name="IsVersion2">Whether the resource takes tokens of version 2.0; Azure's own services take 1.0.</param>
internal sealed record TokenAudience(string Value, bool IsVersion2)
{
    private const string DefaultSuffix = "/.default";

    private static readonly string[] Known =
    [
        .. TokenService.Management, TokenService.MachineLearning, "https://ai.azure.com", "https://cognitiveservices.azure.com", "https://vault.azure.net",
        "https://storage.azure.com", "https://graph.microsoft.com", "https://graph.windows.net", "https://containerregistry.azure.net", "https://api.loganalytics.io",
    ];

    /// <summary>The resource of a <c>scope</c> of the client credentials grant.</summary>
    public static (TokenAudience? Audience, SignInFault? Fault) OfScope(string scope, LocalDirectory directory, string own)
    {
        var scopes = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return scopes switch
        {
            [] => (null, SignInFault.Missing("scope")),
            [var one] when one.EndsWith(DefaultSuffix, StringComparison.Ordinal) => OfResource(one[..^DefaultSuffix.Length], directory, own),
            [_] => (null, new SignInFault(400, "invalid_scope", 1002012,
                $"The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).")),
            _ => (null, new SignInFault(400, "invalid_scope", 70011, $"The provided value for the input parameter 'scope' is not valid. The scope {scope} is not valid.")),
        };
    }

    /// <summary>The resource of a <c>resource</c> parameter.</summary>
    public static (TokenAudience? Audience, SignInFault? Fault) OfResource(string resource, LocalDirectory directory, string own)
    {
        var name = resource.TrimEnd('/');
        if (name.Equals(own, StringComparison.OrdinalIgnoreCase) || Known.Contains(name, StringComparer.OrdinalIgnoreCase))
        {
            return (new TokenAudience(resource, false), null);
        }

        if (name == FederatedCredential.DefaultAudience)
        {
            return (new TokenAudience(name, true), null);
        }

        var clientId = name.StartsWith("api://", StringComparison.Ordinal) ? name["api://".Length..] : name;
        return directory.Find(clientId) is { } application
            ? (new TokenAudience(application.ClientId, true), null)
            : (null, SignInFault.UnknownResource(resource, directory.TenantId));
    }
}
