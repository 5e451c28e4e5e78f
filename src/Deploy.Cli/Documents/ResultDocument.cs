using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Cli.Documents;

/// <summary>The one JSON document of a command: the same head and tail for every verb.</summary>
internal static class ResultDocument
{
    public const int SchemaVersion = 1;

    private static readonly JsonSerializerOptions Options = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Render(Outcome outcome, TimeSpan duration) => Build(outcome, duration).ToJsonString(Options);

    public static JsonObject Build(Outcome outcome, TimeSpan duration)
    {
        var document = new JsonObject { ["schemaVersion"] = SchemaVersion };
        if (outcome.HasStack)
        {
            document["stack"] = outcome.Stack;
        }

        document["result"] = outcome.Result;
        document["error"] = outcome.Error is null ? null : Error(outcome.Error, outcome.Errors);
        foreach (var (name, value) in outcome.Parts)
        {
            document[name] = value?.DeepClone();
        }

        if (outcome.Errors.Count > 1)
        {
            document["errors"] = new JsonArray([.. outcome.Errors.Select(error => Error(error, [error]))]);
        }

        document["durationMs"] = Math.Round(duration.TotalMilliseconds);
        return document;
    }

    private static JsonObject Error(DeployError error, IReadOnlyList<DeployError> all) => new()
    {
        ["code"] = error.Code,
        ["message"] = string.Join('\n', all.Select(one => one.Message)),
        ["suggestion"] = error.Suggestion,
        ["help"] = error.Help,
        ["retryable"] = error.Retryable,
        ["detail"] = error.Detail,
        ["correlationId"] = error.CorrelationId,
    };
}
