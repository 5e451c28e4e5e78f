using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>Azure.Identity, unmodified, with the values of <c>deploy emulator env</c>.</summary>
public sealed class NuGetIdentityTests
{
    [Fact]
    public async Task Credentials_WithoutAPerson_GetTokensThatArmTakes()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var cloud = await LocalCloud.StartAsync();
        var variables = (await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), cancel)).ToDictionary();
        var (tenant, client) = (variables["AZURE_TENANT_ID"], variables["AZURE_CLIENT_ID"]);
        var assertion = await File.ReadAllTextAsync(variables["AZURE_FEDERATED_TOKEN_FILE"], cancel);
        TokenCredential[] credentials =
        [
            new ClientSecretCredential(tenant, client, variables["AZURE_CLIENT_SECRET"], Options<ClientSecretCredentialOptions>(cloud)),
            new ClientCertificateCredential(tenant, client, variables["AZURE_CLIENT_CERTIFICATE_PATH"], Options<ClientCertificateCredentialOptions>(cloud)),
            new ClientAssertionCredential(tenant, client, () => assertion, Options<ClientAssertionCredentialOptions>(cloud)),
        ];
        foreach (var credential in credentials)
        {
            var token = await credential.GetTokenAsync(new TokenRequestContext(["https://management.azure.com/.default"]), cancel);
            (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
        }

        ClientEvidence.Compare("nuget-identity", NuGetVersion.Of("Azure.Identity"), OperationName.Of(cloud.Requests())
            .Where(operation => operation.Contains("{tenant}", StringComparison.Ordinal)));
    }

    private static T Options<T>(LocalCloud cloud)
        where T : TokenCredentialOptions, new()
    {
        var options = new T { AuthorityHost = cloud.Connection.AuthorityHost, Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)) };
        typeof(T).GetProperty(nameof(ClientSecretCredentialOptions.DisableInstanceDiscovery))!.SetValue(options, true);
        return options;
    }
}
