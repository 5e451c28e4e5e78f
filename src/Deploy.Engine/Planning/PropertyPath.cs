using System.Globalization;
using System.Text;
using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>The place of a value: <c>root.nested[0]["odd key"]</c>; <c>*</c> stands for any name or index.</summary>
internal sealed record PropertyPath(IReadOnlyList<string> Segments)
{
    private const string Any = "*";

    /// <summary>Null when the text is not a path.</summary>
    public static PropertyPath? TryParse(string text)
    {
        var segments = new List<string>();
        for (var at = 0; at < text.Length;)
        {
            var segment = text[at] == '[' ? Bracket(text, ref at) : Name(text, ref at);
            if (segment is null)
            {
                return null;
            }

            segments.Add(segment);
        }

        return segments.Count == 0 ? null : new(segments);
    }

    /// <summary>Writes a path the official way.</summary>
    public static string Append(string path, string name) => name.All(letter => char.IsLetterOrDigit(letter) || letter is '_' or '$' or '-') && name.Length > 0
        ? path.Length == 0 ? name : $"{path}.{name}"
        : $"{path}[\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"]";

    public static string Append(string path, int index) => string.Create(CultureInfo.InvariantCulture, $"{path}[{index}]");

    /// <summary>Whether a change at <paramref name="other"/> is a change of what this path names: one is at or below the other.</summary>
    public bool Covers(PropertyPath other)
    {
        var common = Math.Min(Segments.Count, other.Segments.Count);
        return Enumerable.Range(0, common).All(index => Segments[index] is Any || Segments[index] == other.Segments[index]);
    }

    /// <summary>
    /// The new value with what this path names as it was: the old value is copied over the new one, or taken away when there was none.
    /// </summary>
    public PropertyMap Restore(PropertyMap old, PropertyMap now) => (PropertyMap)(Restore(old, now, 0) ?? now);

    private PropertyValue? Restore(PropertyValue? old, PropertyValue? now, int depth)
    {
        if (depth == Segments.Count)
        {
            return old;
        }

        return (old, now) switch
        {
            (_, PropertySecret secret) => Restore((old as PropertySecret)?.Element ?? old, secret.Element, depth)?.AsSecret(),
            (PropertySecret secret, _) => Restore(secret.Element, now, depth),
            (PropertyMap or null, PropertyMap map) => RestoreMap(old as PropertyMap ?? PropertyMap.Empty, map, depth),
            (PropertyMap map, null) => RestoreMap(map, PropertyMap.Empty, depth) is { Count: > 0 } restored ? restored : null,
            (PropertyList before, PropertyList list) => RestoreList(before, list, depth),
            _ => now,
        };
    }

    private PropertyMap RestoreMap(PropertyMap old, PropertyMap now, int depth)
    {
        IEnumerable<string> names = Segments[depth] is Any ? old.Keys.Union(now.Keys).ToList() : [Segments[depth]];
        foreach (var name in names)
        {
            var value = Restore(old.Find(name), now.Find(name), depth + 1);
            now = value is null ? now.Without(name) : now.With(name, value);
        }

        return now;
    }

    private PropertyList RestoreList(PropertyList old, PropertyList now, int depth)
    {
        IEnumerable<int> indexes = Segments[depth] is Any
            ? Enumerable.Range(0, Math.Min(old.Count, now.Count))
            : int.TryParse(Segments[depth], NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < old.Count && index < now.Count ? [index] : [];
        foreach (var at in indexes)
        {
            now = now.SetItem(at, Restore(old[at], now[at], depth + 1) ?? now[at]);
        }

        return now;
    }

    private static string? Name(string text, ref int at)
    {
        if (text[at] == '.')
        {
            at++;
        }

        var start = at;
        while (at < text.Length && text[at] is not ('.' or '['))
        {
            at++;
        }

        return at > start ? text[start..at] : null;
    }

    private static string? Bracket(string text, ref int at)
    {
        at++;
        if (at < text.Length && text[at] == '"')
        {
            return Quoted(text, ref at);
        }

        var end = text.IndexOf(']', at);
        if (end <= at)
        {
            return null;
        }

        var segment = text[at..end];
        at = end + 1;
        return segment is Any || segment.All(char.IsAsciiDigit) ? segment : null;
    }

    private static string? Quoted(string text, ref int at)
    {
        var name = new StringBuilder();
        for (at++; at < text.Length && text[at] != '"'; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length)
            {
                at++;
            }

            name.Append(text[at]);
        }

        var closed = at + 1 < text.Length && text[at + 1] == ']';
        at += 2;
        return closed ? name.ToString() : null;
    }
}
