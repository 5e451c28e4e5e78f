using System.ClientModel;
using System.ClientModel.Primitives;
using Azure;
using Azure.AI.Inference;
using Azure.Core.Pipeline;
using OpenAI;
using OpenAI.Chat;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The unmodified NuGet clients for model inference, on a serverless and on an online endpoint.</summary>
public sealed class NuGetInferenceTests
{
    private const string Question = "What is 123 + 456? Answer with the number only.";
    private const string Sum = "579";

    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task AzureInference_ServerlessEndpoint_GivesModelChatAndStream()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithEndpointsAsync();
        var (path, key) = await cloud.EndpointAsync(cloud.Serverless("mini"));
        var client = new ChatCompletionsClient(new Uri(cloud.Connection.Https, path), new AzureKeyCredential(key), new AzureAIInferenceClientOptions
        {
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var options = new ChatCompletionsOptions { Messages = { new ChatRequestUserMessage(Question) }, MaxTokens = 64 };
        Assert.Equal("Phi-3-mini-4k-instruct", (await client.GetModelInfoAsync(Cancel)).Value.ModelName);
        Assert.Equal(Sum, (await client.CompleteAsync(options, Cancel)).Value.Content);
        var streamed = "";
        await foreach (var update in await client.CompleteStreamingAsync(options, Cancel))
        {
            streamed += update.ContentUpdate;
        }

        Assert.Equal(Sum, streamed);
        Compare(cloud, "nuget-inference", "Azure.AI.Inference");
    }

    [Fact]
    public async Task OpenAI_BothKindsOfEndpoint_GiveChatAndStream()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithEndpointsAsync();
        foreach (var endpoint in new[] { cloud.Serverless("mini"), cloud.Online("medium") })
        {
            var (path, key) = await cloud.EndpointAsync(endpoint);
            using var http = LocalCloud.Trusting(cloud.Connection);
            var client = new ChatClient("any", new ApiKeyCredential(key), new OpenAIClientOptions { Endpoint = new Uri(cloud.Connection.Https, path + "/v1"), Transport = new HttpClientPipelineTransport(http) });
            Assert.Equal(Sum, (await client.CompleteChatAsync([new UserChatMessage(Question)], cancellationToken: Cancel)).Value.Content[0].Text);
            var streamed = "";
            await foreach (var update in client.CompleteChatStreamingAsync([new UserChatMessage(Question)], cancellationToken: Cancel))
            {
                streamed += string.Concat(update.ContentUpdate.Select(part => part.Text));
            }

            Assert.Equal(Sum, streamed);
        }

        Compare(cloud, "nuget-openai", "OpenAI");
    }

    private static void Compare(LocalCloud cloud, string suite, string package) =>
        ClientEvidence.Compare(suite, NuGetVersion.Of(package), OperationName.Of(cloud.Requests()).Where(operation => operation.Contains("{base}", StringComparison.Ordinal)));
}
