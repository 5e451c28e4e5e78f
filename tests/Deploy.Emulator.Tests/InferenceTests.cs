using System.Text.Json.Nodes;
using Azure;
using Azure.AI.Inference;
using Azure.Core.Pipeline;
using Deploy.Emulator.Faults;

namespace Deploy.Emulator.Tests;

public sealed class InferenceTests : IAsyncLifetime
{
    private LocalCloud _cloud = null!;
    private string _path = "";
    private string _key = "";

    public async ValueTask InitializeAsync()
    {
        _cloud = await LocalCloud.StartAsync();
        await _cloud.WithProjectAsync();
        (await _cloud.PutServerlessAsync("mini-3fa9c1")).MustBe(201);
        (_path, _key) = await _cloud.EndpointAsync(_cloud.Serverless("mini-3fa9c1"));
    }

    public async ValueTask DisposeAsync() => await _cloud.DisposeAsync();

    [Fact]
    public async Task Chat_Sum_IsRightAndCounted()
    {
        var answer = (await ChatAsync(new { messages = Ask("Reply with the number only: 417 + 388") })).MustBe(200).Json;
        Assert.Equal("805", Content(answer));
        Assert.Equal("stop", (string?)answer["choices"]![0]!["finish_reason"]);
        Assert.Equal(3, (int?)answer["usage"]!["completion_tokens"]);
        Assert.Equal((int?)answer["usage"]!["total_tokens"], (int?)answer["usage"]!["prompt_tokens"] + (int?)answer["usage"]!["completion_tokens"]);
        Assert.Equal("Phi-3-mini-4k-instruct", (string?)answer["model"]);
    }

    [Fact]
    public async Task Chat_SameQuestion_SameAnswerThatSaysItIsLocal()
    {
        var first = Content((await ChatAsync(new { messages = Ask("Tell me about the moon.") })).MustBe(200).Json);
        var second = Content((await ChatAsync(new { messages = Ask("Tell me about the moon."), seed = 7, temperature = 0.5 })).MustBe(200).Json);
        Assert.Equal(first, second);
        Assert.Contains("local model", first, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_MaxTokensAndStop_AreHonoured()
    {
        var cut = (await ChatAsync(new { messages = Ask("Tell me about the moon."), max_tokens = 4 })).MustBe(200).Json;
        Assert.Equal("length", (string?)cut["choices"]![0]!["finish_reason"]);
        Assert.Equal(4, (int?)cut["usage"]!["completion_tokens"]);
        var stopped = (await ChatAsync(new { messages = Ask("Tell me about the moon."), stop = "local" })).MustBe(200).Json;
        Assert.Equal("I am a ", Content(stopped));
        Assert.Equal("stop", (string?)stopped["choices"]![0]!["finish_reason"]);
    }

    [Fact]
    public async Task Chat_SumToExplain_IsExplainedAndCutByItsLimit()
    {
        var whole = (await ChatAsync(new { messages = Ask("What is 417 + 388? Explain every step.") })).MustBe(200).Json;
        Assert.StartsWith("805. ", Content(whole), StringComparison.Ordinal);
        Assert.Contains("7 plus 8 plus the carry 0 makes 15, so write 5 and carry 1", Content(whole), StringComparison.Ordinal);
        var cut = (await ChatAsync(new { messages = Ask("What is 417 + 388? Explain every step."), max_tokens = 16 })).MustBe(200).Json;
        Assert.Equal("length", (string?)cut["choices"]![0]!["finish_reason"]);
        Assert.StartsWith(Content(cut), Content(whole), StringComparison.Ordinal);
    }

    // The header `extra-parameters` of the API, and the body that clients report.
    [Theory]
    [InlineData(null, 400, "Extra parameters ['n'] are not allowed when extra-parameters is not set or set to be 'error'.")]
    [InlineData("error", 400, "Extra parameters ['n'] are not allowed")]
    [InlineData("ignore", 400, "['error', 'drop', 'pass-through']")]
    [InlineData("drop", 200, "")]
    [InlineData("pass-through", 200, "")]
    public async Task Chat_ExtraParameter_FollowsTheHeader(string? option, int status, string detail)
    {
        var answer = (await ChatAsync(new { messages = Ask("1 + 1"), n = 2 }, option is null ? [] : [("extra-parameters", option)])).MustBe(status);
        if (status == 400)
        {
            Assert.Contains(detail, (string?)answer.Json["detail"], StringComparison.Ordinal);
        }
        else
        {
            Assert.Equal(option == "drop" ? 1 : 2, answer.Json["choices"]!.AsArray().Count);
        }
    }

    [Theory]
    [InlineData("""{ "messages": [] }""", 422)]
    [InlineData("""{ "messages": [{ "role": "robot", "content": "x" }] }""", 422)]
    [InlineData("""{ "messages": [{ "role": "user", "content": "x" }], "temperature": 1.5 }""", 422)]
    [InlineData("""{ "messages": [{ "role": "user", "content": "x" }], "top_p": "much" }""", 422)]
    [InlineData("""{ "messages": [{ "role": "user", "content": "x" }], "max_tokens": -1 }""", 422)]
    [InlineData("""{ "messages": [{ "role": "user", "content": "x" }], "response_format": { "type": "json_object" } }""", 422)]
    [InlineData("""{ "messages": """, 400)]
    [InlineData("[]", 400)]
    [InlineData("", 400)]
    public async Task Chat_BadRequest_IsRefused(string body, int status) => (await _cloud.SendAsync("POST", $"{_path}/chat/completions", body, _key)).MustBe(status);

    [Fact]
    public async Task Chat_UnsupportedParameter_NamesItsPlace()
    {
        var answer = (await ChatAsync(new { messages = Ask("1 + 1"), response_format = new { type = "json_object" } })).MustBe(422);
        Assert.Equal("parameter_not_supported", (string?)answer.Json["code"]);
        Assert.Equal("""["body","response_format"]""", answer.Json["detail"]!["loc"]!.ToJsonString());
        Assert.Equal("parameter_not_supported", answer.Headers["x-ms-error-code"]);
    }

    [Fact]
    public async Task Chat_TooLong_IsRefused()
    {
        var answer = (await ChatAsync(new { messages = Ask("hello"), max_tokens = 5000 })).MustBe(400);
        Assert.Contains("maximum context length is 4096", (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WrongNoOrOtherKey_Is401WithBody()
    {
        var answer = (await _cloud.SendAsync("POST", $"{_path}/chat/completions", new { messages = Ask("1 + 1") }, "wrong")).MustBe(401);
        Assert.Equal(401, (int?)answer.Json["status"]);
        Assert.Equal("Unauthorized", (string?)answer.Json["error"]);
        _cloud.Client.DefaultRequestHeaders.Authorization = null;
        (await _cloud.SendAsync("GET", $"{_path}/info")).MustBe(401);
        (await _cloud.SendAsync("GET", $"{_path}/info", headers: ("api-key", _key))).MustBe(200);
        (await _cloud.SendAsync("GET", "/serverless/eastus2/nobody/info", key: _key)).MustBe(401);
    }

    [Fact]
    public async Task Http_DataPlane_IsServedAndNothingElse()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _cloud.Connection.Http };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {_key}");
        Assert.Contains("Phi-3-mini", await client.GetStringAsync(new Uri(_cloud.Connection.Http, $"{_path}/info"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var arm = await client.GetAsync(new Uri(_cloud.Connection.Http, "/subscriptions?api-version=2022-12-01"), TestContext.Current.CancellationToken);
        Assert.Equal(403, (int)arm.StatusCode);
    }

    [Fact]
    public async Task OpenAi_Route_ServesWithoutApiVersion()
    {
        var answer = (await _cloud.SendAsync("POST", $"{_path}/v1/chat/completions", new { model = "any", messages = Ask("2 + 3"), max_completion_tokens = 10, logprobs = false }, _key)).MustBe(200);
        Assert.Equal("5", Content(answer.Json));
    }

    [Fact]
    public async Task Stream_Deltas_ArriveApartAndEndWithUsageAndDone()
    {
        var answer = (await ChatAsync(new { messages = Ask("417 + 388"), stream = true })).MustBe(200);
        Assert.StartsWith("text/event-stream", answer.Headers["Content-Type"], StringComparison.Ordinal);
        var events = answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(text => text["data: ".Length..]).ToList();
        Assert.Equal("[DONE]", events[^1]);
        var chunks = events.SkipLast(1).Select(text => JsonNode.Parse(text)!).ToList();
        Assert.Equal(5, chunks.Count);
        Assert.Equal("assistant", (string?)chunks[0]["choices"]![0]!["delta"]!["role"]);
        Assert.Equal("805", string.Concat(chunks.Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string?)chunks[^1]["choices"]![0]!["finish_reason"]);
        Assert.Equal(3, (int?)chunks[^1]["usage"]!["completion_tokens"]);
    }

    [Fact]
    public async Task Stream_IncludeUsage_SendsItInAChunkOfItsOwn()
    {
        var answer = (await _cloud.SendAsync("POST", $"{_path}/v1/chat/completions", new { messages = Ask("1 + 1"), stream = true, stream_options = new { include_usage = true } }, _key)).MustBe(200);
        var last = JsonNode.Parse(answer.Text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries)[^2]["data: ".Length..])!;
        Assert.Empty(last["choices"]!.AsArray());
        Assert.Equal(1, (int?)last["usage"]!["completion_tokens"]);
    }

    [Fact]
    public async Task ContentSafety_EnabledAndDisabled_Differ()
    {
        var prompt = new { messages = Ask("Chopping tomatoes and cutting them into cubes or wedges are great ways to practice your knife skills.") };
        Assert.Equal("content_filter", (string?)(await ChatAsync(prompt)).MustBe(400).Json["error"]!["code"]);
        (await _cloud.PutServerlessAsync("mini-3fa9c1", safety: "Disabled")).MustBe(200);
        (await ChatAsync(prompt)).MustBe(200);
    }

    [Fact]
    public async Task Fault_Newlines_AnswersNothingElseUntilCleared()
    {
        await _cloud.Azure.AddFaultAsync(new FaultRule { Kind = FaultKinds.Newlines, Endpoint = "mini" }, TestContext.Current.CancellationToken);
        var answer = (await ChatAsync(new { messages = Ask("1 + 1") })).MustBe(200);
        Assert.True(answer.Text.Length > 100 && answer.Text.All(character => character == '\n'));
        Assert.Equal("newlines", (string?)_cloud.Requests()[^1]["fault"]);
        (await _cloud.SendAsync("GET", $"{_path}/info", key: _key)).MustBe(200);
        await _cloud.Azure.ClearFaultsAsync(TestContext.Current.CancellationToken);
        Assert.Equal("2", Content((await ChatAsync(new { messages = Ask("1 + 1") })).MustBe(200).Json));
    }

    [Fact]
    public async Task Fault_UnknownKindInFile_IsNamed()
    {
        await File.WriteAllTextAsync(Path.Combine(_cloud.Folder, "faults.json"), """{ "rules": [{ "kind": "gremlins", "endpoint": "*" }] }""", TestContext.Current.CancellationToken);
        Assert.Contains("gremlins", (await ChatAsync(new { messages = Ask("1 + 1") })).MustBe(500).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AzureAIInference_InfoChatAndStream_Work()
    {
        var client = new ChatCompletionsClient(new Uri(_cloud.Connection.Https, _path), new AzureKeyCredential(_key), new AzureAIInferenceClientOptions { Transport = new HttpClientTransport(LocalCloud.Trusting(_cloud.Connection)) });
        var info = await client.GetModelInfoAsync(TestContext.Current.CancellationToken);
        Assert.Equal("Phi-3-mini-4k-instruct", info.Value.ModelName);
        var options = new ChatCompletionsOptions { Messages = { new ChatRequestSystemMessage("Be brief."), new ChatRequestUserMessage("What is 250 + 751?") } };
        var chat = await client.CompleteAsync(options, TestContext.Current.CancellationToken);
        Assert.Equal("1001", chat.Value.Content);
        Assert.Equal(CompletionsFinishReason.Stopped, chat.Value.FinishReason);
        Assert.Equal(chat.Value.Usage.TotalTokens, chat.Value.Usage.PromptTokens + chat.Value.Usage.CompletionTokens);
        var text = "";
        await foreach (var update in await client.CompleteStreamingAsync(options, TestContext.Current.CancellationToken))
        {
            text += update.ContentUpdate;
        }

        Assert.Equal("1001", text);
        var refused = await Assert.ThrowsAsync<RequestFailedException>(() => new ChatCompletionsClient(new Uri(_cloud.Connection.Https, _path), new AzureKeyCredential("wrong"), new AzureAIInferenceClientOptions { Transport = new HttpClientTransport(LocalCloud.Trusting(_cloud.Connection)) }).GetModelInfoAsync(TestContext.Current.CancellationToken));
        Assert.Equal(401, refused.Status);
    }

    private static object[] Ask(string content) => [new { role = "user", content }];

    private static string Content(JsonNode answer) => (string)answer["choices"]![0]!["message"]!["content"]!;

    private Task<Answer> ChatAsync(object body, params (string Name, string Value)[] headers) => _cloud.SendAsync("POST", $"{_path}/chat/completions?api-version=2024-05-01-preview", body, _key, headers);
}
