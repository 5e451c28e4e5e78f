using YamlDotNet.RepresentationModel;

namespace Deploy.Engine.Projects;

/// <summary>Reads the declarations under <c>config</c> in <c>Pulumi.yaml</c>.</summary>
internal static class ConfigSchemaReader
{
    private static readonly HashSet<string> Members = ["type", "items", "description", "secret", "default", "value"];

    public static IReadOnlyDictionary<string, ConfigDeclaration> Read(YamlFile file, YamlMappingNode declarations, string project)
    {
        var result = new SortedDictionary<string, ConfigDeclaration>(StringComparer.Ordinal);
        foreach (var (keyNode, node) in declarations)
        {
            var key = (keyNode as YamlScalarNode)?.Value ?? "";
            var own = !key.Contains(':') || key.StartsWith(project + ":", StringComparison.Ordinal);
            var fullKey = key.Contains(':') ? key : $"{project}:{key}";
            result[fullKey] = node is YamlMappingNode map && map.Children.Count > 0 && map.Children.Keys.All(name => Members.Contains((name as YamlScalarNode)?.Value ?? ""))
                ? ReadDeclaration(file, map, fullKey, own)
                : new() { Type = ConfigType.Any, Default = StackConfigReader.ToText(node), Line = (int)node.Start.Line };
        }

        return result;
    }

    private static ConfigDeclaration ReadDeclaration(YamlFile file, YamlMappingNode map, string key, bool own)
    {
        var (value, fallback) = (YamlFile.Find(map, "value"), YamlFile.Find(map, "default"));
        if (value is not null && fallback is not null)
        {
            file.Fault(map, $"'{key}' has both 'value' and 'default'; one of them is allowed");
        }

        if (!own && (fallback is not null || YamlFile.Find(map, "type") is not null))
        {
            file.Fault(map, $"'{key}' belongs to another namespace; only 'value' is allowed for it");
        }

        var declaration = new ConfigDeclaration
        {
            Type = ReadType(file, map, key),
            Items = YamlFile.Find(map, "items") is YamlMappingNode items ? ReadDeclaration(file, items, key + "[]", own: true) : null,
            Description = file.Text(map, "description") ?? "",
            Secret = file.Text(map, "secret") == "true",
            Default = (value ?? fallback) is { } node ? StackConfigReader.ToText(node) : null,
            Line = (int)map.Start.Line,
        };
        if (declaration is { Type: ConfigType.Array, Items: null })
        {
            file.Fault(map, $"'{key}' is an array and needs 'items'");
        }

        if ((value ?? fallback) is { } given && ConfigTypes.Mismatch(declaration, given) is { } mismatch)
        {
            file.Fault(given, $"the default of '{key}' must be {mismatch}");
        }

        return declaration;
    }

    private static ConfigType ReadType(YamlFile file, YamlMappingNode map, string key)
    {
        var node = YamlFile.Find(map, "type");
        switch (file.Text(map, "type"))
        {
            case null:
                return ConfigType.Any;
            case "string":
                return ConfigType.String;
            case "integer":
                return ConfigType.Integer;
            case "boolean":
                return ConfigType.Boolean;
            case "array":
                return ConfigType.Array;
            case "object":
                return ConfigType.Object;
            case var other:
                file.Fault(node!, $"'{key}' has the unknown type '{other}'; known are string, integer, boolean, array and object");
                return ConfigType.Any;
        }
    }
}
