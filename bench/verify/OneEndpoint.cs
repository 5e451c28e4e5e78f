using System.Globalization;
using Bench.Engine;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verify;

/// <summary>One endpoint, by the clock from before the start of the process to after its end, beside a Node script on Azure's own client that makes the same calls.</summary>
internal static class OneEndpoint
{
    private const string Variable = "AZURE_INFERENCE_CREDENTIAL";

    public static async Task<string> MeasureAsync(Published ours, int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        var server = new ScriptedServer();
        await server.InitializeAsync();
        await using (server)
        {
            try
            {
                var script = Path.Combine(folder.FullName, "verify.mjs");
                File.Copy(Path.Combine(Places.Root, "bench", "verify", "node", "verify.mjs"), script);
                Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Places.NodeModules);
                var (own, node) = (new List<double>(), new List<double>());
                var (ownCalls, nodeCalls) = (0, 0);
                for (var round = 0; round <= rounds; round++)
                {
                    var (first, second) = (new EndpointScript(), new EndpointScript());
                    var verified = await ours.RunAsync(folder.FullName, Key(), "verify", "--endpoint", server.Add(first).AbsoluteUri, "--model", "Phi-4-mini-instruct", "-o", "json");
                    var asked = await Stopped.RunAsync(folder.FullName, Key(), "node", script, server.Add(second).AbsoluteUri);
                    (ownCalls, nodeCalls) = (first.Log.Count, second.Log.Count);
                    // The first round warms the disk.
                    if (round > 0)
                    {
                        own.Add(verified.Seconds);
                        node.Add(asked.Seconds);
                    }
                }

                var (ownMedian, nodeMedian) = (Medians.Of(own), Medians.Of(node));
                return string.Create(CultureInfo.InvariantCulture,
                    $"One endpoint on loopback, {rounds} rounds. `deploy`: {Published.Form}.\n\n| | Calls | Seconds |\n|---|---|---|\n| `deploy verify` | {ownCalls} | {ownMedian:0.00} |\n| script on `@azure-rest/ai-inference` | {nodeCalls} | {nodeMedian:0.00} |\n| ratio | | {ownMedian / nodeMedian:0.00} |");
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        }
    }

    private static Dictionary<string, string?> Key() => new() { [Variable] = EndpointScript.Key };
}
