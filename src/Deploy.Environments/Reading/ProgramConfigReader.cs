using System.Text.Json;
using Deploy.Core;

namespace Deploy.Environments.Reading;

/// <summary>Reads the configuration as an engine hands it to a program: text by key, objects and lists as JSON.</summary>
public static class ProgramConfigReader
{
    // These are not text in a stack file, so their text is JSON.
    private static readonly string[] Structured = ["phi:hub", "phi:verify", "phi:projects"];

    /// <summary>Reads the configuration of a program.</summary>
    /// <param name="config">Values by key, such as <c>phi:projects</c> -&gt; JSON text; the legacy spelling <c>phi:config:projects</c> is accepted.</param>
    /// <param name="stack">The stack that the program runs for.</param>
    public static SettingsReading Read(IReadOnlyDictionary<string, string> config, StackName stack)
    {
        var entries = new List<MappingEntry>();
        var faults = new List<DeployError>();
        foreach (var (written, text) in config.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var key = written.Replace(":config:", ":", StringComparison.Ordinal);
            try
            {
                entries.Add(new MappingEntry(key, null, Structured.Contains(key, StringComparer.Ordinal) ? Parse(text) : new ScalarNode(null, ScalarKind.String, text)));
            }
            catch (JsonException fault)
            {
                faults.Add(SettingsErrors.Unreadable.With($"{key}: not well-formed JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."));
            }
        }

        return new SettingsReading
        {
            Tree = faults.Count > 0 ? null : new SettingsTree { Stack = stack, Config = new MappingNode(null, entries) },
            Faults = faults,
        };
    }

    private static SettingsNode Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return Convert(document.RootElement);
    }

    private static SettingsNode Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new MappingNode(null, [.. element.EnumerateObject().Select(property => new MappingEntry(property.Name, null, Convert(property.Value)))]),
        JsonValueKind.Array => new SequenceNode(null, [.. element.EnumerateArray().Select(Convert)]),
        JsonValueKind.String => new ScalarNode(null, ScalarKind.String, element.GetString()!),
        JsonValueKind.Number => new ScalarNode(null, element.TryGetInt64(out _) ? ScalarKind.Integer : ScalarKind.Number, element.GetRawText()),
        JsonValueKind.True or JsonValueKind.False => new ScalarNode(null, ScalarKind.Boolean, element.GetRawText()),
        _ => new ScalarNode(null, ScalarKind.Null, "null"),
    };
}
