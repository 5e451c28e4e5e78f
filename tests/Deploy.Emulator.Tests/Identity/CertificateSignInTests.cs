using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Identity;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Deploy.Emulator.Tests.Identity;

public sealed class CertificateSignInTests
{
    private static readonly string[] Scopes = ["https://management.azure.com/.default"];

    private static readonly Lazy<(RSA Key, X509Certificate2 Certificate)> Mine = new(() => Make(DateTimeOffset.UtcNow.AddDays(1)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ClientCertificateCredential_CertificateOfTheStore_GetsATokenThatArmTakes(bool sendsChain)
    {
        await using var cloud = await LocalCloud.StartAsync();
        var variables = (await EmulatorEnvironment.VariablesAsync(cloud.Connection, new Dictionary<string, string>(), TestContext.Current.CancellationToken)).ToDictionary();
        var credential = new ClientCertificateCredential(cloud.Connection.TenantId, cloud.Connection.ClientId, variables["AZURE_CLIENT_CERTIFICATE_PATH"], new ClientCertificateCredentialOptions
        {
            AuthorityHost = cloud.Connection.AuthorityHost,
            DisableInstanceDiscovery = true,
            SendCertificateChain = sendsChain,
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var token = await credential.GetTokenAsync(new TokenRequestContext(Scopes), TestContext.Current.CancellationToken);
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token.Token)).MustBe(200);
        Assert.Equal("2", new JsonWebToken(token.Token).GetPayloadValue<string>("appidacr"));
    }

    [Theory]
    [InlineData("x5t")]
    [InlineData("x5t#S256")]
    [InlineData("x5c")]
    [InlineData("kid")]
    public async Task Assertion_RegisteredCertificateNamedInAnyWay_IsTaken(string header)
    {
        await using var cloud = await LocalCloud.StartAsync();
        Assertions.Register(cloud, "certificates", Mine.Value.Certificate.ExportCertificatePem());
        Assert.Null(await Assertions.CodeAsync(cloud, Signed(cloud, header: header, algorithm: header == "x5t#S256" ? "PS256" : "RS256")));
    }

    [Fact]
    public async Task Assertion_OneThingWrong_SaysWhich()
    {
        await using var cloud = await LocalCloud.StartAsync();
        Assert.Equal(700027, await Assertions.CodeAsync(cloud, Signed(cloud)));
        Assertions.Register(cloud, "certificates", Mine.Value.Certificate.ExportCertificatePem());
        Assert.Null(await Assertions.CodeAsync(cloud, Signed(cloud)));
        Assert.Equal(700023, await Assertions.CodeAsync(cloud, Signed(cloud, audience: "https://login.microsoftonline.com/common/oauth2/v2.0/token")));
        Assert.Equal(700024, await Assertions.CodeAsync(cloud, Signed(cloud, expires: DateTimeOffset.UtcNow.AddHours(-1))));
        Assert.Equal(700024, await Assertions.CodeAsync(cloud, Signed(cloud, expires: DateTimeOffset.UtcNow.AddHours(1))));
        Assert.Equal(50027, await Assertions.CodeAsync(cloud, "not.a.token"));
        Assert.Equal(50027, await Assertions.CodeAsync(cloud, Signed(cloud, header: "none")));
        Assert.Equal(50048, await Assertions.CodeAsync(cloud, Signed(cloud, subject: "somebody")));
        Assert.Equal(5002730, await Assertions.CodeAsync(cloud, Signed(cloud, algorithm: "RS384")));
        Assert.Equal(700016, await Assertions.CodeAsync(cloud, Signed(cloud), "10ca1a2e-0000-4000-8000-0000000000ff"));
        var signed = Signed(cloud);
        Assert.Equal(700027, await Assertions.CodeAsync(cloud, signed[..^6] + (signed.EndsWith("AAAAAA", StringComparison.Ordinal) ? "BBBBBA" : "AAAAAA")));
    }

    [Fact]
    public async Task Assertion_CertificateHasEnded_IsRefused()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var ended = Make(DateTimeOffset.UtcNow.AddHours(-1));
        Assertions.Register(cloud, "certificates", ended.Certificate.ExportCertificatePem());
        Assert.Equal(700027, await Assertions.CodeAsync(cloud, Signed(cloud, with: ended)));
    }

    private static string Signed(
        LocalCloud cloud, string header = "x5t", string algorithm = "RS256", string? audience = null, string? subject = null,
        DateTimeOffset? expires = null, (RSA Key, X509Certificate2 Certificate)? with = null)
    {
        var (key, certificate) = with ?? Mine.Value;
        var named = header switch
        {
            "x5t" => new JsonObject { ["x5t"] = Base64UrlEncoder.Encode(certificate.GetCertHash()) },
            "x5t#S256" => new JsonObject { ["x5t#S256"] = Base64UrlEncoder.Encode(certificate.GetCertHash(HashAlgorithmName.SHA256)) },
            "x5c" => new JsonObject { ["x5c"] = new JsonArray(Convert.ToBase64String(certificate.RawData)) },
            "kid" => new JsonObject { ["kid"] = certificate.Thumbprint },
            _ => [],
        };
        return Assertions.Sign(key, algorithm, named, cloud.Connection.ClientId, subject ?? cloud.Connection.ClientId,
            audience ?? $"{cloud.Connection.Https}{cloud.Connection.TenantId}/oauth2/v2.0/token", expires ?? DateTimeOffset.UtcNow.AddMinutes(10));
    }

    private static (RSA Key, X509Certificate2 Certificate) Make(DateTimeOffset end)
    {
        var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=phi pipeline", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return (key, X509CertificateLoader.LoadCertificate(request.CreateSelfSigned(end.AddDays(-2), end).RawData));
    }
}
