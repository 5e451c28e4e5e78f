using Deploy.Emulator.Faults;
using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.DataPlane;

/// <summary>
/// Every error that the documents of the model inference API and of managed online endpoints list, one case a row, with status, code and text.
/// Sources: Azure AI Model Inference REST reference; "Troubleshoot online endpoint deployment"; the sources of Azure's image for foundation models.
/// </summary>
public sealed class DocumentedInferenceErrorTests
{
    private static readonly object Sum = new { messages = Ask("1 + 1") };

    [Fact]
    public async Task ExtraParameter_HeaderAbsentOrError_400WithDetail()
    {
        await using var endpoint = await ServerlessAsync();
        foreach (var headers in new (string, string)[][] { [], [("extra-parameters", "error")] })
        {
            var answer = (await endpoint.ChatAsync(new { messages = Ask("1 + 1"), n = 2 }, headers)).MustBe(400);
            Assert.StartsWith("Extra parameters ['n'] are not allowed when extra-parameters is not set or set to be 'error'.", (string?)answer.Json["detail"], StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ExtraParameter_OptionUnknown_400ListsTheOptions()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.ChatAsync(Sum, ("extra-parameters", "ignore"))).MustBe(400);
        Assert.Equal("Unexpected EXTRA_PARAMETERS option ignore, expected options are ['error', 'drop', 'pass-through']", (string?)answer.Json["detail"]);
    }

    [Fact]
    public async Task ContentFilter_PhiThreeHowTo_400WithNestedError()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.ChatAsync(new { messages = Ask("Tell me how to build a bomb") })).MustBe(400);
        var error = answer.Json["error"]!;
        Assert.Equal(("content_filter", "prompt", 400, true), ((string?)error["code"], (string?)error["param"], (int?)error["status"], error["type"] is null));
        Assert.Contains("content management policy", (string?)error["message"], StringComparison.Ordinal);
        Assert.Equal("content_filter", answer.Headers["x-ms-error-code"]);
    }

    [Fact]
    public async Task ContentFilter_Reference_400Flat()
    {
        await using var endpoint = await ServerlessAsync("Phi-4");
        var answer = (await endpoint.ChatAsync(new { messages = Ask("Tell me how to build a bomb") })).MustBe(400);
        Assert.Equal(("content_filter", "messages", 400), ((string?)answer.Json["code"], (string?)answer.Json["param"], (int?)answer.Json["status"]));
        var nested = (await endpoint.PostAsync("v1/chat/completions", new { messages = Ask("Tell me how to build a bomb") })).MustBe(400);
        Assert.Equal("content_filter", nested.Code);
    }

    [Fact]
    public async Task Unauthorized_KeyWrong_401()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.Cloud.SendAsync("POST", $"{endpoint.Path}/chat/completions", Sum, "wrong")).MustBe(401);
        Assert.Equal(("Unauthorized", 401), ((string?)answer.Json["error"], (int?)answer.Json["status"]));
        Assert.StartsWith("Unauthorized. Access token is missing, invalid, audience is incorrect (https://ml.azure.com), or have expired.", (string?)answer.Json["message"], StringComparison.Ordinal);
        Assert.Equal("Bearer", answer.Headers["WWW-Authenticate"]);
    }

    // Azure/azure-sdk-for-python 40260, danny-avila/LibreChat 4767: the host of a Foundry resource, which the local Azure is not.
    [Fact]
    public async Task Unauthorized_FoundryHostByRule_401InItsShape()
    {
        const string body = """{"statusCode":401,"message":"Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."}""";
        await using var endpoint = await ServerlessAsync();
        await AddAsync(endpoint, 401, body, "application/json");
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(401);
        Assert.Equal((401, "Unauthorized. Access token is missing, invalid, audience is incorrect (https://cognitiveservices.azure.com), or have expired."), ((int?)answer.Json["statusCode"], (string?)answer.Json["message"]));
    }

    // microsoft/Generative-AI-for-beginners-dotnet 302: GitHub Models, which is another service.
    [Fact]
    public async Task UnknownModel_GitHubModelsByRule_404()
    {
        const string body = """{"error":{"code":"unknown_model","message":"Unknown model: /Phi-3.5-MoE-instruct","details":"Unknown model: /Phi-3.5-MoE-instruct"}}""";
        await using var endpoint = await ServerlessAsync();
        await AddAsync(endpoint, 404, body, "text/plain; charset=utf-8");
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(404);
        Assert.Equal(("unknown_model", "Unknown model: /Phi-3.5-MoE-instruct", "text/plain; charset=utf-8"), (answer.Code, answer.Message, answer.Headers["Content-Type"]));
    }

    // The reference allows a list where the service was seen to send an object.
    [Fact]
    public async Task Parameter_DetailAsListByRule_422()
    {
        const string body = """{"status":422,"code":"parameter_not_supported","detail":[{"loc":["body","response_format"],"value":"json_object"}],"message":"One of the parameters contain invalid values."}""";
        await using var endpoint = await ServerlessAsync();
        await AddAsync(endpoint, 422, body, "application/json");
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(422);
        Assert.Equal(("parameter_not_supported", "json_object"), ((string?)answer.Json["code"], (string?)answer.Json["detail"]![0]!["value"]));
    }

    private static Task<FaultRule> AddAsync(Endpoints endpoint, int status, string body, string contentType) => endpoint.Cloud.Azure.AddFaultAsync(
        new FaultRule { Kind = FaultKinds.Status, Endpoint = "mini", Status = status, Body = body, ContentType = contentType }, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData("embeddings")]
    [InlineData("images/embeddings")]
    [InlineData("completions")]
    public async Task Modality_NotOfTheModel_404(string route)
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.PostAsync(route, new { input = "x" })).MustBe(404);
        Assert.Equal(("Not Found", 404), ((string?)answer.Json["error"], (int?)answer.Json["status"]));
        Assert.Contains($"does not support '{route}'", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Path_WrongOnServerless_404PlainText()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.PostAsync("chat/completion", Sum)).MustBe(404);
        Assert.Equal("NOT FOUND", answer.Text);
        Assert.StartsWith("text/plain", answer.Headers["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Model_Retired_404()
    {
        await using var endpoint = await ServerlessAsync();
        await endpoint.Cloud.Azure.DisposeAsync();
        await using var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = endpoint.Cloud.Folder, Lifecycle = LifecycleServing.Real }, TestContext.Current.CancellationToken);
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(404);
        Assert.Contains("retired", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "response_format": { "type": "json_object" } }""", "response_format")]
    [InlineData("""{ "tools": [{ "type": "function", "function": { "name": "f" } }] }""", "tools")]
    [InlineData("""{ "tool_choice": "auto" }""", "tool_choice")]
    public async Task Parameter_NotSupported_422WithPlaceAndInput(string parameter, string name)
    {
        await using var endpoint = await ServerlessAsync();
        var given = System.Text.Json.Nodes.JsonNode.Parse(parameter)!.AsObject();
        var input = given[name]!.ToJsonString();
        given["messages"] = System.Text.Json.Nodes.JsonNode.Parse("""[{ "role": "user", "content": "1 + 1" }]""");
        var answer = (await endpoint.ChatAsync(given.ToJsonString())).MustBe(422);
        Assert.Equal(("parameter_not_supported", 422), ((string?)answer.Json["code"], (int?)answer.Json["status"]));
        Assert.Equal($"""["body","{name}"]""", answer.Json["detail"]!["loc"]!.ToJsonString());
        Assert.Equal(input, answer.Json["detail"]!["input"]!.ToJsonString());
        Assert.StartsWith("One of the parameters contain invalid values.", (string?)answer.Json["message"], StringComparison.Ordinal);
        Assert.Equal("parameter_not_supported", answer.Headers["x-ms-error-code"]);
    }

    [Fact]
    public async Task Parameter_InvalidOnManagedImage_422InvalidInput()
    {
        await using var endpoint = await ManagedAsync();
        var error = (await endpoint.ChatAsync(new { messages = Ask("1 + 1"), temperature = 3 })).MustBe(422).Json["error"]!;
        Assert.Equal(("Invalid input", 422, "invalid input error"), ((string?)error["code"], (int?)error["status"], (string?)error["message"]));
        Assert.Equal("""["body","temperature"]""", error["details"]![0]!["loc"]!.ToJsonString());
    }

    [Fact]
    public async Task RateLimit_UsedUp_429WithRetryAfter()
    {
        await using var endpoint = await ServerlessAsync("Phi-3-mini-128k-instruct");
        var large = new { messages = Ask(new string('x', 480_000)) };
        (await endpoint.ChatAsync(large)).MustBe(200);
        (await endpoint.ChatAsync(large)).MustBe(200);
        var answer = (await endpoint.ChatAsync(large)).MustBe(429);
        Assert.Equal(("Too Many Requests", 429), ((string?)answer.Json["error"], (int?)answer.Json["status"]));
        Assert.Contains("200000 tokens", (string?)answer.Json["message"], StringComparison.Ordinal);
        Assert.InRange(int.Parse(answer.Headers["Retry-After"], System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Equal("998", answer.Headers["x-ratelimit-remaining-requests"]);
        Assert.Equal("too_many_requests", answer.Headers["x-ms-error-code"]);
    }

    [Fact]
    public async Task Managed_WrongToken_401()
    {
        await using var endpoint = await ManagedAsync();
        (await endpoint.Cloud.SendAsync("POST", $"{endpoint.Path}/score", Sum, "wrong")).MustBe(401);
    }

    [Fact]
    public async Task Managed_NoPositiveTraffic_404()
    {
        await using var endpoint = await ManagedAsync(traffic: 0);
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(404);
        Assert.Contains("no deployment with positive traffic", (string?)answer.Json["message"], StringComparison.Ordinal);
        (await endpoint.ChatAsync(Sum, ("azureml-model-deployment", "blue"))).MustBe(200);
        (await endpoint.ChatAsync(Sum, ("azureml-model-deployment", "green"))).MustBe(404);
    }

    [Fact]
    public async Task Managed_ContainerNotReady_424WithModelStatus()
    {
        await using var endpoint = await ManagedAsync();
        await endpoint.Cloud.Azure.DisposeAsync();
        await using var azure = await LocalAzure.HostAsync(new LocalAzureOptions { StorePath = endpoint.Cloud.Folder, OperationDelay = TimeSpan.FromMinutes(5) }, TestContext.Current.CancellationToken);
        await endpoint.DeployAsync("green");
        var answer = (await endpoint.ChatAsync(Sum, ("azureml-model-deployment", "green"))).MustBe(424);
        Assert.Equal("Failed Dependency", (string?)answer.Json["error"]);
        Assert.Equal(("503", "not_ready"), (answer.Headers["ms-azureml-model-error-statuscode"], answer.Headers["ms-azureml-model-error-reason"]));
    }

    [Fact]
    public async Task Managed_ContainerAnswersError_424WithItsStatus()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (500, """{"error":"out of memory"}"""));
        await using var endpoint = await ManagedAsync(options => options with { Upstream = upstream.Address });
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(424);
        Assert.Equal("500", answer.Headers["ms-azureml-model-error-statuscode"]);
        Assert.Contains("out of memory", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Managed_RequestTimeout_408()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => null);
        await using var endpoint = await ManagedAsync(options => options with { Upstream = upstream.Address }, new { requestTimeout = "PT0.3S" });
        var answer = (await endpoint.ChatAsync(Sum)).MustBe(408);
        Assert.Contains("0.3 s", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    // microsoft/PhiCookBook 236: one instance works on one request at a time unless told otherwise, so light load is too much.
    [Fact]
    public async Task Managed_TooManyPending_429()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => null);
        await using var endpoint = await ManagedAsync(options => options with { Upstream = upstream.Address });
        using var stop = new CancellationTokenSource();
        var running = AskAsync(endpoint, stop.Token);
        await upstream.Waiting.WaitAsync(TestContext.Current.CancellationToken);
        // Of the next two, one waits for its turn and the other is one too many.
        Task<Answer?>[] both = [AskAsync(endpoint, stop.Token), AskAsync(endpoint, stop.Token)];
        var answer = await await Task.WhenAny(both);
        Assert.Contains("too many pending requests: allowed are 2", (string?)answer!.MustBe(429).Json["message"], StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Null(await running);
        Assert.Single(await Task.WhenAll(both), waited => waited is null);
    }

    private static async Task<Answer?> AskAsync(Endpoints endpoint, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(endpoint.Cloud.Connection.Https, $"{endpoint.Path}/chat/completions"));
        request.Headers.Authorization = new("Bearer", endpoint.Key);
        request.Content = new StringContent("""{"messages":[{"role":"user","content":"1 + 1"}]}""");
        try
        {
            using var response = await endpoint.Cloud.Client.SendAsync(request, cancellationToken);
            return new Answer((int)response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), new Dictionary<string, string>());
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }
}
