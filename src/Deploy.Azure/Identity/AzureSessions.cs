using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Deploy.Core;

namespace Deploy.Azure.Identity;

/// <summary>Makes signed-in sessions. Signing in itself happens with the first request.</summary>
public static class AzureSessions
{
    /// <summary>A session with a local Azure.</summary>
    public static AzureSession ForLocal(LocalAzureSettings settings)
    {
        var cloud = AzureCloud.Local(settings.ResourceManager, settings.Certificate) with { AuthorityHost = settings.AuthorityHost ?? settings.ResourceManager };
        var transport = CloudTransport.Create(cloud);
        var options = new ClientSecretCredentialOptions { DisableInstanceDiscovery = true };
        Prepare(options, cloud, transport);
        return new AzureSession
        {
            Cloud = cloud,
            Credential = new ClientSecretCredential(settings.TenantId, settings.ClientId, settings.ClientSecret, options),
            SubscriptionId = settings.SubscriptionId,
            TenantId = settings.TenantId,
            ClientId = settings.ClientId,
            Transport = transport,
        };
    }

    /// <summary>
    /// A session with a real cloud. The first configured method is used and never another one after it failed:
    /// <c>useDefaultAzureCredential</c>, certificate, client secret, OIDC, managed identity, else the default chain (which contains the Azure CLI).
    /// </summary>
    /// <param name="settings">What is configured.</param>
    /// <param name="cli">Asked for the subscription when none is configured; null = none must be asked.</param>
    /// <param name="cancellationToken">Ends the question to the Azure CLI.</param>
    /// <exception cref="DeployException">Unknown cloud, incomplete credential, or no subscription.</exception>
    public static async Task<AzureSession> CreateAsync(AzureSettings settings, IAzureCli? cli, CancellationToken cancellationToken)
    {
        var cloud = Cloud(settings);
        var transport = CloudTransport.Create(cloud);
        var credential = AzureCredentials.Create(settings, cloud, transport);
        var subscriptionId = settings.SubscriptionId;
        var tenantId = settings.TenantId;
        if (subscriptionId is null && cli is not null && AzureCredentials.MayUseCli(settings))
        {
            var account = await cli.ShowAccountAsync(cancellationToken);
            subscriptionId = account?.SubscriptionId;
            tenantId ??= account?.TenantId;
            if (account?.Cloud is { } name && AzureCloud.Find(name) is { } signedIn && signedIn.Name != cloud.Name)
            {
                throw new DeployException(AzureErrors.SignInFailed.With($"The Azure CLI is signed in to cloud '{name}', but the settings name '{cloud.Name}'.", "Run 'az cloud set' and 'az login', or change the cloud."));
            }
        }

        return new AzureSession
        {
            Cloud = cloud,
            Credential = credential,
            SubscriptionId = subscriptionId ?? throw new DeployException(AzureErrors.SubscriptionMissing.With("Neither azure-native:subscriptionId nor ARM_SUBSCRIPTION_ID is set, and the Azure CLI names none.")),
            TenantId = tenantId,
            ClientId = settings.ClientId,
            Transport = transport,
        };
    }

    internal static void Prepare(TokenCredentialOptions options, AzureCloud cloud, HttpPipelineTransport transport)
    {
        options.AuthorityHost = cloud.AuthorityHost;
        options.Transport = transport;
        options.Diagnostics.IsLoggingEnabled = false;
    }

    private static AzureCloud Cloud(AzureSettings settings)
    {
        var name = settings.Environment ?? AzureCloud.Public.Name;
        var known = AzureCloud.Find(name);
        if (settings is { ResourceManagerEndpoint: { } endpoint, ResourceManagerAudience: { } audience, ActiveDirectoryAuthorityHost: { } authority })
        {
            return new AzureCloud
            {
                Name = name,
                ResourceManager = Address("resourceManagerEndpoint", endpoint),
                AuthorityHost = Address("activeDirectoryAuthorityHost", authority),
                ResourceManagerScope = audience.TrimEnd('/') + "/.default",
            };
        }

        return known ?? throw new DeployException(AzureErrors.CloudUnknown.With($"'{name}' is not a cloud of this tool."));
    }

    private static Uri Address(string key, string text) =>
        Uri.TryCreate(text.Contains("://", StringComparison.Ordinal) ? text : "https://" + text, UriKind.Absolute, out var address) && address.Scheme == Uri.UriSchemeHttps
            ? address
            : throw new DeployException(AzureErrors.CloudUnknown.With($"azure-native:{key} is '{text}', which is not an https address."));
}
