using System.Text;
using System.Text.Json.Nodes;
using Deploy.Engine.Events;
using Deploy.Engine.Tests.Harness;
using Deploy.Engine.Values;

namespace Deploy.Engine.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private readonly EngineHarness _harness = new();

    public void Dispose() => _harness.Dispose();

    [Fact]
    public async Task Emit_ARunWithAFailure_IsALinePerEventInTheOfficialShapesWithoutSecrets()
    {
        _harness.Cloud.Faults["create b"] = new Core.DeployException(EngineErrors.ResourceFailed.With("no capacity"));
        var run = await _harness.UpAsync(async program =>
        {
            await program.ThingAsync("a", ("key", PropertyValue.FromString("hunter2").AsSecret()));
            await program.ThingAsync("b");
        });

        var (text, lines) = Log(run);

        Assert.DoesNotContain("hunter2", text, StringComparison.Ordinal);
        Assert.Equal(run.Events.Count, lines.Count);
        Assert.Equal(Enumerable.Range(0, lines.Count), lines.Select(line => (int)line["sequence"]!));
        Assert.NotNull(lines[0]["preludeEvent"]);
        var created = lines.Single(line => (string?)line["resOutputsEvent"]?["metadata"]?["urn"] == run.Resource("a").Urn.Value)["resOutputsEvent"]!["metadata"]!;
        Assert.Equal(("create", "[secret]"), ((string?)created["op"], (string?)created["new"]!["inputs"]!["key"]));
        Assert.Null(created["old"]);
        Assert.Single(lines, line => (string?)line["resOpFailedEvent"]?["metadata"]?["op"] == "create");
        Assert.Contains(lines, line => (string?)line["diagnosticEvent"]?["severity"] == "error" && ((string?)line["diagnosticEvent"]!["message"])!.Contains("no capacity", StringComparison.Ordinal));
        Assert.Equal("failed", (string?)lines[^1]["summaryEvent"]!["result"]);
    }

    private static (string Text, IReadOnlyList<JsonObject> Lines) Log(TestRun run)
    {
        using var stream = new MemoryStream();
        using (var log = new EventLog(stream))
        {
            foreach (var item in run.Events)
            {
                log.Emit(item);
            }
        }

        var text = Encoding.UTF8.GetString(stream.ToArray());
        return (text, [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())]);
    }
}
