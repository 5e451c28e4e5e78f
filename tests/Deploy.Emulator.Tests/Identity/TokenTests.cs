using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;

namespace Deploy.Emulator.Tests.Identity;

public sealed class TokenTests
{
    [Fact]
    public async Task Token_ForArm_HasTheClaimsOfVersion1()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var token = new JsonWebToken(await cloud.TokenAsync("https://management.azure.com/.default"));
        var issuer = $"{cloud.Connection.Https}{cloud.Connection.TenantId}/";
        Assert.Equal(issuer, token.Issuer);
        Assert.Equal("https://management.azure.com", token.Audiences.Single());
        Assert.Equal(TimeSpan.FromMinutes(65), token.ValidTo - token.IssuedAt);
        var claims = JsonNode.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(token.EncodedPayload))!.AsObject();
        var expected = new Dictionary<string, string>
        {
            ["appid"] = cloud.Connection.ClientId, ["appidacr"] = "1", ["idp"] = issuer, ["idtyp"] = "app", ["tid"] = cloud.Connection.TenantId, ["ver"] = "1.0",
        };
        Assert.All(expected, pair => Assert.Equal(pair.Value, (string?)claims[pair.Key]));
        Assert.Equal((string?)claims["sub"], (string?)claims["oid"]);
        Assert.NotEqual(cloud.Connection.ClientId, (string?)claims["oid"]);
        Assert.All(new[] { "iat", "nbf", "exp", "uti" }, name => Assert.True(claims.ContainsKey(name), name));
    }

    [Fact]
    public async Task Token_ForAnotherApplication_HasTheClaimsOfVersion2AndArmRefusesIt()
    {
        await using var cloud = await LocalCloud.StartAsync();
        const string clientId = "10ca1a2e-0000-4000-8000-0000000000aa";
        Assertions.Register(cloud, "applications", new JsonObject { ["clientId"] = clientId, ["objectId"] = "10ca1a2e-0000-4000-8000-0000000000ab" });
        var text = await cloud.TokenAsync($"api://{clientId}/.default");
        var token = new JsonWebToken(text);
        Assert.Equal($"{cloud.Connection.Https}{cloud.Connection.TenantId}/v2.0", token.Issuer);
        Assert.Equal(clientId, token.Audiences.Single());
        Assert.Equal(cloud.Connection.ClientId, token.GetPayloadValue<string>("azp"));
        Assert.Equal("1", token.GetPayloadValue<string>("azpacr"));
        Assert.Contains("wrong audience", (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: text)).MustBe(401).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_Version1Endpoint_TakesAResourceAndAnswersInTexts()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var form = cloud.Form("");
        form.Remove("scope");
        form["resource"] = "https://management.core.windows.net/";
        var (status, body) = await cloud.PostFormAsync($"{cloud.Connection.TenantId}/oauth2/token", form);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("https://management.core.windows.net/", (string?)body["resource"]);
        Assert.True(long.Parse((string)body["expires_on"]!, System.Globalization.CultureInfo.InvariantCulture) > DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: (string)body["access_token"]!)).MustBe(200);
    }

    [Fact]
    public async Task Token_AddressOfAdfs_IsDiscoveredAndAnswers()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var found = (await cloud.SendAsync("GET", "/adfs/.well-known/openid-configuration")).MustBe(200).Json;
        Assert.Equal($"{cloud.Connection.Https}adfs/oauth2/token", (string?)found["token_endpoint"]);
        var (status, body) = await cloud.PostFormAsync("adfs/oauth2/token", cloud.Form("https://management.azure.com//.default"));
        Assert.Equal(HttpStatusCode.OK, status);
        (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: (string)body["access_token"]!)).MustBe(200);
    }

    [Fact]
    public async Task Token_HasEnded_ArmSaysSo()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        var token = await cloud.TokenAsync("https://management.azure.com/.default");
        clock.Advance(TimeSpan.FromMinutes(66));
        Assert.Equal("ExpiredAuthenticationToken", (await cloud.SendAsync("GET", "/subscriptions?api-version=2022-12-01", key: token)).MustBe(401).Code);
    }

    [Fact]
    public async Task Secret_HasEnded_IsToldApartFromAWrongOne()
    {
        await using var cloud = await LocalCloud.StartAsync();
        Assertions.Register(
            cloud, "secrets", new JsonObject { ["value"] = "ended", ["endsAt"] = "2020-01-01T00:00:00Z" }, new JsonObject { ["value"] = "good", ["endsAt"] = "2120-01-01T00:00:00Z" });
        Assert.Equal("AADSTS7000222", await CodeAsync(cloud, "client_secret", "ended"));
        Assert.Equal("", await CodeAsync(cloud, "client_secret", "good"));
        Assert.Equal("AADSTS7000215", await CodeAsync(cloud, "client_secret", "neither"));
    }

    [Theory]
    [InlineData("scope", "https://management.azure.com/user_impersonation", "AADSTS1002012")]
    [InlineData("scope", "openid https://management.azure.com/.default", "AADSTS70011")]
    [InlineData("scope", "", "AADSTS900144")]
    [InlineData("client_secret", "", "AADSTS7000218")]
    [InlineData("client_id", "", "AADSTS900144")]
    [InlineData("grant_type", "authorization_code", "AADSTS70003")]
    public async Task Token_ParameterWrong_IsRefusedWithItsCode(string field, string value, string code)
    {
        await using var cloud = await LocalCloud.StartAsync();
        Assert.Equal(code, await CodeAsync(cloud, field, value));
    }

    [Fact]
    public async Task Refusal_AnyCode_HasTheBodyOfMicrosoftEntra()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var correlation = Guid.NewGuid().ToString();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(cloud.Connection.Https, "contoso.onmicrosoft.com/oauth2/v2.0/token"));
        request.Headers.Add("client-request-id", correlation);
        request.Content = new FormUrlEncodedContent(cloud.Form("https://management.azure.com/.default"));
        using var response = await cloud.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        Assert.Equal(90002, (int)body["error_codes"]![0]!);
        Assert.Equal(correlation, (string?)body["correlation_id"]);
        Assert.Equal($"{cloud.Connection.Https}error?code=90002", (string?)body["error_uri"]);
        Assert.Matches($"^AADSTS90002: Tenant 'contoso.onmicrosoft.com' not found. .* Trace ID: {body["trace_id"]} Correlation ID: {correlation} Timestamp: {body["timestamp"]}$", (string?)body["error_description"]);
    }

    private static async Task<string> CodeAsync(LocalCloud cloud, string field, string value)
    {
        var form = cloud.Form("https://management.azure.com/.default");
        form[field] = value;
        var (_, body) = await cloud.PostFormAsync($"{cloud.Connection.TenantId}/oauth2/v2.0/token", form);
        return body["error_description"] is { } text ? ((string)text!).Split(':')[0] : "";
    }
}
