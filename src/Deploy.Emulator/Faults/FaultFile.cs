using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Deploy.Core;

namespace Deploy.Emulator.Faults;

/// <summary>Reads and writes <c>faults.json</c>; what is wrong is told with its line. Schema: <c>docs/schemas/faults.schema.json</c>.</summary>
internal static class FaultFile
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
        PropertyNameCaseInsensitive = false,
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Write(IReadOnlyList<FaultRule> rules) => JsonSerializer.Serialize(new Content { Rules = rules }, Json) + "\n";

    public static JsonObject ToJson(FaultRule rule) => JsonSerializer.SerializeToNode(rule, Json)!.AsObject();

    /// <summary>One rule, of a request to the management API.</summary>
    /// <exception cref="DeployException">DEP6004.</exception>
    public static FaultRule ReadRule(string text) => Guarded("the rule", text, () => JsonSerializer.Deserialize<FaultRule>(text, Json) is { } rule ? Checked("the rule", text, [rule])[0] : throw Invalid("the rule", null, "there is none"));

    /// <exception cref="DeployException">DEP6004.</exception>
    public static IReadOnlyList<FaultRule> Read(string path, string text) => Guarded(path, text, () => Checked(path, text, JsonSerializer.Deserialize<Content>(text, Json)?.Rules ?? []));

    /// <exception cref="DeployException">DEP6004.</exception>
    public static void Check(FaultRule rule) => Checked("the rule", "", [rule]);

    private static T Guarded<T>(string place, string text, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (JsonException e)
        {
            var field = e.Path is { Length: > 2 } at ? $" at {at[2..]}" : "";
            throw new DeployException(Invalid(place, e.LineNumber is { } line ? (int)line + 1 : null, $"{FirstSentence(e.Message)}{field}").Error, e);
        }
    }

    private static IReadOnlyList<FaultRule> Checked(string place, string text, IReadOnlyList<FaultRule> rules)
    {
        for (var index = 0; index < rules.Count; index++)
        {
            foreach (var (field, message) in FaultRuleCheck.Faults(rules[index] ?? throw Invalid(place, null, $"rules[{index}] is null")))
            {
                throw Invalid(place, LineOf(text, index, field), rules.Count == 1 && text.Length == 0 ? message : $"rules[{index}].{field}: {message}");
            }
        }

        var same = rules.Where(rule => rule.Id is not null).GroupBy(rule => rule.Id, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        return same is null ? rules : throw Invalid(place, null, $"two rules have the id '{same.Key}'");
    }

    private static DeployException Invalid(string place, int? line, string message) =>
        new(EmulatorErrors.FaultsInvalid.With($"{place}{(line is null ? "" : $":{line}")}: {message}{(message.EndsWith('.') ? "" : ".")}"));

    private static string FirstSentence(string message)
    {
        var end = message.IndexOf(" Path: ", StringComparison.Ordinal);
        return (end < 0 ? message : message[..end]).TrimEnd('.');
    }

    // The line of a field of the nth object at the depth of the rules; null when there is no text to point into.
    private static int? LineOf(string text, int rule, string field)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        var (depth, seen) = (text.Contains("\"rules\"", StringComparison.Ordinal) ? 2 : 0, -1);
        long? found = null;
        while (bytes.Length > 0 && reader.Read())
        {
            if (reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == depth)
            {
                seen++;
                found ??= seen == rule ? reader.TokenStartIndex : null;
            }

            if (seen == rule && reader.TokenType == JsonTokenType.PropertyName && reader.CurrentDepth == depth + 1 && reader.ValueTextEquals(field))
            {
                found = reader.TokenStartIndex;
            }
        }

        return found is { } at ? bytes.AsSpan(0, (int)at).Count((byte)'\n') + 1 : null;
    }

    private sealed record Content
    {
        [JsonPropertyName("$schema")]
        public string? Schema { get; init; }

        public required IReadOnlyList<FaultRule> Rules { get; init; }
    }
}
