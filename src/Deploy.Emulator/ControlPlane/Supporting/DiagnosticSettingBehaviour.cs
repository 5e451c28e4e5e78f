using System.Text.Json.Nodes;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.Supporting;

/// <summary>Diagnostic settings: five per resource, and a sink takes a category from one of them only.</summary>
internal sealed class DiagnosticSettingBehaviour : ResourceBehaviour
{
    private const int Most = 5;

    private static readonly string[] Sinks = ["workspaceId", "storageAccountId", "eventHubAuthorizationRuleId", "marketplacePartnerId"];
    private static readonly string[] Sources = ["logs", "metrics"];

    public override string Type => ResourceTypes.DiagnosticSetting;

    public override int CreatedStatus => 200;

    public override ArmResponse? Check(WriteContext write)
    {
        var sinks = Sinks.Select(name => write.Text(name)).Where(sink => sink is { Length: > 0 }).Select(sink => sink!).ToList();
        if (sinks.Count == 0)
        {
            return Refused(400, "BadRequest", "At least one data sink needs to be specified.");
        }

        var wanted = Categories(write.Wanted).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var siblings = write.Cloud.Store.OfTypeBelow(Type, $"{write.Path.Scope}/providers/Microsoft.Insights").Where(other => other.Key != ArmPath.KeyOf(write.Id)).ToList();
        foreach (var other in siblings)
        {
            var sink = sinks.FirstOrDefault(sink => Sinks.Any(name => sink.Equals((string?)other.Properties[name], StringComparison.OrdinalIgnoreCase)));
            if (sink is not null && Categories(other.Properties).FirstOrDefault(wanted.Contains) is { } category)
            {
                return Refused(409, "Conflict", $"Data sink '{sink}' is already used in diagnostic setting '{other.Name}' for category '{category}'. Data sinks can't be reused in different settings on the same category for the same resource.");
            }
        }

        return siblings.Count >= Most ? Refused(400, "BadRequest", $"The resource has {siblings.Count} diagnostic settings already; allowed are {Most}.") : null;
    }

    private static IEnumerable<string> Categories(JsonObject properties) =>
        from source in Sources
        from entry in (properties[source] as JsonArray ?? []).OfType<JsonObject>()
        where entry["enabled"] is JsonValue enabled && enabled.TryGetValue<bool>(out var isOn) && isOn
        select (string?)entry["category"] ?? (string?)entry["categoryGroup"] ?? "";

    // Azure Monitor answers without the envelope "error".
    private static ArmResponse Refused(int status, string code, string message) => new(status, new JsonObject { ["code"] = code, ["message"] = message });
}
