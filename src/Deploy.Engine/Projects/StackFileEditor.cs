using System.Globalization;
using System.Text;
using Deploy.Core;
using Deploy.Engine.Planning;
using Deploy.Engine.State;
using YamlDotNet.Core;

namespace Deploy.Engine.Projects;

/// <summary>Changes single values of a stack's settings file; comments, order and everything else stay as they are written.</summary>
public sealed class StackFileEditor
{
    private const string ConfigKey = "config";
    private const string SaltKey = "encryptionsalt";

    private readonly string _path;

    private StackFileEditor(string path, string text) => (_path, Text) = (path, text);

    /// <summary>The file with the changes made so far.</summary>
    public string Text { get; private set; }

    /// <summary>Opens a settings file; one that does not exist is empty.</summary>
    public static StackFileEditor Open(string path) => new(path, File.Exists(path) ? File.ReadAllText(path) : "");

    /// <summary>Edits a text that is saved to a file later.</summary>
    public static StackFileEditor Edit(string path, string text) => new(path, text);

    /// <summary>Sets one configuration value.</summary>
    /// <param name="key">The full key, such as <c>phi:cloud</c>.</param>
    /// <param name="path">The place inside a structured value, such as <c>[0].endpoints[1].version</c>; empty for the value itself.</param>
    /// <param name="value">The value.</param>
    /// <exception cref="DeployException">The path leads nowhere, or the file is not valid.</exception>
    public void SetConfig(string key, string path, StackFileValue value)
    {
        var inner = path.Length == 0 ? [] : PropertyPath.TryParse(path)?.Segments ?? throw Invalid($"'{path}' is not a path such as [0].name");
        Set([ConfigKey, key, .. inner], value);
    }

    /// <summary>Sets the salt that the file's encrypted values were made with.</summary>
    public void SetSalt(string salt) => Set([SaltKey], StackFileValue.Text(salt));

    /// <summary>Writes the file, whole or not at all.</summary>
    public void Save() => AtomicFile.Write(_path, Encoding.UTF8.GetBytes(Text));

    private void Set(string[] path, StackFileValue value)
    {
        YamlSpan? place = Parse(Text);
        var depth = 0;
        YamlEntrySpan? holder = null;
        while (depth < path.Length && Step(place, path[depth]) is { } next)
        {
            (holder, place) = next;
            depth++;
        }

        var edited = depth == path.Length ? Exchange(holder, place!, value) : Add(place, holder, path, depth, value);

        // A change that the file's own rules do not allow is found here and not by the next command.
        _ = Parse(edited);
        Text = edited;
    }

    private static (YamlEntrySpan? Holder, YamlSpan? Value)? Step(YamlSpan? place, string segment) => place switch
    {
        YamlMappingSpan map when map.Find(segment) is { } entry => (entry, entry.Value),
        YamlSequenceSpan list when Index(segment) is { } index && index < list.Items.Count => (null, list.Items[index]),
        _ => null,
    };

    private string Exchange(YamlEntrySpan? holder, YamlSpan old, StackFileValue value)
    {
        var text = value.Write(keepsText: old is YamlScalarSpan { IsQuoted: true });
        if (holder is null || !Text[holder.KeyEnd..old.Start].Contains('\n', StringComparison.Ordinal))
        {
            // Nothing was written after the colon, where a value needs a space before it.
            return Text[..old.Start] + (old.Start == old.End && old.Start > 0 && Text[old.Start - 1] == ':' ? " " : "") + text + Text[old.End..];
        }

        return Text[..(Text.IndexOf(':', holder.KeyEnd) + 1)] + " " + text + Text[old.End..];
    }

    private string Add(YamlSpan? place, YamlEntrySpan? holder, string[] path, int depth, StackFileValue value)
    {
        var text = value.Nest(path[(depth + 1)..]);
        return place switch
        {
            null or YamlScalarSpan { Value: "" or "~" or "null", IsQuoted: false } => AddFirst(place, holder, path, depth, value),
            YamlMappingSpan { IsFlow: true } map => Insert(map.End - 1, $"{(map.Entries.Count > 0 ? ", " : " ")}{StackFileValue.Key(path[depth])}: {text} "),
            YamlMappingSpan map => AddLine(map, $"{StackFileValue.Key(path[depth])}: {text}"),
            YamlSequenceSpan list when Index(path[depth]) != list.Items.Count => throw Invalid($"there are {list.Items.Count} items, so that '{path[depth]}' is not the next one"),
            YamlSequenceSpan { IsFlow: true } list => Insert(list.End - 1, $"{(list.Items.Count > 0 ? ", " : "")}{text}"),
            YamlSequenceSpan list => AddLine(list, $"- {text}"),
            _ => throw Invalid($"'{path[depth - 1]}' is a plain value: there is no '{path[depth]}' in it"),
        };
    }

    /// <summary>Where there is no value yet: a document without keys, or a key with nothing after it.</summary>
    private string AddFirst(YamlSpan? place, YamlEntrySpan? holder, string[] path, int depth, StackFileValue value)
    {
        if (place is null || holder is null)
        {
            var start = Text.Length == 0 || Text.EndsWith('\n') ? Text : Text + "\n";
            return start + Block(path, value);
        }

        if (holder.Key != ConfigKey || depth != 1)
        {
            return Exchange(holder, place, StackFileValue.Raw(value.Nest(path[depth..])));
        }

        var colon = Text.IndexOf(':', holder.KeyEnd) + 1;
        var end = LineEnd(colon);
        return $"{Text[..colon]}{Text[Math.Max(colon, place.End)..end]}\n  {StackFileValue.Key(path[1])}: {value.Nest(path[2..])}{Text[end..]}";
    }

    private static string Block(string[] path, StackFileValue value) => path is [ConfigKey, var key, .. var rest]
        ? $"{ConfigKey}:\n  {StackFileValue.Key(key)}: {value.Nest(rest)}\n"
        : $"{path[0]}: {value.Write(keepsText: false)}\n";

    /// <summary>A line of its own after the block's last one.</summary>
    private string AddLine(YamlSpan block, string line)
    {
        var end = LineEnd(block.End);
        return $"{Text[..end]}\n{new string(' ', block.Column)}{line}{(end == Text.Length ? "\n" : "")}{Text[end..]}";
    }

    private string Insert(int at, string text)
    {
        // One space before the closing brace is the file's own.
        var before = Text[..at];
        return before.TrimEnd(' ') + text + Text[at..];
    }

    private int LineEnd(int from) => Text.IndexOf('\n', Math.Min(from, Text.Length)) is var end && end < 0 ? Text.Length : end > 0 && Text[end - 1] == '\r' ? end - 1 : end;

    private YamlMappingSpan? Parse(string text)
    {
        try
        {
            return YamlSpan.Parse(text) switch
            {
                null => null,
                YamlMappingSpan { IsFlow: false } map => map,
                YamlScalarSpan { Value: "" } => null,
                _ => throw Invalid("the file is not a block of keys"),
            };
        }
        catch (YamlException exception)
        {
            throw new DeployException(EngineErrors.StackFileInvalid.With($"{Path.GetFileName(_path)}:{exception.Start.Line}:{exception.Start.Column}: {exception.Message}"), exception);
        }
    }

    private static int? Index(string segment) => int.TryParse(segment, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;

    private DeployException Invalid(string message) => new(EngineErrors.StackFileInvalid.With($"{Path.GetFileName(_path)}: {message}"));
}
