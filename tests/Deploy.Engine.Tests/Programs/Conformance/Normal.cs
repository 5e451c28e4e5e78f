using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Engine.Protocol;
using Deploy.Engine.Values;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;

namespace Deploy.Engine.Tests.Programs.Conformance;

/// <summary>What a program registers, and what a state holds, as JSON that is the same in every run and easy to read.</summary>
internal static partial class Normal
{
    private const string UrnStart = "urn:pulumi:dev::shop::";

    /// <summary>What depends on the clock or the machine, or says again what another field says.</summary>
    private static readonly string[] LeftOut = ["created", "modified", "sourcePosition", "type"];

    public static JsonObject Registration(RegisterResourceRequest request) => Compact(new()
    {
        ["resource"] = $"{request.Type}::{request.Name}",
        ["component"] = request.Custom ? null : true,
        ["parent"] = Text(request.Parent),
        ["inputs"] = Values(request.Object),
        ["dependsOn"] = Urns(request.Dependencies),
        ["propertyDependencies"] = Map(request.PropertyDependencies.Where(entry => entry.Value.Urns.Count > 0).Select(entry => (entry.Key, (JsonNode?)Urns(entry.Value.Urns)))),
        ["protect"] = request.HasProtect ? request.Protect : null,
        ["retainOnDelete"] = request.HasRetainOnDelete ? request.RetainOnDelete : null,
        ["deletedWith"] = Text(request.DeletedWith),
        ["deleteBeforeReplace"] = request.DeleteBeforeReplaceDefined ? request.DeleteBeforeReplace : null,
        ["ignoreChanges"] = List(request.IgnoreChanges),
        ["replaceOnChanges"] = List(request.ReplaceOnChanges),
        ["replaceWith"] = Urns(request.ReplaceWith),
        ["replacementTrigger"] = request.ReplacementTrigger is null ? null : Value(request.ReplacementTrigger),
        ["hideDiffs"] = List(request.HideDiffs),
        ["additionalSecretOutputs"] = List(request.AdditionalSecretOutputs),
        ["import"] = Text(request.ImportId),
        ["provider"] = Text(request.Provider),
        ["providers"] = Map(request.Providers.Select(entry => (entry.Key, (JsonNode?)Text(entry.Value)))),
        ["version"] = Text(request.Version),
        ["pluginDownloadURL"] = Text(request.PluginDownloadURL),
        ["customTimeouts"] = request.CustomTimeouts is { } timeouts
            ? Compact(new() { ["create"] = Duration(timeouts.Create), ["update"] = Duration(timeouts.Update), ["delete"] = Duration(timeouts.Delete) })
            : null,
        ["aliases"] = new JsonArray([.. request.AliasURNs.Select(Text), .. request.Aliases.Select(alias => Alias(alias, request.Parent))]),
        ["transforms"] = request.Transforms.Count == 0 ? null : request.Transforms.Count,
    });

    public static JsonObject Read(ReadResourceRequest request) => Compact(new()
    {
        ["resource"] = $"{request.Type}::{request.Name}",
        ["id"] = Text(request.Id),
        ["parent"] = Text(request.Parent),
        ["inputs"] = Values(request.Properties),
        ["dependsOn"] = Urns(request.Dependencies),
        ["provider"] = Text(request.Provider),
        ["additionalSecretOutputs"] = List(request.AdditionalSecretOutputs),
    });

    public static JsonObject Invoke(ResourceInvokeRequest request) =>
        Compact(new() { ["function"] = request.Tok, ["args"] = Values(WireValues.WriteMap(new WireValues("").ReadMap(request.Args), keepSecrets: false, keepReferences: true)), ["provider"] = Text(request.Provider), ["version"] = Text(request.Version) });

    public static JsonObject Outputs(RegisterResourceOutputsRequest request) => Compact(new() { ["resource"] = Text(request.Urn), ["outputs"] = Values(request.Outputs) });

    /// <summary>The resources of an exported deployment with its secrets in clear.</summary>
    public static JsonArray State(JsonObject? exported)
    {
        var resources = exported?["deployment"]?["resources"]?.AsArray() ?? [];
        return new([.. resources.Select(item => Resource(item!.AsObject())).OrderBy(item => item["urn"]!.GetValue<string>(), StringComparer.Ordinal)]);
    }

    public static string Shorten(string text) => Guid().Replace(text.Replace(UrnStart, "", StringComparison.Ordinal), match => ValueSignatures.IsUnknown(match.Value) ? "UNKNOWN" : "GUID");

    private static JsonObject Resource(JsonObject resource)
    {
        foreach (var name in LeftOut)
        {
            resource.Remove(name);
        }

        return Compact((JsonObject)Clean(resource)!);
    }

    private static JsonNode? Clean(JsonNode? node) => node switch
    {
        JsonObject map when map.ContainsKey(ValueSignatures.Key) => CleanSigned(map),
        JsonObject map => new JsonObject(map.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, Clean(entry.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Clean)]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Shorten(text)),
        _ => node?.DeepClone(),
    };

    private static JsonObject CleanSigned(JsonObject map) => map["plaintext"]?.GetValue<string>() is { } secret
        ? new JsonObject { ["secret"] = Clean(JsonNode.Parse(secret)) }
        : new JsonObject(map.Where(entry => entry.Key != ValueSignatures.Key).Select(entry => KeyValuePair.Create(entry.Key, Clean(entry.Value)))
            .Prepend(KeyValuePair.Create("kind", (JsonNode?)KindOf(map[ValueSignatures.Key]!.GetValue<string>()))));

    private static JsonObject? Values(Struct? values) =>
        values is null ? null : new(values.Fields.OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => KeyValuePair.Create(field.Key, Value(field.Value))));

    private static JsonNode? Value(Value value) => value.KindCase switch
    {
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.BoolValue => value.BoolValue,
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.NumberValue => PropertyJson.Number(value.NumberValue),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StringValue => Shorten(value.StringValue),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.ListValue => new JsonArray([.. value.ListValue.Values.Select(Value)]),
        Google.Protobuf.WellKnownTypes.Value.KindOneofCase.StructValue => Clean(value.StructValue),
        _ => null,
    };

    private static JsonObject? Clean(Struct value)
    {
        if (value.Fields.GetValueOrDefault(ValueSignatures.Key)?.StringValue is not { } signature)
        {
            return Values(value);
        }

        // What JavaScript objects know of themselves is not part of the protocol.
        var members = Values(new Struct { Fields = { value.Fields.Where(field => field.Key != ValueSignatures.Key && !field.Key.StartsWith("__", StringComparison.Ordinal)).ToDictionary() } })!;
        if (signature == ValueSignatures.Reference && (string?)members["id"] is "")
        {
            // The SDKs write an unknown id in different ways.
            members["id"] = "UNKNOWN";
        }

        return signature == ValueSignatures.Secret ? new JsonObject { ["secret"] = members["value"]?.DeepClone() } : Compact(new([KeyValuePair.Create("kind", (JsonNode?)KindOf(signature)), .. members.Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone()))]));
    }

    private static string KindOf(string signature) => signature switch
    {
        ValueSignatures.Secret => "secret",
        ValueSignatures.Output => "output",
        ValueSignatures.Reference => "reference",
        ValueSignatures.Asset => "asset",
        ValueSignatures.Archive => "archive",
        _ => throw new InvalidOperationException($"unknown signature {signature}"),
    };

    /// <summary>A parent that is the present one goes without saying; only one SDK says it.</summary>
    private static JsonNode? Alias(Alias alias, string parent) => alias.AliasCase == Pulumirpc.Alias.AliasOneofCase.Urn ? Text(alias.Urn) : Compact(new()
    {
        ["name"] = Text(alias.Spec.Name),
        ["type"] = Text(alias.Spec.Type),
        ["stack"] = Text(alias.Spec.Stack),
        ["project"] = Text(alias.Spec.Project),
        ["parent"] = alias.Spec.ParentUrn == parent ? null : Text(alias.Spec.ParentUrn),
        ["noParent"] = alias.Spec.NoParent ? true : null,
    });

    private static JsonValue? Text(string text) => text.Length == 0 ? null : JsonValue.Create(Shorten(text));

    /// <summary>The SDKs write durations in different units.</summary>
    private static JsonValue? Duration(string text) => text.Length == 0 ? null : JsonValue.Create($"{GoDuration.Parse(text)}");

    private static JsonArray Urns(IEnumerable<string> urns) => new([.. urns.Select(Shorten).Order(StringComparer.Ordinal).Select(urn => (JsonNode)urn)]);

    private static JsonArray List(IEnumerable<string> texts) => new([.. texts.Select(text => (JsonNode)text)]);

    private static JsonObject Map(IEnumerable<(string Key, JsonNode? Value)> entries) =>
        new(entries.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => KeyValuePair.Create(entry.Key, entry.Value)));

    /// <summary>Leaves out what is not set.</summary>
    private static JsonObject Compact(JsonObject map)
    {
        foreach (var name in map.Where(entry => entry.Value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(entry => entry.Key).ToList())
        {
            map.Remove(name);
        }

        return map;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Guid();
}
