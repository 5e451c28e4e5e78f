using System.Net;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Deploy.Emulator.Tests.Identity;

public sealed class FederatedSignInTests
{
    private const string Subject = "repo:contoso/phi:environment:prod";
    private static readonly string[] Scopes = ["https://management.azure.com/.default"];

    [Fact]
    public async Task ClientAssertionCredential_TokenOfAGitHubWorkflow_GetsATokenThatArmTakes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        using var issuer = Trusted(cloud, Assertions.GitHub, Subject);
        var credential = new ClientAssertionCredential(cloud.Connection.TenantId, cloud.Connection.ClientId, () => issuer.Token(Assertions.GitHub, Subject), new ClientAssertionCredentialOptions
        {
            AuthorityHost = cloud.Connection.AuthorityHost,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), TestContext.Current.CancellationToken);
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
    }

    [Fact]
    public async Task AzurePipelinesCredential_TokenOfAServiceConnection_GetsATokenThatArmTakes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        const string subject = "sc://contoso/phi/azure";
        using var issuer = Trusted(cloud, Assertions.AzureDevOps, subject);
        Environment.SetEnvironmentVariable("SYSTEM_OIDCREQUESTURI", "https://pipelines.invalid/oidctoken");
        using var client = new HttpClient(new Pipeline(LocalCloud.Handler(cloud.Connection), issuer.Token(Assertions.AzureDevOps, subject)));
        var credential = new AzurePipelinesCredential(cloud.Connection.TenantId, cloud.Connection.ClientId, "connection", "system access token", new AzurePipelinesCredentialOptions
        {
            AuthorityHost = cloud.Connection.AuthorityHost,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(client),
        });
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), TestContext.Current.CancellationToken);
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
    }

    [Fact]
    public async Task WorkloadIdentityCredential_TokenFileOfTheEnvironment_GetsATokenThatArmTakes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var variables = (await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), TestContext.Current.CancellationToken)).ToDictionary();
        var credential = new WorkloadIdentityCredential(new WorkloadIdentityCredentialOptions
        {
            TenantId = variables["AZURE_TENANT_ID"],
            ClientId = variables["AZURE_CLIENT_ID"],
            TokenFilePath = variables["AZURE_FEDERATED_TOKEN_FILE"],
            AuthorityHost = cloud.Connection.AuthorityHost,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), TestContext.Current.CancellationToken);
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
    }

    [Fact]
    public async Task Assertion_OneThingWrong_SaysWhich()
    {
        await using var cloud = await LocalCloud.StartAsync();
        using var issuer = new Assertions();
        using var stranger = new Assertions();
        Assert.Equal(700211, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject)));
        Assertions.Register(cloud, "federatedCredentials", Assertions.Credential(Assertions.GitHub, Subject));
        Assert.Equal(90061, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject)));
        Assertions.Register(cloud, "issuers", issuer.Registration(Assertions.GitHub));
        Assert.Null(await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject)));
        Assert.Equal(50013, await Assertions.CodeAsync(cloud, stranger.Token(Assertions.GitHub, Subject)));
        Assert.Equal(700211, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub + "/", Subject)));
        Assert.Equal(700212, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject, "https://github.com/contoso")));
        Assert.Equal(700213, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, "repo:contoso/phi:ref:refs/heads/main")));
        Assert.Equal(7002138, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject.Replace("prod", "Prod", StringComparison.Ordinal))));
        Assert.Equal(700024, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject, expires: DateTimeOffset.UtcNow.AddMinutes(-20))));
    }

    [Fact]
    public async Task Assertion_ApplicationWithoutFederatedCredential_IsRefusedWithAllThatWasPresented()
    {
        await using var cloud = await LocalCloud.StartAsync();
        using var issuer = new Assertions();
        const string clientId = "10ca1a2e-0000-4000-8000-0000000000aa";
        Assertions.Register(cloud, "applications", new JsonObject { ["clientId"] = clientId, ["objectId"] = "10ca1a2e-0000-4000-8000-0000000000ab" });
        Assert.Equal(70021, await Assertions.CodeAsync(cloud, issuer.Token(Assertions.GitHub, Subject), clientId));
    }

    private static Assertions Trusted(LocalCloud cloud, string issuer, string subject)
    {
        var made = new Assertions();
        Assertions.Register(cloud, "issuers", made.Registration(issuer));
        Assertions.Register(cloud, "federatedCredentials", Assertions.Credential(issuer, subject));
        return made;
    }

    // The service that gives a build's OIDC token; everything else goes on to the local Azure.
    private sealed class Pipeline(HttpMessageHandler inner, string token) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri!.Host != "pipelines.invalid"
            ? base.SendAsync(request, cancellationToken)
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent(new JsonObject { ["oidcToken"] = token }.ToJsonString(), System.Text.Encoding.UTF8, "application/json"),
                RequestMessage = request,
            });
    }
}
