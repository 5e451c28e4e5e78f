using System.Text.Json.Nodes;
using Deploy.Catalog;
using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.DataPlane;

public sealed class ChatTests
{
    [Fact]
    public async Task Chat_EveryServerlessModel_AnswersInBothDialects()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        foreach (var (model, index) in AzureCatalog.Default.Models.Models.Where(model => model.Serverless.IsOffered && model.Serverless.EveryRegion.Any(region => region.Name == "eastus2")).Select((model, index) => (model, index)))
        {
            (await cloud.PutServerlessAsync($"m{index}", model.Name.Value)).MustBe(201);
            var (path, key) = await cloud.EndpointAsync(cloud.Serverless($"m{index}"));
            foreach (var route in (string[])["chat/completions", "v1/chat/completions"])
            {
                var answer = await cloud.SendAsync("POST", $"{path}/{route}", new { messages = Ask("417 + 388") }, key);
                Assert.Equal("805", Content(answer));
                Assert.Equal(model.Name.Value, (string?)answer.Json["model"]);
                var chunks = Chunks(await cloud.SendAsync("POST", $"{path}/{route}", new { messages = Ask("417 + 388"), stream = true }, key));
                Assert.Equal("805", string.Concat(chunks.Select(chunk => (string?)chunk["choices"]![0]!["delta"]!["content"])));
            }
        }
    }

    // Phi-3-mini has no system role of its own, Phi-4 has.
    [Theory]
    [InlineData("Phi-3-mini-4k-instruct", "805")]
    [InlineData("Phi-4", "no text")]
    public async Task Chat_SystemMessageAlone_IsTheUsersWhereTheModelHasNoSystemRole(string model, string answer)
    {
        await using var endpoint = await ServerlessAsync(model);
        Assert.Contains(answer, Content(await endpoint.ChatAsync(new { messages = new[] { new { role = "system", content = "417 + 388" } } })), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "temperature": 1.01 }""", "chat/completions", "temperature")]
    [InlineData("""{ "temperature": 2.01 }""", "v1/chat/completions", "temperature")]
    [InlineData("""{ "top_p": -0.1 }""", "chat/completions", "top_p")]
    [InlineData("""{ "frequency_penalty": 2.1 }""", "chat/completions", "frequency_penalty")]
    [InlineData("""{ "presence_penalty": "1" }""", "chat/completions", "presence_penalty")]
    [InlineData("""{ "max_tokens": 1.5 }""", "chat/completions", "max_tokens")]
    [InlineData("""{ "max_tokens": 99999999999 }""", "chat/completions", "max_tokens")]
    [InlineData("""{ "max_completion_tokens": -1 }""", "v1/chat/completions", "max_completion_tokens")]
    [InlineData("""{ "stop": ["a", ""] }""", "chat/completions", "stop")]
    [InlineData("""{ "stop": [] }""", "chat/completions", "stop")]
    [InlineData("""{ "stop": 5 }""", "chat/completions", "stop")]
    [InlineData("""{ "seed": "x" }""", "chat/completions", "seed")]
    [InlineData("""{ "stream": "yes" }""", "chat/completions", "stream")]
    [InlineData("""{ "n": 0 }""", "v1/chat/completions", "n")]
    [InlineData("""{ "logprobs": 1 }""", "v1/chat/completions", "logprobs")]
    [InlineData("""{ "top_logprobs": 3 }""", "v1/chat/completions", "top_logprobs")]
    [InlineData("""{ "logprobs": true, "top_logprobs": 21 }""", "v1/chat/completions", "top_logprobs")]
    [InlineData("""{ "logit_bias": { "5": 101 } }""", "v1/chat/completions", "logit_bias")]
    [InlineData("""{ "response_format": { "type": "xml" } }""", "chat/completions", "response_format")]
    [InlineData("""{ "tools": "none" }""", "chat/completions", "tools")]
    public async Task Chat_ParameterOutOfRange_422NamesIt(string parameters, string route, string name)
    {
        await using var endpoint = await ServerlessAsync();
        var body = JsonNode.Parse(parameters)!.AsObject();
        body["messages"] = JsonNode.Parse("""[{ "role": "user", "content": "1 + 1" }]""");
        var answer = (await endpoint.PostAsync(route, body.ToJsonString())).MustBe(422);
        Assert.Equal("invalid_parameter", (string?)answer.Json["code"]);
        Assert.Equal(name, (string?)answer.Json["detail"]!["loc"]![1]);
    }

    [Fact]
    public async Task Chat_EdgesOfTheRanges_AreTaken()
    {
        await using var endpoint = await ServerlessAsync();
        var messages = Ask("1 + 1");
        (await endpoint.ChatAsync(new { messages, temperature = 0, top_p = 1, frequency_penalty = -2, presence_penalty = 2, seed = -5, stop = new[] { "x" }, tools = Array.Empty<object>(), tool_choice = "none", response_format = new { type = "text" } })).MustBe(200);
        (await endpoint.PostAsync("v1/chat/completions", new { messages, temperature = 2, n = 16, logprobs = true, top_logprobs = 20, logit_bias = new Dictionary<string, int> { ["5"] = -100 } })).MustBe(200);
        var none = (await endpoint.ChatAsync(new { messages, max_tokens = 0 })).MustBe(200).Json;
        Assert.Equal(("length", 0), ((string?)none["choices"]![0]!["finish_reason"], (int?)none["usage"]!["completion_tokens"]));
    }

    [Fact]
    public async Task Chat_LogProbabilities_NameEachTokenAsCertain()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.ChatAsync(new { messages = Ask("417 + 388"), logprobs = true, top_logprobs = 2 }, ("extra-parameters", "pass-through"))).MustBe(200).Json;
        var tokens = answer["choices"]![0]!["logprobs"]!["content"]!.AsArray();
        Assert.Equal(["8", "0", "5"], tokens.Select(token => (string)token!["token"]!));
        Assert.All(tokens, token => Assert.Equal(0.0, (double)token!["logprob"]!));
        Assert.Equal("[56]", tokens[0]!["bytes"]!.ToJsonString());
    }

    [Fact]
    public async Task Chat_ImageForAModelOfText_422ForAModelThatSees_200()
    {
        var messages = new object[] { new { role = "user", content = new object[] { new { type = "text", text = "417 + 388" }, new { type = "image_url", image_url = new { url = "data:image/png;base64,AA==" } } } } };
        await using var blind = await ServerlessAsync();
        var refused = (await blind.ChatAsync(new { messages })).MustBe(422);
        Assert.Equal("""["body","messages","0","content","1"]""", refused.Json["detail"]!["loc"]!.ToJsonString());
        await using var seeing = await ServerlessAsync("Phi-3.5-vision-instruct");
        Assert.Equal("805", Content(await seeing.ChatAsync(new { messages })));
    }

    [Fact]
    public async Task Chat_SeveralChoices_UsageCountsThemAll()
    {
        await using var endpoint = await ServerlessAsync();
        var answer = (await endpoint.PostAsync("v1/chat/completions", new { messages = Ask("417 + 388"), n = 3 })).MustBe(200).Json;
        Assert.Equal([0, 1, 2], answer["choices"]!.AsArray().Select(choice => (int)choice!["index"]!));
        Assert.Equal(9, (int?)answer["usage"]!["completion_tokens"]);
        Assert.Equal((int?)answer["usage"]!["prompt_tokens"] + 9, (int?)answer["usage"]!["total_tokens"]);
    }

    [Fact]
    public async Task Requests_ClientRequestId_IsEchoedUpToFortyCharacters()
    {
        await using var endpoint = await ServerlessAsync();
        var body = new { messages = Ask("1 + 1") };
        var kept = await endpoint.ChatAsync(body, ("x-ms-client-request-id", "A-b_9"));
        Assert.Equal("A-b_9", kept.Headers["x-ms-client-request-id"]);
        Assert.True(Guid.TryParse(kept.Headers["x-request-id"], out _));
        Assert.False((await endpoint.ChatAsync(body, ("x-ms-client-request-id", new string('a', 41)))).Headers.ContainsKey("x-ms-client-request-id"));
        Assert.False((await endpoint.ChatAsync(body, ("x-ms-client-request-id", "a.b"))).Headers.ContainsKey("x-ms-client-request-id"));
    }
}
