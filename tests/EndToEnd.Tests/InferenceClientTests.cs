using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.AI.Inference;
using Azure.Core.Pipeline;
using EndToEnd.Tests.Running;
using Xunit;

namespace EndToEnd.Tests;

/// <summary>Inference clients that nobody here wrote, against endpoints of a local Azure that runs by itself.</summary>
[Collection(RunningEnvironment.Name)]
public sealed class InferenceClientTests(RunningEnvironment environment)
{
    private const string Question = "What is 123 + 456? Answer with the number only.";
    private const string Sum = "579";

    [Fact]
    public async Task AzureAIInference_ServerlessEndpoint_GetsModelChatAndStream()
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var http = ArmReader.Trusting(environment.Sandbox.Certificate);
        var options = new AzureAIInferenceClientOptions { Transport = new HttpClientTransport(http) };
        var client = new ChatCompletionsClient(environment.UriOf("mini"), new AzureKeyCredential(await environment.KeyOfAsync("mini")), options);
        var question = new ChatCompletionsOptions { Messages = { new ChatRequestUserMessage(Question) }, MaxTokens = 64 };

        var model = await client.GetModelInfoAsync(cancellation);
        var chat = await client.CompleteAsync(question, cancellation);
        var streamed = new StringBuilder();
        await foreach (var update in await client.CompleteStreamingAsync(question, cancellation))
        {
            streamed.Append(update.ContentUpdate);
        }

        Assert.Equal("Phi-3-mini-4k-instruct", model.Value.ModelName);
        Assert.Contains(Sum, chat.Value.Content, StringComparison.Ordinal);
        Assert.True(chat.Value.Usage.CompletionTokens > 0);
        Assert.Equal(chat.Value.Content, streamed.ToString());
    }

    [Theory]
    [InlineData("rest.mjs", "mini", "Phi-3-mini-4k-instruct")]
    [InlineData("openai.mjs", "mini", "Phi-3-mini-4k-instruct")]
    [InlineData("openai.mjs", "medium", "Phi-3-medium-128k-instruct")]
    public async Task NpmClient_Endpoint_GetsChatAndStream(string program, string endpoint, string model)
    {
        Node.SkipUnlessUsable();
        var variables = (await environment.Sandbox.EmulatorVariablesAsync()).ToDictionary(pair => pair.Key, pair => (string?)pair.Value);
        variables["AZURE_INFERENCE_CREDENTIAL"] = await environment.KeyOfAsync(endpoint);
        var path = Path.Combine(Checkout.Conformance, "inference", program);

        using var run = ProcessRun.Start(Checkout.Conformance, variables, "node", path, environment.UriOf(endpoint).AbsoluteUri);
        var outcome = await run.WaitAsync();

        Assert.True(outcome.ExitCode == 0, outcome.ToString());
        Assert.Contains(model, (string?)outcome.Json["model"], StringComparison.OrdinalIgnoreCase);
        Assert.Contains(Sum, (string?)outcome.Json["answer"], StringComparison.Ordinal);
        Assert.Equal((string?)outcome.Json["answer"], (string?)outcome.Json["streamed"]);
        Assert.True((int)outcome.Json["chunks"]! > 1, outcome.ToString());
        Assert.True((int)outcome.Json["usage"]!["completion_tokens"]! > 0, outcome.ToString());
    }
}
