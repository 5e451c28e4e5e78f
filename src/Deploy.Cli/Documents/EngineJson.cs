using System.Text.Json.Nodes;
using Deploy.Cli.Rendering;
using Deploy.Engine;
using Deploy.Engine.Events;
using Deploy.Engine.Values;

namespace Deploy.Cli.Documents;

/// <summary>The engine's part of the documents.</summary>
internal static class EngineJson
{
    public static JsonObject Changes(ChangeSummary changes) => new()
    {
        ["create"] = changes.Create,
        ["update"] = changes.Update,
        ["replace"] = changes.Replace,
        ["delete"] = changes.Delete,
        ["same"] = changes.Same,
    };

    public static JsonNode? Outputs(PropertyMap outputs, bool showSecrets) => PropertyJson.ToJson(outputs, showSecrets);

    public static JsonArray Steps(IEnumerable<StepMetadata> steps) => new([.. steps.Select(step => new JsonObject
    {
        ["op"] = step.Op.Text(),
        ["urn"] = step.Urn.Value,
        ["type"] = step.Urn.Type,
        ["name"] = step.Urn.Name,
        ["found"] = step.Found?.Text(),
        ["diff"] = new JsonArray([.. DiffView.Lines(step).Select(line => new JsonObject
        {
            ["path"] = line.Path,
            ["kind"] = line.Mark switch { "+" => "add", "-" => "delete", _ => "update" },
            ["before"] = line.Before,
            ["after"] = line.After,
        })]),
    })]);
}
