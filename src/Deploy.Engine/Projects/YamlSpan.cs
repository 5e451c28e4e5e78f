using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Deploy.Engine.Projects;

/// <summary>A value of a YAML text with the place where it is written, so that it can be exchanged without touching anything else.</summary>
/// <param name="Start">Index of its first character.</param>
/// <param name="End">Index after its last character; what follows on the line (a comment) is not part of it.</param>
/// <param name="Column">Zero-based column of its first character: the indentation of a block.</param>
internal abstract record YamlSpan(int Start, int End, int Column)
{
    /// <summary>The document's value; null when the text holds none.</summary>
    /// <exception cref="YamlException">The text is not YAML.</exception>
    public static YamlSpan? Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        parser.Consume<StreamStart>();
        if (!parser.TryConsume<DocumentStart>(out _))
        {
            return null;
        }

        var root = Read(parser, text);
        parser.Consume<DocumentEnd>();
        return root;
    }

    private static YamlSpan Read(Parser parser, string text)
    {
        if (parser.TryConsume<MappingStart>(out var mapping))
        {
            return ReadMapping(parser, mapping, text);
        }

        if (parser.TryConsume<SequenceStart>(out var sequence))
        {
            return ReadSequence(parser, sequence, text);
        }

        if (parser.TryConsume<AnchorAlias>(out var alias))
        {
            return new YamlScalarSpan((int)alias.Start.Index, (int)alias.End.Index, ColumnOf(alias), "", IsQuoted: false);
        }

        var scalar = parser.Consume<Scalar>();
        return new YamlScalarSpan((int)scalar.Start.Index, Trim(text, scalar.Start, scalar.End), ColumnOf(scalar), scalar.Value, scalar.Style is ScalarStyle.SingleQuoted or ScalarStyle.DoubleQuoted);
    }

    private static YamlMappingSpan ReadMapping(Parser parser, MappingStart start, string text)
    {
        var entries = new List<YamlEntrySpan>();
        MappingEnd end;
        while (!parser.TryConsume(out end!))
        {
            var key = parser.Consume<Scalar>();
            entries.Add(new(key.Value, (int)key.Start.Index, (int)key.End.Index, Read(parser, text)));
        }

        var isFlow = start.Style == MappingStyle.Flow;
        var last = isFlow ? Closing(text, end, '}') : entries.Count == 0 ? (int)end.End.Index : entries[^1].Value.End;
        return new((int)start.Start.Index, last, ColumnOf(start), isFlow, entries);
    }

    private static YamlSequenceSpan ReadSequence(Parser parser, SequenceStart start, string text)
    {
        var items = new List<YamlSpan>();
        SequenceEnd end;
        while (!parser.TryConsume(out end!))
        {
            items.Add(Read(parser, text));
        }

        var isFlow = start.Style == SequenceStyle.Flow;
        var last = isFlow ? Closing(text, end, ']') : items.Count == 0 ? (int)end.End.Index : items[^1].End;
        return new((int)start.Start.Index, last, ColumnOf(start), isFlow, items);
    }

    /// <summary>A block text ends behind its line breaks, which belong to the file.</summary>
    private static int Trim(string text, Mark start, Mark end)
    {
        var last = Math.Min((int)end.Index, text.Length);
        while (last > start.Index && char.IsWhiteSpace(text[last - 1]))
        {
            last--;
        }

        return last;
    }

    /// <summary>Index after the closing bracket; the parser's mark is before it.</summary>
    private static int Closing(string text, ParsingEvent end, char bracket) => text.IndexOf(bracket, (int)end.Start.Index) + 1;

    private static int ColumnOf(ParsingEvent item) => (int)item.Start.Column - 1;
}

internal sealed record YamlScalarSpan(int Start, int End, int Column, string Value, bool IsQuoted) : YamlSpan(Start, End, Column);

internal sealed record YamlMappingSpan(int Start, int End, int Column, bool IsFlow, IReadOnlyList<YamlEntrySpan> Entries) : YamlSpan(Start, End, Column)
{
    public YamlEntrySpan? Find(string key) => Entries.FirstOrDefault(entry => entry.Key == key);
}

internal sealed record YamlSequenceSpan(int Start, int End, int Column, bool IsFlow, IReadOnlyList<YamlSpan> Items) : YamlSpan(Start, End, Column);

internal sealed record YamlEntrySpan(string Key, int KeyStart, int KeyEnd, YamlSpan Value);
