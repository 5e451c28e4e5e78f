using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Deploy.Engine.Projects;

/// <summary>Compares a value with its declared type.</summary>
internal static class ConfigTypes
{
    /// <summary>What the value should have been; null when it is right.</summary>
    public static string? Mismatch(ConfigDeclaration declaration, YamlNode node) => declaration.Type switch
    {
        ConfigType.String when node is not YamlScalarNode => "a string",
        ConfigType.Integer when !long.TryParse((node as YamlScalarNode)?.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "an integer",
        ConfigType.Boolean when (node as YamlScalarNode)?.Value is not ("true" or "false") => "true or false",
        ConfigType.Object when node is not YamlMappingNode => "an object",
        ConfigType.Array when node is not YamlSequenceNode => "an array",
        ConfigType.Array when declaration.Items is { } items =>
            ((YamlSequenceNode)node).Select(item => Mismatch(items, item)).FirstOrDefault(text => text is not null) is { } inner ? $"an array whose items are {inner}" : null,
        _ => null,
    };
}
