using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Deploy.Emulator.Tests.Identity;

public sealed class ManagedIdentityTests
{
    private const string MachineClient = "10ca1a2e-0000-4000-8000-000000000005";
    private const string Metadata = "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/";

    [Fact]
    public async Task ManagedIdentityCredential_AppServiceVariables_GetsATokenThatArmTakes()
    {
        await using var cloud = await LocalCloud.StartAsync();
        foreach (var (name, value) in await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), TestContext.Current.CancellationToken))
        {
            if (name.StartsWith("IDENTITY_", StringComparison.Ordinal))
            {
                Environment.SetEnvironmentVariable(name, value);
            }
        }

        var credential = new ManagedIdentityCredential(new ManagedIdentityCredentialOptions(ManagedIdentityId.SystemAssigned)
        {
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var token = await credential.GetTokenAsync(new TokenRequestContext(["https://management.azure.com/.default"]), TestContext.Current.CancellationToken);
        Assert.InRange(token.ExpiresOn, DateTimeOffset.UtcNow.AddHours(23), DateTimeOffset.UtcNow.AddHours(25));
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
    }

    [Fact]
    public async Task Metadata_SystemAssigned_AnswersAsAVirtualMachine()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var answer = (await cloud.SendAsync("GET", Metadata, null, null, ("Metadata", "true"))).MustBe(200).Json;
        Assert.Equal(MachineClient, (string?)answer["client_id"]);
        Assert.Equal("https://management.azure.com/", (string?)answer["resource"]);
        Assert.True(long.Parse((string)answer["expires_on"]!, System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: (string)answer["access_token"]!)).MustBe(200);
    }

    [Fact]
    public async Task Metadata_UserAssigned_IsFoundByEachOfItsIds()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        (await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "eastus2" })).MustBe(201);
        var id = cloud.Resource("Microsoft.ManagedIdentity/userAssignedIdentities", "scorer");
        var made = (await cloud.PutAsync(id, "2023-01-31", new { location = "eastus2" })).MustBe(201).Json["properties"]!;
        foreach (var query in new[] { $"client_id={made["clientId"]}", $"object_id={made["principalId"]}", $"msi_res_id={id}" })
        {
            var answer = (await cloud.SendAsync("GET", $"{Metadata}&{query}", null, null, ("Metadata", "true"))).MustBe(200).Json;
            Assert.Equal((string?)made["clientId"], (string?)answer["client_id"]);
            var token = new JsonWebToken((string)answer["access_token"]!);
            Assert.Equal((string?)made["principalId"], token.GetPayloadValue<string>("oid"));
            Assert.Equal(id, token.GetPayloadValue<string>("xms_mirid"), ignoreCase: true);
        }
    }

    [Fact]
    public async Task Metadata_HeaderOrParameterMissingOrIdentityUnknown_Is400()
    {
        await using var cloud = await LocalCloud.StartAsync();
        Assert.Contains("metadata header", (await cloud.SendAsync("GET", Metadata)).MustBe(400).Text, StringComparison.Ordinal);
        (await cloud.SendAsync("GET", Metadata, null, null, ("Metadata", "true"), ("X-Forwarded-For", "10.0.0.1"))).MustBe(400);
        (await cloud.SendAsync("GET", "/metadata/identity/oauth2/token?api-version=2018-02-01", null, null, ("Metadata", "true"))).MustBe(400);
        var unknown = (await cloud.SendAsync("GET", Metadata + "&client_id=" + Guid.NewGuid(), null, null, ("Metadata", "true"))).MustBe(400).Json;
        Assert.Equal("Identity not found", (string?)unknown["error_description"]);
        var resource = (await cloud.SendAsync("GET", "/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://nobody.example", null, null, ("Metadata", "true"))).MustBe(400).Json;
        Assert.StartsWith("AADSTS500011", (string?)resource["error_description"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AppService_SecretMissingOrWrong_Is401()
    {
        await using var cloud = await LocalCloud.StartAsync();
        const string path = "/msi/token?api-version=2019-08-01&resource=https://management.azure.com/";
        (await cloud.SendAsync("GET", path)).MustBe(401);
        (await cloud.SendAsync("GET", path, null, null, ("X-IDENTITY-HEADER", cloud.Connection.ClientSecret))).MustBe(401);
    }
}
