using System.Net;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;

namespace Deploy.Emulator.Tests;

public sealed class IdentityTests
{
    public static ClientSecretCredential Credential(LocalCloud cloud) => new(
        cloud.Connection.TenantId, cloud.Connection.ClientId, cloud.Connection.ClientSecret,
        new ClientSecretCredentialOptions
        {
            AuthorityHost = cloud.Connection.AuthorityHost,
            DisableInstanceDiscovery = true,
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });

    [Fact]
    public async Task ClientSecretCredential_RightSecret_GetsATokenThatArmTakes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var token = await Credential(cloud).GetTokenAsync(new TokenRequestContext(["https://management.azure.com/.default"]), TestContext.Current.CancellationToken);
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddMinutes(50), DateTimeOffset.UtcNow.AddMinutes(80));
        var answer = await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token);
        Assert.Equal(cloud.Connection.SubscriptionId, (string?)answer.MustBe(200).Json["value"]![0]!["subscriptionId"]);
    }

    [Theory]
    [InlineData("client_secret", "wrong", HttpStatusCode.Unauthorized, "AADSTS7000215")]
    [InlineData("client_id", "10ca1a2e-0000-4000-8000-0000000000ff", HttpStatusCode.BadRequest, "AADSTS700016")]
    [InlineData("scope", "https://nobody.example/.default", HttpStatusCode.BadRequest, "AADSTS500011")]
    [InlineData("grant_type", "password", HttpStatusCode.BadRequest, "AADSTS70003")]
    public async Task Token_OneThingWrong_SaysWhich(string field, string value, HttpStatusCode status, string code)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var form = cloud.Form("https://management.azure.com/.default");
        form[field] = value;
        var (found, body) = await cloud.PostFormAsync($"{cloud.Connection.TenantId}/oauth2/v2.0/token", form);
        Assert.Equal(status, found);
        Assert.StartsWith(code, (string?)body["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Discovery_KnownTenant_NamesTheTokenEndpoint()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var root = $"{cloud.Connection.Https.AbsoluteUri}{cloud.Connection.TenantId}";
        var answer = (await cloud.SendAsync("GET", $"/{cloud.Connection.TenantId}/v2.0/.well-known/openid-configuration")).MustBe(200);
        Assert.Equal($"{root}/oauth2/v2.0/token", (string?)answer.Json["token_endpoint"]);
        Assert.Equal("RSA", (string?)(await cloud.SendAsync("GET", new Uri((string)answer.Json["jwks_uri"]!).AbsolutePath)).MustBe(200).Json["keys"]![0]!["kty"]);
        (await cloud.SendAsync("GET", "/contoso.onmicrosoft.com/v2.0/.well-known/openid-configuration")).MustBe(400);
    }

    [Fact]
    public async Task Arm_NoTokenForeignTokenOrWrongAudience_Is401()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await using var other = await LocalCloud.StartAsync(signsAlike: false);
        Assert.Equal("AuthenticationFailed", (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01")).MustBe(401).Code);
        Assert.Equal("InvalidAuthenticationToken", (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: await other.TokenAsync("https://management.azure.com/.default"))).MustBe(401).Code);
        var wrong = (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: await cloud.TokenAsync("https://ml.azure.com/.default"))).MustBe(401);
        Assert.Contains("audience", wrong.Message, StringComparison.Ordinal);
        Assert.Contains("authorization_uri", wrong.Headers["WWW-Authenticate"], StringComparison.Ordinal);
    }
}
