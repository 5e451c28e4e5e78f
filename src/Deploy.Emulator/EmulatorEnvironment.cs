using System.Text;
using System.Text.Json.Nodes;
using Deploy.Emulator.Hosting;
using Deploy.Emulator.Identity;

namespace Deploy.Emulator;

/// <summary>Environment variables that point Azure and Pulumi clients at a local Azure: <c>deploy emulator env</c>.</summary>
public static class EmulatorEnvironment
{
    private static readonly string[] BundleVariables = ["SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"];

    // Where Linux distributions and macOS keep the certificates they trust.
    private static readonly string[] SystemBundles =
    [
        "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem", "/usr/local/share/certs/ca-root-nss.crt",
    ];

    /// <summary>
    /// The variables in a stable order. Writes <c>trust-bundle.pem</c> (the certificates already trusted, plus ours) into the store first, because clients replace their
    /// trusted set by these variables instead of adding to it; <c>client.pem</c> (the service principal's certificate with its key) when there is none; and a new
    /// <c>federated.token</c>, good for a day.
    /// </summary>
    /// <param name="connection">A running local Azure.</param>
    /// <param name="environment">The variables already set, read for bundles that are in use (<c>SSL_CERT_FILE</c>, <c>NODE_EXTRA_CA_CERTS</c>, <c>REQUESTS_CA_BUNDLE</c>).</param>
    /// <param name="cancellationToken">Cancels the writing of the files.</param>
    public static async Task<IReadOnlyList<KeyValuePair<string, string>>> VariablesAsync(
        LocalAzureConnection connection, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(Path.GetDirectoryName(connection.CertificatePath)!);
        var bundle = await WriteBundleAsync(folder, connection, environment, cancellationToken);
        var certificate = ClientCertificate.ReadyPath(folder, TimeProvider.System.GetUtcNow());
        var identityEndpoint = new Uri(connection.Https, "msi/token").AbsoluteUri;
        var identityHeader = StoreIdentity.IdentityHeader(connection.ClientSecret);
        await WriteFederatedTokenAsync(folder, connection, cancellationToken);
        var root = connection.Https.AbsoluteUri;
        return
        [
            new("ARM_SUBSCRIPTION_ID", connection.SubscriptionId),
            new("ARM_TENANT_ID", connection.TenantId),
            new("ARM_CLIENT_ID", connection.ClientId),
            new("ARM_CLIENT_SECRET", connection.ClientSecret),
            new("ARM_ACTIVE_DIRECTORY_AUTHORITY_HOST", root),
            new("ARM_RESOURCE_MANAGER_ENDPOINT", root),
            new("ARM_RESOURCE_MANAGER_AUDIENCE", "https://management.azure.com/"),
            new("ARM_DISABLE_INSTANCE_DISCOVERY", "true"),
            new("ARM_METADATA_HOSTNAME", connection.Https.Authority),
            new("AZURE_SUBSCRIPTION_ID", connection.SubscriptionId),
            new("AZURE_TENANT_ID", connection.TenantId),
            new("AZURE_CLIENT_ID", connection.ClientId),
            new("AZURE_CLIENT_SECRET", connection.ClientSecret),
            new("AZURE_CLIENT_CERTIFICATE_PATH", certificate),
            new("AZURE_FEDERATED_TOKEN_FILE", folder.FederatedToken),
            new("AZURE_AUTHORITY_HOST", root),
            new("AZURE_POD_IDENTITY_AUTHORITY_HOST", root),
            new("IDENTITY_ENDPOINT", identityEndpoint),
            new("IDENTITY_HEADER", identityHeader),
            .. BundleVariables.Select(name => KeyValuePair.Create(name, bundle)),
        ];
    }

    // The machine's identity is a federated credential of the service principal, so its token is what another issuer's would be.
    private static async Task WriteFederatedTokenAsync(StoreFolder folder, LocalAzureConnection connection, CancellationToken cancellationToken)
    {
        using var handler = new HttpClientHandler { UseProxy = false, ServerCertificateCustomValidationCallback = (_, shown, _, _) => shown is not null && shown.RawData.AsSpan().SequenceEqual(connection.Certificate.RawData) };
        using var client = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(connection.Https, $"msi/token?api-version=2019-08-01&resource={FederatedCredential.DefaultAudience}"));
        request.Headers.Add("X-IDENTITY-HEADER", StoreIdentity.IdentityHeader(connection.ClientSecret));
        using var response = await client.SendAsync(request, cancellationToken);
        response.EnsureSuccessStatusCode();
        var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(cancellationToken));
        StoreFolder.WriteSecret(folder.FederatedToken, (string)answer!["access_token"]!);
    }

    private static async Task<string> WriteBundleAsync(
        StoreFolder folder, LocalAzureConnection connection, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken)
    {
        var inUse = BundleVariables.Select(name => environment.GetValueOrDefault(name)).OfType<string>().Where(path => path != folder.TrustBundle && File.Exists(path)).ToList();
        var trusted = SystemBundles.FirstOrDefault(File.Exists) is { } system ? inUse.Append(system) : inUse;
        var text = new StringBuilder();
        foreach (var path in trusted.Distinct(StringComparer.Ordinal))
        {
            text.AppendLine((await File.ReadAllTextAsync(path, cancellationToken)).TrimEnd());
        }

        text.AppendLine((await File.ReadAllTextAsync(connection.CertificatePath, cancellationToken)).TrimEnd());
        StoreFolder.WriteSecret(folder.TrustBundle, text.ToString());
        return folder.TrustBundle;
    }
}
