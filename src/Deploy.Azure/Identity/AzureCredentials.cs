using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Deploy.Core;

namespace Deploy.Azure.Identity;

/// <summary>Chooses the credential as the official provider does.</summary>
internal static class AzureCredentials
{
    public static bool MayUseCli(AzureSettings settings) =>
        settings is { ClientCertificatePath: null, ClientSecret: null, UseOidc: false, UseMsi: false };

    public static TokenCredential Create(AzureSettings settings, AzureCloud cloud, HttpPipelineTransport transport)
    {
        if (settings.UseDefaultAzureCredential)
        {
            return Default(settings, cloud, transport);
        }

        if (settings.ClientCertificatePath is { } path)
        {
            return new ClientCertificateCredential(
                Required(settings.TenantId, "tenantId"), Required(settings.ClientId, "clientId"), Certificate(path, settings.ClientCertificatePassword),
                Prepared(new ClientCertificateCredentialOptions { DisableInstanceDiscovery = settings.DisableInstanceDiscovery }, cloud, transport));
        }

        if (settings.ClientSecret is { } secret)
        {
            return new ClientSecretCredential(
                Required(settings.TenantId, "tenantId"), Required(settings.ClientId, "clientId"), secret,
                Prepared(new ClientSecretCredentialOptions { DisableInstanceDiscovery = settings.DisableInstanceDiscovery }, cloud, transport));
        }

        if (settings.UseOidc)
        {
            return new ClientAssertionCredential(
                Required(settings.TenantId, "tenantId"), Required(settings.ClientId, "clientId"), cancellationToken => AssertionAsync(settings, cancellationToken),
                Prepared(new ClientAssertionCredentialOptions { DisableInstanceDiscovery = settings.DisableInstanceDiscovery }, cloud, transport));
        }

        if (settings.UseMsi)
        {
            return new ManagedIdentityCredential(settings.ClientId is { } id ? ManagedIdentityId.FromUserAssignedClientId(id) : ManagedIdentityId.SystemAssigned);
        }

        return Default(settings, cloud, transport);
    }

    private static DefaultAzureCredential Default(AzureSettings settings, AzureCloud cloud, HttpPipelineTransport transport)
    {
        // The chain talks to the instance metadata service too, which the cloud's transport would reach as well as any other.
        var options = Prepared(new DefaultAzureCredentialOptions { DisableInstanceDiscovery = settings.DisableInstanceDiscovery, ExcludeInteractiveBrowserCredential = true }, cloud, transport);
        if (settings.TenantId is { } tenant)
        {
            options.TenantId = tenant;
        }

        return new DefaultAzureCredential(options);
    }

    private static T Prepared<T>(T options, AzureCloud cloud, HttpPipelineTransport transport)
        where T : TokenCredentialOptions
    {
        AzureSessions.Prepare(options, cloud, transport);
        return options;
    }

    private static string Required(string? value, string key) =>
        value ?? throw new DeployException(AzureErrors.CredentialIncomplete.With($"The configured credential needs azure-native:{key} ({Variable(key)})."));

    private static string Variable(string key) => key == "tenantId" ? "ARM_TENANT_ID" : "ARM_CLIENT_ID";

    private static X509Certificate2 Certificate(string path, string? password)
    {
        try
        {
            return Path.GetExtension(path).Equals(".pem", StringComparison.OrdinalIgnoreCase)
                ? X509Certificate2.CreateFromPemFile(path)
                : X509CertificateLoader.LoadPkcs12FromFile(path, password);
        }
        catch (Exception exception) when (exception is IOException or System.Security.Cryptography.CryptographicException or UnauthorizedAccessException)
        {
            throw new DeployException(AzureErrors.CredentialIncomplete.With($"The client certificate '{path}' cannot be read.", detail: exception.Message), exception);
        }
    }

    private static async Task<string> AssertionAsync(AzureSettings settings, CancellationToken cancellationToken)
    {
        if (settings.OidcToken is { } token)
        {
            return token;
        }

        if (settings.OidcTokenFilePath is { } path)
        {
            return (await File.ReadAllTextAsync(path, cancellationToken)).Trim();
        }

        if (settings is not { OidcRequestUrl: { } url, OidcRequestToken: { } requestToken })
        {
            throw new DeployException(AzureErrors.CredentialIncomplete.With("OIDC sign-in needs a token, a token file, or a request URL with its request token."));
        }

        using var client = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{url}&audience={Uri.EscapeDataString(settings.OidcAudience)}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", requestToken);
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            throw new DeployException(AzureErrors.SignInFailed.With($"The pipeline's token service answered {(int)response.StatusCode}."));
        }

        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        return body?["value"]?.ToString() ?? throw new DeployException(AzureErrors.SignInFailed.With("The pipeline's token service answered without a token."));
    }
}
