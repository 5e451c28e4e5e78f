using System.Security.Cryptography.X509Certificates;

namespace Deploy.Azure.Identity;

/// <summary>How to reach and sign in to a real cloud: the azure-native provider's configuration and its environment variables, read once.</summary>
public sealed record AzureSettings
{
    /// <summary>Name of the cloud; null = public.</summary>
    public string? Environment { get; init; }

    public string? SubscriptionId { get; init; }

    public string? TenantId { get; init; }

    public string? ClientId { get; init; }

    /// <summary>Secret.</summary>
    public string? ClientSecret { get; init; }

    /// <summary>PFX or PEM file.</summary>
    public string? ClientCertificatePath { get; init; }

    /// <summary>Secret.</summary>
    public string? ClientCertificatePassword { get; init; }

    public bool UseOidc { get; init; }

    /// <summary>Secret: the assertion itself; null = read the file, else ask the pipeline's token service.</summary>
    public string? OidcToken { get; init; }

    public string? OidcTokenFilePath { get; init; }

    public string? OidcRequestUrl { get; init; }

    /// <summary>Secret.</summary>
    public string? OidcRequestToken { get; init; }

    /// <summary>Default <c>api://AzureADTokenExchange</c>.</summary>
    public string OidcAudience { get; init; } = "api://AzureADTokenExchange";

    public bool UseMsi { get; init; }

    public bool UseDefaultAzureCredential { get; init; }

    public bool DisableInstanceDiscovery { get; init; }

    /// <summary>Custom cloud: all three of these, or none.</summary>
    public string? ResourceManagerEndpoint { get; init; }

    public string? ResourceManagerAudience { get; init; }

    public string? ActiveDirectoryAuthorityHost { get; init; }

    /// <summary>Reads configuration keys without namespace (<c>clientId</c>, …) first, then the <c>ARM_*</c> variables.</summary>
    /// <param name="configuration">Value of a key of namespace <c>azure-native</c>, null when not set.</param>
    /// <param name="environment">Value of an environment variable, null when not set.</param>
    public static AzureSettings Read(Func<string, string?> configuration, Func<string, string?> environment)
    {
        string? First(string key, params ReadOnlySpan<string> variables)
        {
            if (configuration(key) is { Length: > 0 } configured)
            {
                return configured;
            }

            foreach (var variable in variables)
            {
                if (environment(variable) is { Length: > 0 } value)
                {
                    return value;
                }
            }

            return null;
        }

        bool IsSet(string key, string variable) => First(key, variable) is { } text && (text == "1" || string.Equals(text, "true", StringComparison.OrdinalIgnoreCase));

        return new AzureSettings
        {
            Environment = First("environment", "ARM_ENVIRONMENT", "AZURE_ENVIRONMENT"),
            SubscriptionId = First("subscriptionId", "ARM_SUBSCRIPTION_ID"),
            TenantId = First("tenantId", "ARM_TENANT_ID"),
            ClientId = First("clientId", "ARM_CLIENT_ID"),
            ClientSecret = First("clientSecret", "ARM_CLIENT_SECRET"),
            ClientCertificatePath = First("clientCertificatePath", "ARM_CLIENT_CERTIFICATE_PATH"),
            ClientCertificatePassword = First("clientCertificatePassword", "ARM_CLIENT_CERTIFICATE_PASSWORD"),
            UseOidc = IsSet("useOidc", "ARM_USE_OIDC"),
            OidcToken = First("oidcToken", "ARM_OIDC_TOKEN"),
            OidcTokenFilePath = First("oidcTokenFilePath", "ARM_OIDC_TOKEN_FILE_PATH"),
            OidcRequestUrl = First("oidcRequestUrl", "ACTIONS_ID_TOKEN_REQUEST_URL"),
            OidcRequestToken = First("oidcRequestToken", "ACTIONS_ID_TOKEN_REQUEST_TOKEN"),
            OidcAudience = First("oidcAudience", "ARM_OIDC_AUDIENCE") ?? "api://AzureADTokenExchange",
            UseMsi = IsSet("useMsi", "ARM_USE_MSI"),
            UseDefaultAzureCredential = IsSet("useDefaultAzureCredential", "ARM_USE_DEFAULT_AZURE_CREDENTIAL"),
            DisableInstanceDiscovery = IsSet("disableInstanceDiscovery", "ARM_DISABLE_INSTANCE_DISCOVERY"),
            ResourceManagerEndpoint = First("resourceManagerEndpoint", "ARM_RESOURCE_MANAGER_ENDPOINT"),
            ResourceManagerAudience = First("resourceManagerAudience", "ARM_RESOURCE_MANAGER_AUDIENCE"),
            ActiveDirectoryAuthorityHost = First("activeDirectoryAuthorityHost", "ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST"),
        };
    }

    /// <summary>Never shows a secret.</summary>
    public override string ToString() => $"{nameof(AzureSettings)} {{ {Environment ?? "public"}, subscription {SubscriptionId ?? "none"}, client {ClientId ?? "none"} }}";
}

/// <summary>How to reach and sign in to a local Azure.</summary>
public sealed record LocalAzureSettings
{
    /// <summary>Base address of the control plane, for example <c>https://127.0.0.1:41233/</c>.</summary>
    public required Uri ResourceManager { get; init; }

    /// <summary>Base address of the sign-in service; null = the same.</summary>
    public Uri? AuthorityHost { get; init; }

    /// <summary>The one certificate to trust there.</summary>
    public required X509Certificate2 Certificate { get; init; }

    public required string SubscriptionId { get; init; }

    public required string TenantId { get; init; }

    public required string ClientId { get; init; }

    /// <summary>Secret.</summary>
    public required string ClientSecret { get; init; }

    /// <summary>Never shows a secret.</summary>
    public override string ToString() => $"{nameof(LocalAzureSettings)} {{ {ResourceManager}, subscription {SubscriptionId} }}";
}
