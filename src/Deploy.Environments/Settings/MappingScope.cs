using System.Globalization;
using System.Text.Json;
using Deploy.Core;
using Deploy.Environments.Reading;

namespace Deploy.Environments.Settings;

/// <summary>Takes typed values out of one mapping and notes a fault for each that is not what it should be.</summary>
internal sealed class MappingScope
{
    private readonly string _path;
    private readonly SourceMark? _mark;
    private readonly FaultList _faults;

    public MappingScope(MappingNode node, string path, SourceMark? mark, FaultList faults)
    {
        Entries = node.Entries;
        _path = path;
        _mark = mark;
        _faults = faults;
    }

    public IReadOnlyList<MappingEntry> Entries { get; }

    public SourceMark? Mark => _mark;

    /// <summary>The value of a key; null when it is absent or null.</summary>
    public SettingsNode? Take(string key) =>
        Entries.FirstOrDefault(entry => entry.Key == key)?.Value is { } node and not ScalarNode { Kind: ScalarKind.Null } ? node : null;

    public SourceMark? MarkOf(string key) => Take(key)?.Mark ?? Entries.FirstOrDefault(entry => entry.Key == key)?.KeyMark ?? _mark;

    public void Fault(string key, ErrorDefinition definition, string message, string? suggestion = null) =>
        _faults.Add(MarkOf(key), PathOf(key), definition, message, suggestion);

    public void Refuse(MappingEntry entry, string? meant) => _faults.Add(
        entry.KeyMark, PathOf(entry.Key), SettingsErrors.UnknownKey, $"unknown key '{entry.Key}'.", meant is null ? null : $"Did you mean '{meant}'?");

    /// <summary>Notes every key that is none of the known ones, and every key that is written twice.</summary>
    public void RefuseUnknown(params string[] known)
    {
        RefuseDuplicates();
        foreach (var entry in Entries.Where(entry => !known.Contains(entry.Key, StringComparer.Ordinal)))
        {
            var near = Spelling.Nearest(entry.Key, known);
            _faults.Add(
                entry.KeyMark, PathOf(entry.Key), SettingsErrors.UnknownKey, $"unknown key '{entry.Key}'; known here: {string.Join(", ", known)}.", near is null ? null : $"Did you mean '{near}'?");
        }
    }

    public void RefuseDuplicates()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in Entries.Where(entry => !seen.Add(entry.Key)))
        {
            _faults.Add(entry.KeyMark, PathOf(entry.Key), SettingsErrors.DuplicateKey, $"the key '{entry.Key}' is written twice.");
        }
    }

    public string? RequiredText(string key, string purpose)
    {
        if (Take(key) is null)
        {
            _faults.Add(MarkOf(key), PathOf(key), SettingsErrors.Missing, $"'{key}' is missing: {purpose}.", $"Add '{key}'.");
            return null;
        }

        return OptionalText(key);
    }

    /// <summary>Text; null when absent or of another type.</summary>
    public string? OptionalText(string key) => Take(key) switch
    {
        null => null,
        ScalarNode { Kind: ScalarKind.String } scalar => scalar.Text,
        var other => WrongType<string?>(key, "text", other, null),
    };

    /// <summary>Text or a whole number, as text: a version looks like either.</summary>
    public string? OptionalVersion(string key) => Take(key) switch
    {
        null => null,
        ScalarNode { Kind: ScalarKind.String or ScalarKind.Integer } scalar => scalar.Text,
        var other => WrongType<string?>(key, "a version such as \"7\"", other, null),
    };

    public int Integer(string key, int absent, int minimum, int maximum)
    {
        switch (Take(key))
        {
            case null:
                return absent;
            case ScalarNode { Kind: ScalarKind.Integer } scalar:
                if (int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= minimum && number <= maximum)
                {
                    return number;
                }

                Fault(key, SettingsErrors.NotAllowed, $"'{key}' is {scalar.Text}, but must be {minimum} to {maximum}.");
                return absent;
            case var other:
                return WrongType(key, "a whole number", other, absent);
        }
    }

    /// <summary>One of an enumeration's words, exactly as they are written; <paramref name="absent"/> when the key is not there or wrong.</summary>
    public T Choice<T>(string key, T absent)
        where T : struct, Enum => OptionalChoice<T>(key) ?? absent;

    /// <summary>One of an enumeration's words; null when the key is not there or wrong.</summary>
    public T? OptionalChoice<T>(string key)
        where T : struct, Enum
    {
        if (OptionalText(key) is not { } text)
        {
            return null;
        }

        var words = Enum.GetValues<T>().ToDictionary(Words.Of, StringComparer.Ordinal);
        if (words.TryGetValue(text, out var choice))
        {
            return choice;
        }

        var near = Spelling.Nearest(text, words.Keys);
        Fault(key, SettingsErrors.NotAllowed, $"'{key}' is '{text}', but must be one of {string.Join(", ", words.Keys)}.", near is null ? null : $"Did you mean '{near}'?");
        return null;
    }

    public MappingScope? Mapping(string key) => Take(key) switch
    {
        null => null,
        MappingNode mapping => new MappingScope(mapping, PathOf(key), mapping.Mark, _faults),
        var other => WrongType<MappingScope?>(key, "a mapping", other, null),
    };

    /// <summary>The mappings of a list; items of another type are noted and left out. Null when the key is absent or no list.</summary>
    public IReadOnlyList<MappingScope>? Mappings(string key)
    {
        switch (Take(key))
        {
            case null:
                return null;
            case SequenceNode sequence:
                return [.. sequence.Items.Select((item, index) => Item(item, $"{PathOf(key)}[{index}]")).OfType<MappingScope>()];
            case var other:
                return WrongType<IReadOnlyList<MappingScope>?>(key, "a list", other, null);
        }
    }

    private MappingScope? Item(SettingsNode item, string path)
    {
        if (item is MappingNode mapping)
        {
            return new MappingScope(mapping, path, mapping.Mark, _faults);
        }

        _faults.Add(item.Mark, path, SettingsErrors.WrongType, $"a mapping is needed here, but this is {Describe(item)}.");
        return null;
    }

    private T WrongType<T>(string key, string needed, SettingsNode found, T value)
    {
        var quote = needed == "text" && found is ScalarNode ? $"Put it into quotes." : null;
        Fault(key, SettingsErrors.WrongType, $"'{key}' must be {needed}, but is {Describe(found)}.", quote);
        return value;
    }

    private static string Describe(SettingsNode node) => node switch
    {
        ScalarNode { Kind: ScalarKind.Null } => "empty",
        ScalarNode { Kind: ScalarKind.Boolean } scalar => $"the boolean {scalar.Text}",
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Number } scalar => $"the number {scalar.Text}",
        ScalarNode scalar => $"the text '{scalar.Text}'",
        SequenceNode => "a list",
        SecretNode => "an encrypted value",
        _ => "a mapping",
    };

    private string PathOf(string key) => _path.Length == 0 ? key : $"{_path}.{key}";
}
