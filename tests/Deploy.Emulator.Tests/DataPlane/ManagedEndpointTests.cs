using static Deploy.Emulator.Tests.DataPlane.Endpoints;

namespace Deploy.Emulator.Tests.DataPlane;

public sealed class ManagedEndpointTests
{
    [Fact]
    public async Task Routes_OfTheImage_Answer()
    {
        await using var endpoint = await ManagedAsync();
        Assert.Equal("healthy", (await endpoint.GetAsync("")).MustBe(200).Text);
        var score = await endpoint.PostAsync("score", new { input_data = new { input_string = Ask("417 + 388"), parameters = new { max_new_tokens = 2 } } });
        Assert.Equal("80", (string?)score.MustBe(200).Json["output"]);
        var text = (await endpoint.PostAsync("completions", new { prompt = "417 + 388" })).MustBe(200).Json;
        Assert.Equal(("text_completion", "805", "stop"), ((string?)text["object"], (string?)text["choices"]![0]!["text"], (string?)text["choices"]![0]!["finish_reason"]));
        Assert.Equal("805", string.Concat(Chunks(await endpoint.PostAsync("completions", new { prompt = "417 + 388", stream = true })).Select(chunk => (string?)chunk["choices"]![0]!["text"])));
        Assert.Equal("Not Found", (string?)(await endpoint.GetAsync("info")).MustBe(404).Json["detail"]);
        (await endpoint.PostAsync("score", new { input_data = "x" })).MustBe(422);
        (await endpoint.PostAsync("completions", new { prompt = 5 })).MustBe(422);
    }

    [Fact]
    public async Task Chat_NoLimitGiven_StopsAfter256Tokens()
    {
        await using var endpoint = await ManagedAsync();
        var answer = (await endpoint.ChatAsync(new { messages = Ask("What is 123456789012345678 + 987654321098765432? Explain every step.") })).MustBe(200).Json;
        Assert.Equal(("length", 256), ((string?)answer["choices"]![0]!["finish_reason"], (int?)answer["usage"]!["completion_tokens"]));
    }

    [Fact]
    public async Task Chat_ExtraWithoutHeader_PassesAsTheImageDoes()
    {
        await using var endpoint = await ManagedAsync();
        (await endpoint.ChatAsync(new { messages = Ask("1 + 1"), top_k = 5 })).MustBe(200);
        (await endpoint.ChatAsync(new { messages = Ask("1 + 1"), top_k = 5 }, ("extra-parameters", "error"))).MustBe(400);
    }

    [Fact]
    public async Task Traffic_TwoDeployments_FollowsTheWeightsExactly()
    {
        await using var endpoint = await ManagedAsync();
        await endpoint.DeployAsync("green");
        (await endpoint.Cloud.PutOnlineAsync("medium", traffic: new { blue = 90, green = 10 })).MustBe(200);
        await endpoint.Cloud.GetAsync(endpoint.Cloud.Online("medium"), LocalCloud.Ml);
        var served = new List<string>();
        for (var index = 0; index < 100; index++)
        {
            served.Add((await endpoint.GetAsync("")).MustBe(200).Headers["azureml-model-deployment"]);
        }

        Assert.Equal(90, served.Count(name => name == "blue"));
        Assert.All(Enumerable.Range(0, 4), quarter => Assert.InRange(served.Skip(25 * quarter).Take(25).Count(name => name == "green"), 1, 4));
    }
}
