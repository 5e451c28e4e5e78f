using Deploy.Azure.Arm;
using Deploy.Core;
using Xunit;

namespace Deploy.Azure.Tests.Arm;

public sealed class ArmClientSendTests
{
    private static readonly ArmClientOptions Fast = new() { MaxRetries = 3, RetryDelay = TimeSpan.FromMilliseconds(1), MaxRetryDelay = TimeSpan.FromMilliseconds(2), PollDelay = TimeSpan.FromMilliseconds(1) };

    [Fact]
    public async Task SendAsync_Success_CarriesTokenApiVersionAndBody()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /subscriptions/sub-1", 200, """{"id":"x"}""", ("x-ms-request-id", "r1"), ("x-ms-correlation-request-id", "c1"));

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/subscriptions/sub-1", "2024-03-01"), TestContext.Current.CancellationToken);

        Assert.Equal("x", response.Body!["id"]!.ToString());
        Assert.Equal(("r1", "c1"), (response.RequestId, response.CorrelationId));
        Assert.Equal("GET /subscriptions/sub-1?api-version=2024-03-01", Assert.Single(cloud.Requests));
        Assert.Equal("Bearer token-1", Assert.Single(cloud.Tokens));
    }

    [Fact]
    public async Task SendAsync_ErrorStatus_IsReturnedWithItsEnvelope()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /x", 409, """{"error":{"code":"Conflict","message":"busy","details":[{"code":"A","message":"a","details":[{"code":"B","message":"b"}]}]}}""");

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal("Conflict", response.Error!.Code);
        Assert.Equal(["A", "B"], response.Error.Details.Select(d => d.Code));
        Assert.True(response.Error.Has("b"));
        Assert.Equal("DEP2009", response.ToDeployError("read x").Code);
    }

    [Fact]
    public async Task SendAsync_NotJson_GivesTextAndStatusCode()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /x", 404, "<html>gone</html>");

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Null(response.Body);
        Assert.Equal(("Http404", "<html>gone</html>"), (response.Error!.Code, response.Error.Message));
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task SendAsync_PassingStatus_IsRepeated(int status)
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /x", status, null, ("Retry-After", "0")).On("GET /x", status).On("GET /x", 200, "{}");

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal(200, response.Status);
        Assert.Equal(3, cloud.Requests.Count);
    }

    [Fact]
    public async Task SendAsync_KeepsFailing_ReturnsTheLastAnswer()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /x", 503, """{"error":{"code":"ServerBusy","message":"no"}}""");

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal("ServerBusy", response.Error!.Code);
        Assert.Equal(4, cloud.Requests.Count);
    }

    [Theory]
    [InlineData("https://elsewhere.example/subscriptions/sub-1?api-version=1")]
    [InlineData("https://127.0.0.1:1/subscriptions/sub-1")]
    public async Task SendAsync_ForeignAddress_IsRefusedWithoutSending(string address)
    {
        await using var cloud = await FakeCloud.StartAsync();

        var exception = await Assert.ThrowsAsync<DeployException>(() => new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get(address), TestContext.Current.CancellationToken));

        Assert.Equal(AzureErrors.ForeignAddress, exception.Error.Definition);
        Assert.Empty(cloud.Requests);
    }

    [Fact]
    public async Task SendAsync_DoubledSlash_StaysOnTheCloud()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /elsewhere.example/x", 200, "{}");

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("//elsewhere.example/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal(200, response.Status);
    }

    [Fact]
    public async Task SendAsync_Redirect_IsNotFollowed()
    {
        await using var cloud = await FakeCloud.StartAsync();
        await using var other = await FakeCloud.StartAsync();
        cloud.On("GET /x", 307, null, ("Location", other.Address + "y"));

        var response = await new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken);

        Assert.Equal(307, response.Status);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task SendAsync_AnotherCertificate_IsUnreachable()
    {
        await using var cloud = await FakeCloud.StartAsync();
        using var wrong = FakeCloud.MakeCertificate();
        var trusting = AzureCloud.Local(cloud.Address, wrong);
        var session = cloud.Session() with { Cloud = trusting, Transport = CloudTransport.Create(trusting) };

        var exception = await Assert.ThrowsAsync<DeployException>(() => new ArmClient(session, Fast).SendAsync(ArmRequest.Get("/x", "1"), TestContext.Current.CancellationToken));

        Assert.Equal(AzureErrors.Unreachable, exception.Error.Definition);
        Assert.Empty(cloud.Requests);
    }

    [Fact]
    public async Task CreateHandler_TrustedCertificateOnAnotherPort_IsRefused()
    {
        await using var cloud = await FakeCloud.StartAsync();
        var elsewhere = AzureCloud.Local(new Uri("https://127.0.0.1:1/"), cloud.Certificate);
        using var client = new HttpClient(CloudTransport.CreateHandler(elsewhere));

        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri(cloud.Address, "x"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SendAsync_Cancelled_ThrowsCancellation()
    {
        await using var cloud = await FakeCloud.StartAsync();
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new ArmClient(cloud.Session(), Fast).SendAsync(ArmRequest.Get("/x", "1"), cancelled.Token));
    }
}
