using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>One resource as state files keep it.</summary>
internal sealed class ResourceJson(StateValues values)
{
    private static readonly HashSet<string> Known =
    [
        "urn", "custom", "id", "type", "delete", "pendingReplacement", "protect", "external", "retainOnDelete", "inputs", "outputs", "parent", "provider",
        "importID", "deletedWith", "dependencies", "propertyDependencies", "initErrors", "additionalSecretOutputs", "aliases", "ignoreChanges",
        "replaceOnChanges", "hideDiff", "customTimeouts", "created", "modified", "replacementTrigger",
    ];

    public JsonObject Write(ResourceState state)
    {
        var json = new JsonObject { ["urn"] = state.Urn.Value, ["custom"] = state.Custom };
        AddText(json, "id", state.Id);
        json.Add("type", state.Type);
        AddFlag(json, "delete", state.Delete);
        AddFlag(json, "pendingReplacement", state.PendingReplacement);
        AddFlag(json, "protect", state.Protect);
        AddFlag(json, "external", state.External);
        AddFlag(json, "retainOnDelete", state.RetainOnDelete);
        AddMap(json, "inputs", values.WriteMap(state.Inputs, $"{state.Urn}:inputs"));
        AddMap(json, "outputs", values.WriteMap(state.Outputs, $"{state.Urn}:outputs"));
        AddText(json, "parent", state.Parent?.Value);
        AddUrns(json, "dependencies", state.Dependencies);
        AddText(json, "provider", state.Provider);
        if (state.PropertyDependencies.Count > 0)
        {
            json.Add("propertyDependencies", new JsonObject(state.PropertyDependencies.OrderBy(entry => entry.Key, StringComparer.Ordinal)
                .Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)List(entry.Value.Select(urn => urn.Value))))));
        }

        AddText(json, "importID", state.ImportId);
        AddText(json, "deletedWith", state.DeletedWith?.Value);
        AddTexts(json, "initErrors", state.InitErrors);
        AddTexts(json, "additionalSecretOutputs", state.AdditionalSecretOutputs);
        AddUrns(json, "aliases", state.Aliases);
        AddTexts(json, "ignoreChanges", state.IgnoreChanges);
        AddTexts(json, "replaceOnChanges", state.ReplaceOnChanges);
        AddTexts(json, "hideDiff", state.HideDiffs);
        if (!state.Timeouts.IsEmpty)
        {
            json.Add("customTimeouts", WriteTimeouts(state.Timeouts));
        }

        if (state.ReplacementTrigger is { } trigger)
        {
            json.Add("replacementTrigger", values.Write(trigger, $"{state.Urn}:replacementTrigger"));
        }

        AddText(json, "created", Timestamp(state.Created));
        AddText(json, "modified", Timestamp(state.Modified));
        foreach (var (name, value) in state.Extra ?? [])
        {
            json.Add(name, value?.DeepClone());
        }

        return json;
    }

    public ResourceState Read(JsonNode? node)
    {
        var json = node as JsonObject ?? throw Damaged("a resource is not an object");
        var urn = Urn.TryParse(Text(json, "urn")) ?? throw Damaged($"'{Text(json, "urn")}' is not a resource URN");
        return new()
        {
            Urn = Text(json, "type") == urn.Type ? urn : throw Damaged($"the type of {urn} is not that of its URN"),
            Custom = Flag(json, "custom"),
            Id = Text(json, "id") ?? "",
            Delete = Flag(json, "delete"),
            PendingReplacement = Flag(json, "pendingReplacement"),
            Protect = Flag(json, "protect"),
            External = Flag(json, "external"),
            RetainOnDelete = Flag(json, "retainOnDelete"),
            Inputs = values.ReadMap(json["inputs"], $"{urn}:inputs"),
            Outputs = values.ReadMap(json["outputs"], $"{urn}:outputs"),
            Parent = ReadUrn(json, "parent"),
            Provider = Text(json, "provider") ?? "",
            ImportId = Text(json, "importID") ?? "",
            DeletedWith = ReadUrn(json, "deletedWith"),
            Dependencies = [.. Texts(json["dependencies"]).Select(Parse)],
            PropertyDependencies = ReadPropertyDependencies(json["propertyDependencies"] as JsonObject),
            InitErrors = Texts(json["initErrors"]),
            AdditionalSecretOutputs = Texts(json["additionalSecretOutputs"]),
            Aliases = [.. Texts(json["aliases"]).Select(Parse)],
            IgnoreChanges = Texts(json["ignoreChanges"]),
            ReplaceOnChanges = Texts(json["replaceOnChanges"]),
            HideDiffs = Texts(json["hideDiff"]),
            ReplacementTrigger = json["replacementTrigger"] is { } trigger ? values.Read(trigger, $"{urn}:replacementTrigger") : null,
            Timeouts = ReadTimeouts(json["customTimeouts"] as JsonObject),
            Created = ReadTime(json, "created"),
            Modified = ReadTime(json, "modified"),
            Extra = ReadExtra(json),
        };
    }

    internal static string? Timestamp(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static JsonObject WriteTimeouts(CustomTimeouts timeouts)
    {
        var json = new JsonObject();
        foreach (var (name, value) in new[] { ("create", timeouts.Create), ("update", timeouts.Update), ("delete", timeouts.Delete) })
        {
            if (value is not null)
            {
                json.Add(name, value.Value.TotalSeconds);
            }
        }

        return json;
    }

    private static CustomTimeouts ReadTimeouts(JsonObject? json)
    {
        TimeSpan? Seconds(string name) => json[name]?.GetValue<double>() is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;
        return json is null ? CustomTimeouts.None : new() { Create = Seconds("create"), Update = Seconds("update"), Delete = Seconds("delete") };
    }

    private static SortedDictionary<string, IReadOnlyList<Urn>> ReadPropertyDependencies(JsonObject? json)
    {
        var result = new SortedDictionary<string, IReadOnlyList<Urn>>(StringComparer.Ordinal);
        foreach (var (name, urns) in json ?? [])
        {
            result.Add(name, [.. Texts(urns).Select(Parse)]);
        }

        return result;
    }

    private static JsonObject? ReadExtra(JsonObject json)
    {
        var extra = json.Where(entry => !Known.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())).ToList();
        return extra.Count == 0 ? null : new JsonObject(extra);
    }

    private static Urn? ReadUrn(JsonObject json, string name) => Text(json, name) is { Length: > 0 } text ? Parse(text) : null;

    private static Urn Parse(string text) => Urn.TryParse(text) ?? throw Damaged($"'{text}' is not a resource URN");

    private static DateTimeOffset? ReadTime(JsonObject json, string name) =>
        Text(json, name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;

    private static string? Text(JsonObject json, string name) => json[name]?.GetValue<string>();

    private static bool Flag(JsonObject json, string name) => json[name]?.GetValue<bool>() ?? false;

    private static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray list ? [.. list.Select(item => item!.GetValue<string>())] : [];

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode?)text)]);

    private static void AddText(JsonObject json, string name, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.Add(name, text);
        }
    }

    private static void AddFlag(JsonObject json, string name, bool flag)
    {
        if (flag)
        {
            json.Add(name, true);
        }
    }

    private static void AddMap(JsonObject json, string name, JsonObject map)
    {
        if (map.Count > 0)
        {
            json.Add(name, map);
        }
    }

    private static void AddUrns(JsonObject json, string name, IReadOnlyList<Urn> urns) => AddTexts(json, name, [.. urns.Select(urn => urn.Value)]);

    private static void AddTexts(JsonObject json, string name, IReadOnlyList<string> texts)
    {
        if (texts.Count > 0)
        {
            json.Add(name, List(texts));
        }
    }

    private static DeployException Damaged(string what) => new(EngineErrors.StateInvalid.With(what));
}
