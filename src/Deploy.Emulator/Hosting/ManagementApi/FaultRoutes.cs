using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.Hosting.ManagementApi;

/// <summary><c>/.local/faults</c>: rules with how often they hit, and the hits.</summary>
internal sealed class FaultRoutes(FaultRules rules)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public int Count => rules.All().Count;

    public void Clear() => rules.Clear();

    public ArmResponse Answer(string method, string? id, JsonObject? body)
    {
        switch (method, id)
        {
            case ("GET", null):
                return ArmResponse.Ok(new JsonObject { ["rules"] = new JsonArray([.. rules.All().Select(Shown)]) });
            case ("GET", "hits"):
                return ArmResponse.Ok(new JsonObject { ["hits"] = JsonSerializer.SerializeToNode(rules.Hits(), Json) });
            case ("POST", null):
                return new ArmResponse(201, Shown(rules.Add(FaultFile.ReadRule((body ?? []).ToJsonString()))));
            case ("DELETE", null):
                rules.Clear();
                return ArmResponse.NoContent();
            case ("DELETE", { } one):
                return rules.Remove(one) ? ArmResponse.NoContent() : ArmErrors.Error(404, "NotFound", $"There is no fault rule '{one}'.");
            default:
                return ArmErrors.Error(405, "MethodNotAllowed", "There are GET, POST and DELETE.");
        }
    }

    private JsonObject Shown(FaultRule rule)
    {
        var shown = FaultFile.ToJson(rule);
        shown["hits"] = rules.HitsOf(rule);
        return shown;
    }
}
