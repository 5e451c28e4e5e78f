using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Deploy.Core;
using Deploy.Emulator;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Deploy.Cli.Commands.LocalCloud;

/// <summary>Files of resources, in JSON or YAML.</summary>
internal static class SeedFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <exception cref="DeployException">DEP6008 when it cannot be read.</exception>
    public static JsonObject Read(string path)
    {
        try
        {
            var text = File.ReadAllText(path);
            var isJson = text.AsSpan().TrimStart().StartsWith("{");
            return (isJson ? JsonNode.Parse(text) : OfYaml(text)) as JsonObject ?? throw new DeployException(EmulatorErrors.SnapshotInvalid.With($"'{path}' is no object."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException or YamlException)
        {
            throw new DeployException(EmulatorErrors.SnapshotInvalid.With($"'{path}' cannot be read: {e.Message}"), e);
        }
    }

    /// <summary>Readable by its owner only.</summary>
    public static void Write(string path, JsonObject snapshot)
    {
        try
        {
            var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
            {
                File.Delete(path);
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            }

            using var writer = new StreamWriter(path, options);
            writer.WriteLine(snapshot.ToJsonString(Indented));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DeployException(EmulatorErrors.SnapshotInvalid.With($"'{path}' cannot be written: {e.Message}"), e);
        }
    }

    private static JsonNode? OfYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents.Count == 1 ? Node(stream.Documents[0].RootNode) : null;
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Scalar(scalar.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new YamlException(node.Start, node.End, "Aliases are not supported here."),
    };

    // YAML's core schema.
    private static JsonValue? Scalar(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };
}
