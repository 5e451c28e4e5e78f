using System.Text.Json.Nodes;
using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.DataPlane;

public sealed class UpstreamTests
{
    private const string Whole = """
        {"id":"c-1","object":"chat.completion","created":1,"model":"other","choices":[{"index":0,"message":{"role":"assistant","content":"really 805"},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
        """;

    private const string Stream = """
        data: {"id":"c-1","model":"other","choices":[{"index":0,"delta":{"role":"assistant","content":"really"},"finish_reason":null}]}

        data: {"id":"c-1","model":"other","choices":[{"index":0,"delta":{"content":" 805"},"finish_reason":null}]}

        data: {"id":"c-1","model":"other","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c-1","model":"other","choices":[],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}

        data: [DONE]


        """;

    [Fact]
    public async Task Chat_Upstream_AnswersUnderTheDeployedName()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (200, Whole));
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = upstream.Address, UpstreamKey = "up-key" });
        var answer = await endpoint.ChatAsync(
            new { messages = new object[] { new { role = "system", content = "Be brief." }, new { role = "user", content = "417 + 388" } }, temperature = 0.5, top_k = 3 }, ("extra-parameters", "pass-through"));
        Assert.Equal("really 805", Content(answer));
        Assert.Equal("Phi-3-mini-4k-instruct", (string?)answer.Json["model"]);
        Assert.Equal(10, (int?)answer.Json["usage"]!["total_tokens"]);
        var (body, authorization, path) = Assert.Single(upstream.Requests);
        Assert.Equal("Bearer up-key", authorization);
        Assert.Equal("/v1/chat/completions", path);
        Assert.Equal("Phi-3-mini-4k-instruct", (string?)body["model"]);
        Assert.Equal(["user", "user"], body["messages"]!.AsArray().Select(message => (string)message!["role"]!));
        Assert.Equal((0.5, 3), ((double)body["temperature"]!, (int)body["top_k"]!));
        Assert.DoesNotContain("up-key", await File.ReadAllTextAsync(endpoint.Cloud.Azure.RequestLogPath, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_ExtraDropped_DoesNotReachTheUpstream()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (200, Whole));
        await using var endpoint = await ServerlessAsync("Phi-4", options => options with { Upstream = upstream.Address, UpstreamModel = "phi4:14b" });
        await endpoint.ChatAsync(new { messages = new object[] { new { role = "system", content = "Be brief." }, new { role = "user", content = "1 + 1" } }, top_k = 3 }, ("extra-parameters", "drop"));
        var body = Assert.Single(upstream.Requests).Body;
        Assert.Equal("phi4:14b", (string?)body["model"]);
        Assert.False(body.ContainsKey("top_k"));
        Assert.Equal("system", (string?)body["messages"]![0]!["role"]);
    }

    [Fact]
    public async Task Stream_ModelInference_HasUsageInTheLastChunk()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (200, Stream));
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = upstream.Address });
        var chunks = Chunks(await endpoint.ChatAsync(new { messages = Ask("417 + 388"), stream = true }));
        Assert.Equal(3, chunks.Count);
        Assert.Equal("really 805", string.Concat(chunks.Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
        Assert.Equal("stop", (string?)chunks[^1]["choices"]![0]!["finish_reason"]);
        Assert.Equal(10, (int?)chunks[^1]["usage"]!["total_tokens"]);
        Assert.True((bool)Assert.Single(upstream.Requests).Body["stream_options"]!["include_usage"]!);
    }

    [Fact]
    public async Task Stream_OpenAiWithUsage_HasItInAChunkOfItsOwn()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (200, Stream));
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = upstream.Address });
        var chunks = Chunks(await endpoint.PostAsync("v1/chat/completions", new { messages = Ask("417 + 388"), stream = true, stream_options = new { include_usage = true } }));
        Assert.Equal(4, chunks.Count);
        Assert.Empty(chunks[^1]["choices"]!.AsArray());
        Assert.Equal(10, (int?)chunks[^1]["usage"]!["total_tokens"]);
    }

    [Fact]
    public async Task Stream_UpstreamBreaksOff_BreaksOff()
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (200, Stream[..Stream.IndexOf("data: {\"id\":\"c-1\",\"model\":\"other\",\"choices\":[]", StringComparison.Ordinal)]));
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = upstream.Address });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => endpoint.ChatAsync(new { messages = Ask("417 + 388"), stream = true }));
        await endpoint.LoggedAsync(fault => fault.Contains("without [DONE]", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(429, """{"error":{"message":"slow down"}}""", "429", "slow down")]
    [InlineData(200, "<html>", "200", "<html>")]
    [InlineData(200, """{"choices":[]}""", "200", "choices")]
    public async Task Chat_UpstreamFails_424WithReason(int status, string body, string modelStatus, string text)
    {
        await using var upstream = await FakeUpstream.StartAsync(_ => (status, body));
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = upstream.Address });
        var answer = (await endpoint.ChatAsync(new { messages = Ask("1 + 1") })).MustBe(424);
        Assert.Equal(modelStatus, answer.Headers["ms-azureml-model-error-statuscode"]);
        Assert.NotEmpty(answer.Headers["ms-azureml-model-error-reason"]);
        Assert.Contains(text, (string?)answer.Json["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_UpstreamGone_424Unreachable()
    {
        var upstream = await FakeUpstream.StartAsync(_ => (200, Whole));
        var address = upstream.Address;
        await upstream.DisposeAsync();
        await using var endpoint = await ServerlessAsync(configure: options => options with { Upstream = address });
        var answer = (await endpoint.ChatAsync(new { messages = Ask("1 + 1") })).MustBe(424);
        Assert.Equal("unreachable", answer.Headers["ms-azureml-model-error-reason"]);
    }
}
