using System.Diagnostics;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Tests.DataPlane;
using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.Faults;

public sealed class FaultTests : IAsyncLifetime
{
    private static readonly object Sum = new { messages = Ask("417 + 388") };

    private Endpoints _endpoint = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _endpoint = await ServerlessAsync();

    public async ValueTask DisposeAsync() => await _endpoint.DisposeAsync();

    [Fact]
    public async Task Status_OnceAfterOne_HitsTheSecondRequestOnly()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Status, Endpoint = "mini", Status = 503, RetryAfter = TimeSpan.FromSeconds(7), After = 1, Times = 1 });
        (await _endpoint.ChatAsync(Sum)).MustBe(200);
        var hit = (await _endpoint.ChatAsync(Sum)).MustBe(503);
        Assert.Equal("7", hit.Headers["Retry-After"]);
        (await _endpoint.ChatAsync(Sum)).MustBe(200);
        Assert.Equal([null, "status", null], _endpoint.Cloud.Requests().TakeLast(3).Select(line => (string?)line["fault"]));
        var rule = (await _endpoint.Cloud.Azure.Management.FaultsAsync(Cancel))["rules"]![0]!;
        Assert.Equal(("status-1", 1), ((string?)rule["id"], (int?)rule["hits"]));
        var noted = (await _endpoint.Cloud.Azure.Management.FaultHitsAsync(Cancel))["hits"]!.AsArray();
        Assert.Equal(("status-1", "POST", "/serverless/eastus2/mini/chat/completions"), ((string?)noted[0]!["rule"], (string?)noted[0]!["method"], (string?)noted[0]!["path"]));
    }

    [Fact]
    public async Task Status_BodyAndType_AreAsGiven()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Status, Path = "/subscriptions/**/serverlessEndpoints/*", Method = "GET", Status = 502, Body = "<h1>Bad gateway</h1>", ContentType = "text/html" });
        var answer = (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(502);
        Assert.Equal(("<h1>Bad gateway</h1>", "text/html"), (answer.Text, answer.Headers["Content-Type"]));
        (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200);
    }

    [Fact]
    public async Task Throttling_429WithRetryAfter()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Throttling, RetryAfter = TimeSpan.FromSeconds(2.5) });
        Assert.Equal("3", (await _endpoint.ChatAsync(Sum)).MustBe(429).Headers["Retry-After"]);
        var arm = (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(429);
        Assert.Equal("TooManyRequests", arm.Code);
    }

    [Theory]
    [InlineData(FaultKinds.Latency, false, 300)]
    [InlineData(FaultKinds.FirstToken, true, 300)]
    [InlineData(FaultKinds.BetweenTokens, true, 1200)]
    public async Task Delays_TakeTheirTime(string kind, bool streams, int leastMilliseconds)
    {
        await AddAsync(new FaultRule { Kind = kind, Endpoint = "mini", Delay = TimeSpan.FromMilliseconds(300) });
        var since = Stopwatch.GetTimestamp();
        (await _endpoint.ChatAsync(new { messages = Ask("417 + 388"), stream = streams })).MustBe(200);
        Assert.True(Stopwatch.GetElapsedTime(since).TotalMilliseconds >= leastMilliseconds - 20);
    }

    [Fact]
    public async Task Hang_ClientGivesUp_IsLoggedWithoutStatus()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Hang, Endpoint = "*" });
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _endpoint.Cloud.Client.GetAsync(new Uri(_endpoint.Cloud.Connection.Https, $"{_endpoint.Path}/info"), impatient.Token));
        Assert.Equal(0, (int?)(await _endpoint.LoggedAsync(fault => fault == "hang"))["status"]);
    }

    [Fact]
    public async Task Hang_HostStops_DoesNotHoldItUp()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Hang, Endpoint = "*" });
        var hanging = _endpoint.Cloud.Client.GetAsync(new Uri(_endpoint.Cloud.Connection.Https, $"{_endpoint.Path}/info"), Cancel);
        await Eventually.SeesAsync(async () => (await _endpoint.Cloud.Azure.Management.FaultHitsAsync(Cancel))["hits"]!.AsArray().FirstOrDefault(), "The request that hangs");
        await _endpoint.Cloud.Azure.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(5), Cancel);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => hanging);
    }

    [Fact]
    public async Task Reset_ConnectionEndsWithoutAnswer()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Reset, Endpoint = "mini" });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => _endpoint.ChatAsync(Sum));
        Assert.Equal(0, (int?)(await _endpoint.LoggedAsync(fault => fault == "reset"))["status"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Truncation_BreaksOffAfterItsBytes(bool streams)
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Truncation, Endpoint = "mini", Bytes = 33 });
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_endpoint.Cloud.Connection.Https, $"{_endpoint.Path}/chat/completions")) { Content = JsonContent(new { messages = Ask("417 + 388"), stream = streams }) };
        request.Headers.Authorization = new("Bearer", _endpoint.Key);
        using var response = await _endpoint.Cloud.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        Assert.Equal(200, (int)response.StatusCode);
        await using var body = await response.Content.ReadAsStreamAsync(Cancel);
        var buffer = new byte[1000];
        Assert.Equal(33, await body.ReadAtLeastAsync(buffer, 33, cancellationToken: Cancel));
        await Assert.ThrowsAsync<HttpIOException>(async () => await body.ReadExactlyAsync(buffer, Cancel));
    }

    [Fact]
    public async Task BodyAndContentType_ReplaceThemInSuccessOnly()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Body, Endpoint = "mini", Body = "null", Times = 1 });
        (await _endpoint.Cloud.SendAsync("POST", $"{_endpoint.Path}/chat/completions", Sum, "wrong")).MustBe(401);
        Assert.Equal("null", (await _endpoint.ChatAsync(Sum)).MustBe(200).Text);
        await AddAsync(new FaultRule { Kind = FaultKinds.ContentType, Endpoint = "mini", ContentType = "text/plain" });
        var answer = (await _endpoint.ChatAsync(Sum)).MustBe(200);
        Assert.Equal("text/plain", answer.Headers["Content-Type"]);
        Assert.Equal("805", Content(answer));
    }

    [Fact]
    public async Task TokenExpiry_Once_RefusesTheTokenNotTheKey()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.TokenExpiry, Times = 1 });
        (await _endpoint.ChatAsync(Sum)).MustBe(200);
        var refused = (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(401);
        Assert.Equal("ExpiredAuthenticationToken", refused.Code);
        (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200);
    }

    [Fact]
    public async Task Propagation_UntilTheClockSaysOtherwise_RefusesWhatIsNew()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.Propagation, Delay = TimeSpan.FromMinutes(5) });
        (await _endpoint.ChatAsync(Sum)).MustBe(401);
        Assert.Equal("AuthorizationFailed", (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(403).Code);
        await _endpoint.Cloud.Azure.Management.SetClockAsync("6m", null, Cancel);
        (await _endpoint.ChatAsync(Sum)).MustBe(200);
        (await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Serverless("mini"), LocalCloud.Ml)).MustBe(200);
    }

    [Fact]
    public async Task Probability_SameSeed_HitsTheSameRequests()
    {
        async Task<string> RunAsync()
        {
            await AddAsync(new FaultRule { Kind = FaultKinds.Status, Endpoint = "mini", Probability = 0.5, Seed = 7 });
            var hits = "";
            for (var index = 0; index < 20; index++)
            {
                hits += (await _endpoint.GetAsync("info")).Status == 500 ? "x" : ".";
            }

            await _endpoint.Cloud.Azure.ClearFaultsAsync(Cancel);
            await _endpoint.GetAsync("info");
            return hits;
        }

        var first = await RunAsync();
        Assert.Contains('x', first);
        Assert.Contains('.', first);
        Assert.Equal(first, await RunAsync());
    }

    [Fact]
    public async Task OperationFailure_OneType_FailsItsOperationAndNoOther()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.OperationFailure, ResourceType = "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints", Resource = "lar*", Code = "OutOfCapacity", Message = "No capacity." });
        var created = (await _endpoint.Cloud.PutServerlessAsync("large", "Phi-4")).MustBe(201);
        var status = (await _endpoint.Cloud.SendAsync("GET", created.Headers["Azure-AsyncOperation"])).MustBe(200).Json;
        Assert.Equal(("Failed", "OutOfCapacity", "No capacity."), ((string?)status["status"], (string?)status["error"]!["code"], (string?)status["error"]!["message"]));
        Assert.Equal("Failed", (string?)(await _endpoint.Cloud.GetAsync(_endpoint.Cloud.Serverless("large"), LocalCloud.Ml)).MustBe(200).Json["properties"]!["provisioningState"]);
    }

    [Fact]
    public async Task OperationStall_WithAndWithoutDelay_StaysInProgress()
    {
        await AddAsync(new FaultRule { Kind = FaultKinds.OperationStall, Resource = "slow", Delay = TimeSpan.FromHours(1) });
        await AddAsync(new FaultRule { Kind = FaultKinds.OperationStall, Resource = "never" });
        var slow = (await _endpoint.Cloud.PutServerlessAsync("slow", "Phi-4")).MustBe(201).Headers["Azure-AsyncOperation"];
        var never = (await _endpoint.Cloud.PutServerlessAsync("never", "Phi-4-mini-instruct")).MustBe(201).Headers["Azure-AsyncOperation"];
        Assert.Equal("InProgress", await StateAsync(slow));
        await _endpoint.Cloud.Azure.Management.SetClockAsync("59m", null, Cancel);
        Assert.Equal("InProgress", await StateAsync(slow));
        await _endpoint.Cloud.Azure.Management.SetClockAsync("2m", null, Cancel);
        Assert.Equal("Succeeded", await StateAsync(slow));
        Assert.Equal("InProgress", await StateAsync(never));
        var left = Assert.Single((await _endpoint.Cloud.Azure.Management.OperationsAsync(Cancel))["operations"]!.AsArray());
        Assert.EndsWith("/never", (string?)left!["resource"], StringComparison.Ordinal);
    }

    private async Task<string?> StateAsync(string url) => (string?)(await _endpoint.Cloud.SendAsync("GET", url)).MustBe(200).Json["status"];

    private Task<FaultRule> AddAsync(FaultRule rule) => _endpoint.Cloud.Azure.AddFaultAsync(rule, Cancel);

    private static StringContent JsonContent(object body) => new(System.Text.Json.JsonSerializer.Serialize(body), System.Text.Encoding.UTF8, "application/json");
}
