using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Engine.Values;

namespace Deploy.Engine.State;

/// <summary>The deployment (format version 3) inside checkpoints and exports.</summary>
internal static class DeploymentJson
{
    public const int Version = 3;

    /// <summary>Earlier versions wrote it into checkpoints, where the format has no place for it; now it is in the journal only.</summary>
    private const string PollUrlKey = "pollUrl";

    private static readonly string[] Known = ["manifest", "secrets_providers", "resources", "pending_operations", "metadata"];

    private static readonly string[] KnownOfPending = ["resource", "type", PollUrlKey];

    /// <summary>What we sign the manifest as.</summary>
    private static string WriterVersion { get; } = "v" + (typeof(DeploymentJson).Assembly.GetName().Version?.ToString(3) ?? "0.0.0");

    /// <summary>The whole deployment at once, for those who need it in memory.</summary>
    public static JsonObject Write(Snapshot snapshot, ISecretsProvider secrets, DateTimeOffset time, bool showSecrets = false)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new() { Encoder = PropertyJson.Relaxed.Encoder }))
        {
            Write(writer, snapshot, secrets, time, showSecrets);
        }

        return JsonNode.Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length))!.AsObject();
    }

    /// <summary>Writes with never more than one resource at a time in memory.</summary>
    public static void Write(Utf8JsonWriter writer, Snapshot snapshot, ISecretsProvider secrets, DateTimeOffset time, bool showSecrets = false)
    {
        var resources = new ResourceJson(new(secrets, showSecrets));

        // The salt stands before the resources, and the first secret makes it.
        if (!showSecrets && secrets.Salt is null
            && snapshot.Resources.Concat(snapshot.PendingOperations.Select(pending => pending.Resource)).FirstOrDefault(resource => resource.ContainsSecrets) is { } first)
        {
            resources.Write(first);
        }

        writer.WriteStartObject();
        Write(writer, "manifest", Manifest(time));
        if (secrets.Salt is { } salt)
        {
            Write(writer, "secrets_providers", SecretsProviders(salt));
        }

        writer.WriteStartArray("resources");
        foreach (var resource in snapshot.Resources)
        {
            resources.Write(resource).WriteTo(writer, PropertyJson.Relaxed);
            writer.Flush();
        }

        writer.WriteEndArray();
        Write(writer, "pending_operations", new JsonArray([.. snapshot.PendingOperations.Select(operation => WritePending(operation, resources))]));
        Write(writer, "metadata", snapshot.Metadata ?? []);
        foreach (var (name, value) in snapshot.Extra ?? [])
        {
            Write(writer, name, value);
        }

        writer.WriteEndObject();
    }

    public static Snapshot Read(JsonObject deployment, ISecretsProvider secrets)
    {
        if (SaltOf(deployment) is { } salt)
        {
            secrets.UseSalt(salt);
        }

        var manifest = deployment["manifest"] as JsonObject;
        if (manifest?["magic"]?.GetValue<string>() is { } magic && magic != Magic(manifest["version"]?.GetValue<string>() ?? ""))
        {
            throw new DeployException(EngineErrors.StateInvalid.With("the manifest's magic does not belong to its version"));
        }

        var resources = new ResourceJson(new(secrets));
        return new()
        {
            Resources = [.. List(deployment, "resources").Select(resources.Read)],
            PendingOperations = [.. List(deployment, "pending_operations").Select(node => ReadPending(node, resources))],
            Time = manifest?["time"]?.GetValue<string>() is { } time ? DateTimeOffset.Parse(time, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null,
            Metadata = deployment["metadata"]?.DeepClone() as JsonObject,
            Extra = ReadExtra(deployment, Known),
        };
    }

    /// <summary>The passphrase salt; null when no secrets provider is named.</summary>
    /// <exception cref="DeployException">The secrets provider is another one.</exception>
    public static string? SaltOf(JsonObject deployment) => deployment["secrets_providers"] switch
    {
        null => null,
        JsonObject provider when provider["type"]?.GetValue<string>() == "passphrase" => provider["state"]?["salt"]?.GetValue<string>(),
        JsonNode provider => throw new DeployException(EngineErrors.SecretsProviderUnsupported.With($"the state's secrets are kept by the provider '{provider["type"]}'")),
    };

    public static JsonObject WritePending(PendingOperation operation, ResourceJson resources)
    {
        var json = new JsonObject { ["resource"] = resources.Write(operation.Resource), ["type"] = Word(operation.Type) };
        AddExtra(json, operation.Extra);
        return json;
    }

    public static PendingOperation ReadPending(JsonNode? node, ResourceJson resources)
    {
        var json = node as JsonObject ?? throw new DeployException(EngineErrors.StateInvalid.With("a pending operation is not an object"));
        var url = json[PollUrlKey]?.GetValue<string>();
        return new(resources.Read(json["resource"]), ReadType(json["type"]?.GetValue<string>()), url is null ? null : new Uri(url)) { Extra = ReadExtra(json, KnownOfPending) };
    }

    private static PendingOperationType ReadType(string? word)
    {
        foreach (var type in Enum.GetValues<PendingOperationType>())
        {
            if (Word(type) == word)
            {
                return type;
            }
        }

        throw new DeployException(EngineErrors.StateInvalid.With($"'{word}' is not a kind of pending operation"));
    }

    private static JsonObject? ReadExtra(JsonObject json, string[] known)
    {
        var extra = json.Where(entry => !known.Contains(entry.Key)).Select(entry => KeyValuePair.Create(entry.Key, entry.Value?.DeepClone())).ToList();
        return extra.Count == 0 ? null : new JsonObject(extra);
    }

    private static void AddExtra(JsonObject json, JsonObject? extra)
    {
        foreach (var (name, value) in extra ?? [])
        {
            json.Add(name, value?.DeepClone());
        }
    }

    private static JsonObject Manifest(DateTimeOffset time) => new()
    {
        ["time"] = ResourceJson.Timestamp(time),
        ["magic"] = Magic(WriterVersion),
        ["version"] = WriterVersion,
    };

    private static JsonObject SecretsProviders(string salt) => new() { ["type"] = "passphrase", ["state"] = new JsonObject { ["salt"] = salt } };

    private static void Write(Utf8JsonWriter writer, string name, JsonNode? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            value.WriteTo(writer, PropertyJson.Relaxed);
        }
    }

    private static JsonArray List(JsonObject deployment, string name) => deployment[name] switch
    {
        null => [],
        JsonArray list => list,
        _ => throw new DeployException(EngineErrors.StateInvalid.With($"'{name}' is not a list")),
    };

    private static string Word(PendingOperationType type) => type.ToString().ToLowerInvariant();

    private static string Magic(string version) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version)));
}
