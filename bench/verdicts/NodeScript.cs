using System.Text.Json.Nodes;
using Bench.Engine;
using Deploy.Verification.Tests.Endpoints.Scripted;

namespace Bench.Verdicts;

/// <summary>One of the scripts of <c>rivals/ask.mjs</c>, over all behaviours in one process.</summary>
internal sealed class NodeScript(string name, string way) : ITool
{
    public string Name => name;

    public async Task<IReadOnlyList<Judgement>> JudgeAsync(ScriptedServer server, IReadOnlyList<Behaviour> behaviours)
    {
        var folder = Directory.CreateTempSubdirectory("deploy-bench-");
        try
        {
            // Modules resolve from where a script lies.
            var script = Path.Combine(folder.FullName, "ask.mjs");
            File.Copy(Path.Combine(Places.Root, "bench", "verdicts", "rivals", "ask.mjs"), script);
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "node_modules"), Places.NodeModules);
            var targets = new JsonArray([.. behaviours.Select(behaviour => new JsonObject
            {
                ["uri"] = Address.Of(server, behaviour).AbsoluteUri.TrimEnd('/'),
                ["key"] = behaviour.Key.Trim(),
                ["model"] = behaviour.Model ?? "default",
            })]);
            var list = Path.Combine(folder.FullName, "targets.json");
            await File.WriteAllTextAsync(list, targets.ToJsonString());
            var run = await Stopped.RunAsync(folder.FullName, "node", script, way, list, ((int)Address.Limit.TotalMilliseconds).ToString(System.Globalization.CultureInfo.InvariantCulture));
            return [.. JsonNode.Parse(run.Output)!.AsArray().Select(item => Read(item!))];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Judgement Read(JsonNode item) =>
        (bool)item["works"]! ? Judgement.Works
        : item["status"] is { } status ? Judgement.OfStatus((int)status)
        : Judgement.Broken((string)item["kind"]!);
}
