using System.Text.Json.Nodes;
using Deploy.Engine.State;
using Deploy.Engine.Values;
using YamlDotNet.RepresentationModel;

namespace Deploy.Engine.Projects;

/// <summary>Reads one stack's settings file.</summary>
internal sealed class StackConfigReader(Project project, string stack, ISecretsProvider secrets)
{
    private const string SecureKey = "secure";

    private readonly SortedDictionary<string, string> _values = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _encrypted = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _secretKeys = new(StringComparer.Ordinal);

    public Read<StackConfig> Read()
    {
        var path = project.StackFile(stack);
        var name = Path.GetRelativePath(project.RootDirectory, path);
        foreach (var (key, declaration) in project.Config.Where(entry => entry.Value.Default is not null))
        {
            _values[key] = declaration.Default!;
        }

        var file = File.Exists(path) ? YamlFile.Read(path, name, EngineErrors.StackFileInvalid) : null;
        if (file is not null && file.Errors.Count == 0)
        {
            ReadFile(file);
        }

        var missing = project.Config.Keys.Where(key => !_values.ContainsKey(key)).ToList();
        var errors = (file?.Errors ?? []).ToList();
        if (missing.Count > 0 && errors.All(error => error.Definition != EngineErrors.StackFileInvalid))
        {
            errors.Add(EngineErrors.ConfigMissing.With($"{name}: the stack '{stack}' lacks configuration that Pulumi.yaml declares without a default: {string.Join(", ", missing)}"));
        }

        return errors.Count > 0 ? new() { Errors = errors } : new() { Value = new() { Values = _values, SecretKeys = _secretKeys, Encrypted = _encrypted } };
    }

    /// <summary>A value as program text: scalars as they are written, lists and mappings as JSON.</summary>
    public static string ToText(YamlNode node) => node is YamlScalarNode scalar ? scalar.Value ?? "" : ToJson(node)?.ToJsonString(PropertyJson.Relaxed) ?? "";

    public static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlScalarNode scalar => YamlFile.ScalarToJson(scalar),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlMappingNode map => new JsonObject(map.Select(entry => KeyValuePair.Create((entry.Key as YamlScalarNode)?.Value ?? "", ToJson(entry.Value)))),
        _ => throw new InvalidOperationException($"no JSON form for a YAML {node.NodeType}"),
    };

    private void ReadFile(YamlFile file)
    {
        if (file.Text(file.Root, "secretsprovider") is { } provider and not ("passphrase" or "default"))
        {
            file.Fault(YamlFile.Find(file.Root, "secretsprovider")!, $"the secrets provider '{provider}' is not supported", EngineErrors.SecretsProviderUnsupported);
        }

        if (YamlFile.Find(file.Root, "environment") is { } environment)
        {
            file.Fault(environment, "environments of Pulumi ESC are not supported by the embedded engine");
        }

        if (file.Text(file.Root, "encryptionsalt") is { } salt)
        {
            secrets.UseSalt(salt);
        }

        switch (YamlFile.Find(file.Root, "config"))
        {
            case null or YamlScalarNode { Value: null or "" }:
                break;
            case YamlMappingNode config:
                foreach (var (key, value) in config)
                {
                    ReadEntry(file, key, value);
                }

                break;
            case var other:
                file.Fault(other, "'config' must be a mapping");
                break;
        }
    }

    private void ReadEntry(YamlFile file, YamlNode keyNode, YamlNode node)
    {
        var parts = ((keyNode as YamlScalarNode)?.Value ?? "").Split(':');
        var key = parts switch
        {
            [var space, var name] when space.Length > 0 && name.Length > 0 => $"{space}:{name}",
            [var space, "config", var name] => $"{space}:{name}",
            _ => null,
        };
        if (key is null)
        {
            file.Fault(keyNode, $"'{string.Join(':', parts)}' is not a configuration key of the form namespace:name");
            return;
        }

        var secure = ContainsSecure(node);
        var declaration = project.Config.GetValueOrDefault(key);
        if (declaration is { Secret: true } && !secure)
        {
            file.Fault(node, $"'{key}' is declared secret and must be encrypted", EngineErrors.ConfigNotSecret);
        }

        if (!secure && declaration is not null && ConfigTypes.Mismatch(declaration, node) is { } mismatch)
        {
            file.Fault(node, $"'{key}' must be {mismatch}", EngineErrors.ConfigType);
        }

        _values[key] = secure ? Decrypted(node, key) : ToText(node);
        if (secure)
        {
            _secretKeys.Add(key);
            _encrypted[key] = ToText(node);
        }
    }

    private string Decrypted(YamlNode node, string key) => Ciphertext(node) is { } ciphertext
        ? secrets.Decrypt(ciphertext, key)
        : DecryptedJson(node, key)?.ToJsonString(PropertyJson.Relaxed) ?? "";

    private JsonNode? DecryptedJson(YamlNode node, string place) => node switch
    {
        YamlMappingNode when Ciphertext(node) is { } ciphertext => secrets.Decrypt(ciphertext, place),
        YamlMappingNode map => new JsonObject(map.Select(entry =>
            KeyValuePair.Create((entry.Key as YamlScalarNode)?.Value ?? "", DecryptedJson(entry.Value, $"{place}.{entry.Key}")))),
        YamlSequenceNode list => new JsonArray([.. list.Select((item, index) => DecryptedJson(item, $"{place}[{index}]"))]),
        _ => ToJson(node),
    };

    private static bool ContainsSecure(YamlNode node) => Ciphertext(node) is not null || node switch
    {
        YamlMappingNode map => map.Children.Values.Any(ContainsSecure),
        YamlSequenceNode list => list.Any(ContainsSecure),
        _ => false,
    };

    private static string? Ciphertext(YamlNode node) =>
        node is YamlMappingNode { Children.Count: 1 } map && YamlFile.Find(map, SecureKey) is YamlScalarNode { Value: { } ciphertext } ? ciphertext : null;
}
