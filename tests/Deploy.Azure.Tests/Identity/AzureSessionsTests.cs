using Deploy.Azure.Arm;
using Deploy.Azure.Identity;
using Deploy.Core;
using Xunit;

namespace Deploy.Azure.Tests.Identity;

public sealed class AzureSessionsTests
{
    [Fact]
    public async Task ForLocal_FirstRequest_SignsInAtTheLocalAuthority()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("POST /tenant-1/oauth2/v2.0/token", 200, """{"token_type":"Bearer","expires_in":3600,"access_token":"local-token"}""").On("GET /x", 200, "{}");
        var session = AzureSessions.ForLocal(new LocalAzureSettings
        {
            ResourceManager = cloud.Address,
            Certificate = cloud.Certificate,
            SubscriptionId = "sub-1",
            TenantId = "tenant-1",
            ClientId = "client-1",
            ClientSecret = "secret-1",
        });

        var response = await new ArmClient(session).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal(200, response.Status);
        Assert.Equal("Bearer local-token", cloud.Tokens.Last());
    }

    [Fact]
    public async Task ForLocal_SignInRejected_IsAuthenticationWithoutTheSecret()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("POST /tenant-1/oauth2/v2.0/token", 401, """{"error":"invalid_client","error_description":"AADSTS7000215"}""");
        var session = AzureSessions.ForLocal(new LocalAzureSettings
        {
            ResourceManager = cloud.Address, Certificate = cloud.Certificate, SubscriptionId = "sub-1", TenantId = "tenant-1", ClientId = "client-1", ClientSecret = "s3cr3t-value",
        });

        var exception = await Assert.ThrowsAsync<DeployException>(() => new ArmClient(session).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken));

        Assert.Equal(ExitCode.Authentication, exception.Error.ExitCode);
        Assert.DoesNotContain("s3cr3t-value", exception.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("usgovernment", "usGovernment")]
    [InlineData("AzureCloud", "public")]
    [InlineData("china", "china")]
    public async Task CreateAsync_KnownCloud_IsFound(string name, string expected)
    {
        var settings = Settings(("ARM_ENVIRONMENT", name), ("ARM_SUBSCRIPTION_ID", "s"), ("ARM_CLIENT_ID", "c"), ("ARM_CLIENT_SECRET", "x"), ("ARM_TENANT_ID", "t"));

        var session = await AzureSessions.CreateAsync(settings, null, TestContext.Current.CancellationToken);

        Assert.Equal((expected, "s", "t"), (session.Cloud.Name, session.SubscriptionId, session.TenantId));
    }

    [Fact]
    public async Task CreateAsync_SecretWithoutTenant_NamesTheMissingKey()
    {
        var settings = Settings(("ARM_SUBSCRIPTION_ID", "s"), ("ARM_CLIENT_ID", "c"), ("ARM_CLIENT_SECRET", "x"));

        var exception = await Assert.ThrowsAsync<DeployException>(() => AzureSessions.CreateAsync(settings, null, TestContext.Current.CancellationToken));

        Assert.Equal(AzureErrors.CredentialIncomplete, exception.Error.Definition);
        Assert.Contains("ARM_TENANT_ID", exception.Error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_NoSubscription_AsksTheCli()
    {
        var session = await AzureSessions.CreateAsync(Settings(), new FakeCli(new AzureCliAccount("sub-cli", "tenant-cli", "AzureCloud")), TestContext.Current.CancellationToken);

        Assert.Equal(("sub-cli", "tenant-cli"), (session.SubscriptionId, session.TenantId));
    }

    [Fact]
    public async Task CreateAsync_CliInAnotherCloud_IsRefused()
    {
        var cli = new FakeCli(new AzureCliAccount("sub-cli", null, "AzureUSGovernment"));

        var exception = await Assert.ThrowsAsync<DeployException>(() => AzureSessions.CreateAsync(Settings(), cli, TestContext.Current.CancellationToken));

        Assert.Equal(AzureErrors.SignInFailed, exception.Error.Definition);
    }

    [Fact]
    public async Task CreateAsync_NobodySignedIn_SaysThatNoSubscriptionIsKnown()
    {
        var exception = await Assert.ThrowsAsync<DeployException>(() => AzureSessions.CreateAsync(Settings(), new FakeCli(null), TestContext.Current.CancellationToken));

        Assert.Equal(AzureErrors.SubscriptionMissing, exception.Error.Definition);
    }

    [Fact]
    public void Read_ConfigurationAndEnvironment_ConfigurationWins()
    {
        var settings = AzureSettings.Read(key => key == "subscriptionId" ? "from-config" : null, name => name == "ARM_SUBSCRIPTION_ID" ? "from-env" : name == "ARM_USE_OIDC" ? "true" : null);

        Assert.Equal("from-config", settings.SubscriptionId);
        Assert.True(settings.UseOidc);
    }

    [Fact]
    public void ToString_Settings_ShowsNoSecret()
    {
        var settings = Settings(("ARM_CLIENT_SECRET", "s3cr3t-value"), ("ARM_OIDC_TOKEN", "t0k3n-value"), ("ARM_CLIENT_CERTIFICATE_PASSWORD", "pa55-value"));

        Assert.DoesNotContain("-value", settings.ToString(), StringComparison.Ordinal);
    }

    private static AzureSettings Settings(params (string Name, string Value)[] environment) =>
        AzureSettings.Read(_ => null, name => environment.FirstOrDefault(e => e.Name == name).Value);

    private sealed class FakeCli(AzureCliAccount? account) : IAzureCli
    {
        public Task<AzureCliAccount?> ShowAccountAsync(CancellationToken cancellationToken) => Task.FromResult(account);
    }
}
