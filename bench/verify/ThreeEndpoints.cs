using System.Globalization;
using System.Text.Json.Nodes;
using Bench.Engine;

namespace Bench.Verify;

/// <summary>The three endpoints of stack <c>local</c>, beside promptfoo with assertions about the same answers.</summary>
internal static class ThreeEndpoints
{
    private const string Package = "promptfoo@0.121.20";

    public static async Task<string> MeasureAsync(Published ours, int rounds)
    {
        var program = await InstallAsync();
        await using var environment = await LocalEnvironment.CreateAsync(ours);
        var config = Path.Combine(environment.Folder, "promptfooconfig.json");
        await File.WriteAllTextAsync(config, Config(environment.Endpoints).ToJsonString());
        var (own, theirs) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            var verified = await ours.RunAsync(environment.Folder, new Dictionary<string, string?>(), "verify", "-s", "local", "-o", "json");
            var evaluated = await Stopped.RunAsync(environment.Folder, Variables(environment), "node", program, "eval", "-c", config, "--no-cache", "-o", Path.Combine(environment.Folder, "result.json"));
            if (round > 0)
            {
                own.Add(verified.Seconds);
                theirs.Add(evaluated.Seconds);
            }
        }

        var (ownMedian, theirMedian) = (Medians.Of(own), Medians.Of(theirs));
        return string.Create(CultureInfo.InvariantCulture,
            $"Three endpoints of the local Azure, {rounds} rounds. `deploy`: {Published.Form}; it also asks for streams, wrong keys, `/info` and unknown parameters, which `{Package}` cannot. promptfoo: three sums for each endpoint, behind different system messages.\n\n| | Seconds |\n|---|---|\n| `deploy verify` | {ownMedian:0.00} |\n| promptfoo | {theirMedian:0.00} |\n| ratio | {ownMedian / theirMedian:0.00} |");
    }

    private static async Task<string> InstallAsync()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Places.Root, "artifacts", "bench", "promptfoo")).FullName;
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "promptfoo")))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "package.json"), """{"private":true}""");
            await Stopped.RunAsync(folder, "npm", "install", Package, "--no-audit", "--no-fund", "--loglevel=error");
        }

        var manifest = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "node_modules", "promptfoo", "package.json")))!;
        var bin = manifest["bin"] is JsonObject bins ? (string)bins["promptfoo"]! : (string)manifest["bin"]!;
        return Path.Combine(folder, "node_modules", "promptfoo", bin);
    }

    // Nothing is sent to anybody but the endpoints.
    private static Dictionary<string, string?> Variables(LocalEnvironment environment) => new()
    {
        ["PROMPTFOO_DISABLE_TELEMETRY"] = "1",
        ["PROMPTFOO_DISABLE_UPDATE"] = "1",
        ["PROMPTFOO_DISABLE_REMOTE_GENERATION"] = "1",
        ["PROMPTFOO_CONFIG_DIR"] = Path.Combine(environment.Folder, "promptfoo"),
        ["NODE_EXTRA_CA_CERTS"] = environment.Certificate,
        ["NO_PROXY"] = "127.0.0.1,localhost",
    };

    private static JsonObject Config(IReadOnlyList<(Uri Uri, string Key)> endpoints) => new()
    {
        ["prompts"] = new JsonArray("{{question}}"),
        ["providers"] = new JsonArray([.. endpoints.Select(endpoint => new JsonObject
        {
            ["id"] = "http",
            ["label"] = endpoint.Uri.AbsoluteUri,
            ["config"] = new JsonObject
            {
                ["url"] = $"{endpoint.Uri.AbsoluteUri.TrimEnd('/')}/chat/completions?api-version=2024-05-01-preview",
                ["method"] = "POST",
                ["headers"] = new JsonObject { ["Content-Type"] = "application/json", ["Authorization"] = $"Bearer {endpoint.Key}" },
                ["body"] = new JsonObject
                {
                    ["messages"] = new JsonArray(
                        new JsonObject { ["role"] = "system", ["content"] = "{{system}}" },
                        new JsonObject { ["role"] = "user", ["content"] = "{{prompt}}" }),
                    ["max_tokens"] = 64,
                },
                ["transformResponse"] = "json.choices[0].message.content",
            },
        })]),
        ["tests"] = new JsonArray(
            Test("What is 123 + 456? Answer with the number only.", "Answer.", "579"),
            Test("What is 612 + 377? Answer with the number only.", "You are a careful calculator.", "989"),
            Test("What is 704 + 291? Answer with the number only.", "Answer shortly.", "995")),
    };

    private static JsonObject Test(string question, string system, string sum) => new()
    {
        ["vars"] = new JsonObject { ["question"] = question, ["system"] = system },
        ["assert"] = new JsonArray(new JsonObject { ["type"] = "contains", ["value"] = sum }),
    };
}
