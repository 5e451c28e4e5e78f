using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;
using Xunit;

namespace Deploy.Azure.Tests.Arm;

public sealed class ArmClientRunTests
{
    private const string Done = """{"id":"/things/a","properties":{"provisioningState":"Succeeded"}}""";

    private static readonly ArmClientOptions Fast = new() { MaxRetries = 0, PollDelay = TimeSpan.FromMilliseconds(1), MaxPollDelay = TimeSpan.FromMilliseconds(2) };

    private static readonly ArmRequest Put = ArmRequest.Put("/things/a", "1", new JsonObject());

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RunAsync_AsyncOperation_PollsThenReadsTheResource()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 201, """{"id":"/things/a","properties":{"provisioningState":"Creating"}}""", ("Azure-AsyncOperation", cloud.Address + "ops/1?api-version=9"))
            .On("GET /ops/1", 200, """{"status":"Running"}""", ("Retry-After", "0")).On("GET /ops/1", 200, """{"status":"Succeeded"}""")
            .On("GET /things/a", 200, Done);
        var accepted = new List<string>();

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(
            Put, new ArmOperationOptions { Accepted = (address, _) => { accepted.Add($"{address.AbsolutePath} after {cloud.Requests.Count}"); return Task.CompletedTask; } }, Token);

        Assert.True(result.IsSuccess);
        Assert.Equal("/things/a", result.Response.Body!["id"]!.ToString());
        Assert.Equal("/ops/1 after 1", Assert.Single(accepted));
        Assert.Equal(["PUT /things/a?api-version=1", "GET /ops/1?api-version=9", "GET /ops/1?api-version=9", "GET /things/a?api-version=1"], cloud.Requests);
    }

    [Fact]
    public async Task RunAsync_AsyncOperationFails_ReturnsItsError()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 201, "{}", ("Azure-AsyncOperation", cloud.Address + "ops/1"))
            .On("GET /ops/1", 200, """{"status":"Failed","error":{"code":"OutOfQuota","message":"no cores"}}""");

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.Equal(ArmOperationStatus.Failed, result.Status);
        Assert.Equal(AzureErrors.QuotaExceeded, result.ToDeployError("create").Definition);
    }

    [Fact]
    public async Task RunAsync_AsyncOperationCanceled_IsItsOwnOutcome()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 201, "{}", ("Azure-AsyncOperation", cloud.Address + "ops/1")).On("GET /ops/1", 200, """{"status":"Canceled"}""");

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.Equal(ArmOperationStatus.Canceled, result.Status);
        Assert.Equal(AzureErrors.OperationCanceled, result.ToDeployError("create").Definition);
    }

    [Fact]
    public async Task RunAsync_LocationRelative_PollsUntilNot202()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 202, null, ("Location", "/results/1"), ("Retry-After", "0")).On("GET /results/1", 202).On("GET /results/1", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions { Style = ArmOperationStyle.Location }, Token);

        Assert.True(result.IsSuccess);
        Assert.Equal(["PUT /things/a?api-version=1", "GET /results/1?api-version=1", "GET /results/1?api-version=1"], cloud.Requests);
    }

    [Fact]
    public async Task RunAsync_SucceededButStillUpdating_WaitsForTheResource()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 201, "{}", ("Azure-AsyncOperation", cloud.Address + "ops/1")).On("GET /ops/1", 200, """{"status":"Succeeded"}""")
            .On("GET /things/a", 200, """{"id":"/things/a","properties":{"provisioningState":"Updating"}}""").On("GET /things/a", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.Equal("Succeeded", result.Response.Body!["properties"]!["provisioningState"]!.ToString());
    }

    [Theory]
    [InlineData("Succeeded", ArmOperationStatus.Succeeded)]
    [InlineData("Failed", ArmOperationStatus.Failed)]
    public async Task RunAsync_NoAddress_PollsTheResource(string state, ArmOperationStatus expected)
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 200, """{"id":"/things/a","properties":{"provisioningState":"Creating"}}""")
            .On("GET /things/a", 200, """{"properties":{"provisioningState":"Creating"}}""").On("GET /things/a", 200, Done.Replace("Succeeded", state, StringComparison.Ordinal));

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.Equal(expected, result.Status);
        Assert.Equal(3, cloud.Requests.Count);
    }

    [Fact]
    public async Task RunAsync_FinalAnswer_DoesNotPoll()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.True(result.IsSuccess);
        Assert.Single(cloud.Requests);
    }

    [Fact]
    public async Task RunAsync_Rejected_IsNotAccepted()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 400, """{"error":{"code":"ValidationError","message":"bad"}}""");

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token);

        Assert.Equal((ArmOperationStatus.Rejected, "ValidationError"), (result.Status, result.Error!.Code));
    }

    [Fact]
    public async Task RunAsync_DeletedWhilePolling_Succeeds()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("DELETE /things/a", 202, null, ("Location", cloud.Address + "results/1")).On("GET /results/1", 404, """{"error":{"code":"ResourceNotFound","message":"gone"}}""");

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(ArmRequest.Delete("/things/a", "1"), new ArmOperationOptions(), Token);

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task RunAsync_ForeignPollAddress_IsRefused()
    {
        await using var cloud = await FakeCloud.StartAsync();
        await using var other = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 202, null, ("Location", other.Address + "results/1"));

        var exception = await Assert.ThrowsAsync<DeployException>(() => new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions(), Token));

        Assert.Equal(AzureErrors.ForeignAddress, exception.Error.Definition);
        Assert.Empty(other.Requests);
    }

    [Fact]
    public async Task RunAsync_NeverEnds_TimesOutWithTheLimit()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 202, null, ("Location", "/results/1")).On("GET /results/1", 202);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions { Timeout = TimeSpan.FromMilliseconds(200) }, Token);

        Assert.Equal(ArmOperationStatus.TimedOut, result.Status);
        Assert.Equal(ExitCode.Timeout, result.ToDeployError("create").ExitCode);
        Assert.Equal("/results/1", result.PollAddress!.AbsolutePath);
    }

    [Fact]
    public async Task RunAsync_CancelledWhilePolling_ThrowsCancellation()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("PUT /things/a", 202, null, ("Location", "/results/1")).On("GET /results/1", 202);
        using var cancel = new CancellationTokenSource();

        var run = new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions { Accepted = (_, _) => cancel.CancelAsync() }, cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);
    }

    [Fact]
    public async Task RunAsync_Resumed_SendsNothingButPolls()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /ops/1", 200, """{"status":"Running"}""").On("GET /ops/1", 200, """{"status":"Succeeded"}""").On("GET /things/a", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions { ResumeFrom = new Uri(cloud.Address, "ops/1?api-version=1") }, Token);

        Assert.True(result.IsSuccess);
        Assert.DoesNotContain(cloud.Requests, r => r.StartsWith("PUT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunAsync_ResumedButForgotten_AsksTheResource()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /ops/1", 404).On("GET /things/a", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(Put, new ArmOperationOptions { ResumeFrom = new Uri(cloud.Address, "ops/1") }, Token);

        Assert.True(result.IsSuccess);
    }

    [Fact]
    public async Task RunAsync_ResumedDeleteForgottenAndStillThere_Fails()
    {
        await using var cloud = await FakeCloud.StartAsync();
        cloud.On("GET /ops/1", 404).On("GET /things/a", 200, Done);

        var result = await new ArmClient(cloud.Session(), Fast).RunAsync(
            ArmRequest.Delete("/things/a", "1"), new ArmOperationOptions { ResumeFrom = new Uri(cloud.Address, "ops/1") }, Token);

        Assert.Equal((ArmOperationStatus.Failed, "OperationForgotten"), (result.Status, result.Error!.Code));
    }
}
