using System.Globalization;
using System.Text.Json.Nodes;
using Deploy.Core;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Deploy.Engine.Projects;

/// <summary>A YAML file with the places of its nodes, collecting every fault found in it.</summary>
internal sealed class YamlFile
{
    private readonly string _name;
    private readonly ErrorDefinition _definition;
    private readonly List<DeployError> _errors = [];

    private YamlFile(string name, ErrorDefinition definition) => (_name, _definition) = (name, definition);

    /// <summary>The document's mapping; empty when there is none.</summary>
    public YamlMappingNode Root { get; private set; } = new();

    public IReadOnlyList<DeployError> Errors => _errors;

    /// <param name="path">The file.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="definition">The kind of fault that it is when the file is not valid.</param>
    public static YamlFile Read(string path, string name, ErrorDefinition definition)
    {
        var file = new YamlFile(name, definition);
        Scanner? scanner = null;
        try
        {
            using var reader = new StreamReader(path);
            var stream = new YamlStream();
            scanner = new Scanner(reader);
            stream.Load(new Parser(scanner));
            switch (stream.Documents.Count == 0 ? null : stream.Documents[0].RootNode)
            {
                case YamlMappingNode root:
                    file.Root = root;
                    break;
                case null or YamlScalarNode { Value: null or "" }:
                    break;
                case var other:
                    file.Fault(other, "a mapping was expected");
                    break;
            }
        }
        catch (YamlException exception)
        {
            file._errors.Add(definition.With($"{name}:{exception.Start.Line}:{exception.Start.Column}: {exception.InnerException?.Message ?? exception.Message}"));
        }
        catch (InvalidOperationException) when (scanner is not null)
        {
            // YamlDotNet's scanner gives up this way on some broken texts: a flow mapping that is not closed, for one.
            var place = scanner.CurrentPosition;
            file._errors.Add(definition.With($"{name}:{place.Line}:{place.Column}: a bracket, brace or quote before this place is not closed"));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            file._errors.Add(definition.With($"{name}: {exception.Message}"));
        }

        return file;
    }

    public void Fault(YamlNode node, string message, ErrorDefinition? definition = null) =>
        _errors.Add((definition ?? _definition).With($"{_name}:{node.Start.Line}:{node.Start.Column}: {message}"));

    public void Fault(string message, ErrorDefinition definition) => _errors.Add(definition.With($"{_name}: {message}"));

    public static YamlNode? Find(YamlMappingNode map, string key) => map.Children.FirstOrDefault(entry => (entry.Key as YamlScalarNode)?.Value == key).Value;

    /// <summary>The text under a key; a fault when it is not a scalar.</summary>
    public string? Text(YamlMappingNode map, string key)
    {
        switch (Find(map, key))
        {
            case null:
                return null;
            case YamlScalarNode scalar:
                return scalar.Value;
            case var other:
                Fault(other, $"'{key}' must be a text");
                return null;
        }
    }

    /// <summary>What a plain YAML scalar means in JSON; what is quoted is a text.</summary>
    public static JsonNode? ScalarToJson(YamlScalarNode scalar)
    {
        var text = scalar.Value ?? "";
        if (scalar.Style is not (ScalarStyle.Plain or ScalarStyle.Any))
        {
            return text;
        }

        return text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => null,
            "true" or "True" or "TRUE" => true,
            "false" or "False" or "FALSE" => false,
            _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => whole,
            _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) && char.IsAsciiDigit(text[^1]) => number,
            _ => text,
        };
    }
}
