using System.Text.Json.Nodes;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The unmodified npm clients for model inference, on a serverless and on an online endpoint.</summary>
public sealed class NpmInferenceTests
{
    [Theory]
    [InlineData("rest", "@azure-rest/ai-inference", "mini")]
    [InlineData("openai", "openai", "mini", "medium")]
    public async Task Client_Endpoints_GetChatAndStream(string program, string package, params string[] endpoints)
    {
        ConformanceFolder.SkipWithoutNode();
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithEndpointsAsync();
        foreach (var endpoint in endpoints)
        {
            var (path, key) = await cloud.EndpointAsync(endpoint == "mini" ? cloud.Serverless("mini") : cloud.Online("medium"));
            var variables = new Dictionary<string, string> { ["AZURE_INFERENCE_CREDENTIAL"] = key };
            var outcome = await NodeProgram.RunAsync(cloud, variables, Path.Combine("inference", program + ".mjs"), new Uri(cloud.Connection.Https, path).AbsoluteUri);
            Assert.Contains("579", (string?)outcome["answer"], StringComparison.Ordinal);
            Assert.Equal((string?)outcome["answer"], (string?)outcome["streamed"]);
        }

        var version = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(ConformanceFolder.Root, "node_modules", package, "package.json"), TestContext.Current.CancellationToken))!["version"];
        ClientEvidence.Compare("npm-" + program, $"{package}@{version}", OperationName.Of(cloud.Requests()).Where(operation => operation.Contains("{base}", StringComparison.Ordinal)));
    }
}
