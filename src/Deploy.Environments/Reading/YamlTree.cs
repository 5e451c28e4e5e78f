using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deploy.Environments.Reading;

/// <summary>Builds the neutral tree from YAML events, so that places, quotes and keys written twice survive.</summary>
internal sealed partial class YamlTree
{
    // Settings are four levels deep; a text nested much deeper is not settings.
    private const int MaxDepth = 64;

    private readonly string _file;
    private readonly Dictionary<AnchorName, SettingsNode> _anchors = [];

    public YamlTree(string file) => _file = file;

    /// <summary>The only document of a text; null when the text is empty.</summary>
    public SettingsNode? Read(string text)
    {
        var scanner = new Scanner(new StringReader(text));
        try
        {
            return Document(new Parser(scanner));
        }
        catch (InvalidOperationException)
        {
            // YamlDotNet's scanner gives up this way on some broken texts: a flow mapping that is not closed, for one.
            throw new YamlException(scanner.CurrentPosition, scanner.CurrentPosition, "a bracket, brace or quote before this place is not closed");
        }
    }

    private SettingsNode? Document(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _))
        {
            return null;
        }

        parser.Consume<DocumentStart>();
        var root = Node(parser, 0);
        parser.Consume<DocumentEnd>();
        return parser.Accept<DocumentStart>(out var second)
            ? throw new YamlException(second.Start, second.End, "a second document begins here, but a settings file has one")
            : root;
    }

    public static SourceMark MarkOf(string file, Mark mark) => new(file, Math.Max(1, (int)mark.Line), Math.Max(1, (int)mark.Column));

    /// <summary>The parser's message without the place that it repeats in front.</summary>
    public static string MessageOf(YamlException fault) => PlacePrefix().Replace(fault.Message, string.Empty).TrimEnd('.');

    private SettingsNode Node(Parser parser, int depth)
    {
        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.GetValueOrDefault(alias.Value) ?? throw new YamlException(alias.Start, alias.End, $"the alias '*{alias.Value}' refers to nothing before it");
        }

        if (!parser.Accept<NodeEvent>(out var start))
        {
            throw new YamlException("a value is missing");
        }

        if (depth > MaxDepth)
        {
            throw new YamlException(start.Start, start.End, $"nested more than {MaxDepth} levels deep");
        }

        SettingsNode node = start switch
        {
            Scalar => Value(parser.Consume<Scalar>()),
            SequenceStart => Sequence(parser, depth),
            _ => Mapping(parser, depth),
        };
        if (!start.Anchor.IsEmpty)
        {
            _anchors[start.Anchor] = node;
        }

        return node;
    }

    private ScalarNode Value(Scalar scalar) => new(MarkOf(_file, scalar.Start), KindOf(scalar), scalar.Value);

    private SequenceNode Sequence(Parser parser, int depth)
    {
        var start = parser.Consume<SequenceStart>();
        var items = new List<SettingsNode>();
        while (!parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(parser, depth + 1));
        }

        return new SequenceNode(MarkOf(_file, start.Start), items);
    }

    private SettingsNode Mapping(Parser parser, int depth)
    {
        var start = parser.Consume<MappingStart>();
        var entries = new List<MappingEntry>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (!parser.TryConsume<Scalar>(out var key))
            {
                throw new YamlException(start.Start, start.End, "every key of a mapping must be plain text");
            }

            entries.Add(new MappingEntry(key.Value, MarkOf(_file, key.Start), Node(parser, depth + 1)));
        }

        var mark = MarkOf(_file, start.Start);
        return entries is [{ Key: "secure" }] ? new SecretNode(mark) : new MappingNode(mark, entries);
    }

    // YAML 1.2 core schema; quoted and block text is text.
    private static ScalarKind KindOf(Scalar scalar) => scalar.Style != ScalarStyle.Plain ? ScalarKind.String : scalar.Value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => ScalarKind.Null,
        "true" or "True" or "TRUE" or "false" or "False" or "FALSE" => ScalarKind.Boolean,
        var text when Integer().IsMatch(text) => ScalarKind.Integer,
        var text when Number().IsMatch(text) => ScalarKind.Number,
        _ => ScalarKind.String,
    };

    [GeneratedRegex(@"^\(Line: \d+, Col: \d+, Idx: \d+\)( - \(Line: \d+, Col: \d+, Idx: \d+\))?: ")]
    private static partial Regex PlacePrefix();

    [GeneratedRegex("^[-+]?[0-9]+$")]
    private static partial Regex Integer();

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$")]
    private static partial Regex Number();
}
