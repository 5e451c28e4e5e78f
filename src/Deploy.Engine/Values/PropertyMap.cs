using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Deploy.Engine.Values;

/// <summary>Values by name, in ordinal order of the names. Immutable: every change returns a new map.</summary>
public sealed record PropertyMap : PropertyValue, IReadOnlyDictionary<string, PropertyValue>
{
    private readonly ImmutableSortedDictionary<string, PropertyValue> _entries;

    private PropertyMap(ImmutableSortedDictionary<string, PropertyValue> entries) => _entries = entries;

    public static PropertyMap Empty { get; } = new(ImmutableSortedDictionary.Create<string, PropertyValue>(StringComparer.Ordinal));

    /// <summary>Makes a map; a later entry replaces an earlier one of the same name.</summary>
    public static PropertyMap Create(IEnumerable<KeyValuePair<string, PropertyValue>> entries) => new(Empty._entries.SetItems(entries));

    public static PropertyMap Create(params (string Name, PropertyValue Value)[] entries) =>
        Create(entries.Select(entry => KeyValuePair.Create(entry.Name, entry.Value)));

    public int Count => _entries.Count;

    public IEnumerable<string> Keys => _entries.Keys;

    public IEnumerable<PropertyValue> Values => _entries.Values;

    public PropertyValue this[string key] => _entries[key];

    public override bool ContainsUnknowns => _entries.Values.Any(value => value.ContainsUnknowns);

    public override bool ContainsSecrets => _entries.Values.Any(value => value.ContainsSecrets);

    /// <summary>The value of that name; null when there is none.</summary>
    public PropertyValue? Find(string name) => _entries.GetValueOrDefault(name);

    public PropertyMap With(string name, PropertyValue value) => new(_entries.SetItem(name, value));

    public PropertyMap Without(string name) => new(_entries.Remove(name));

    public PropertyMap Where(Func<string, PropertyValue, bool> keep) => Create(_entries.Where(entry => keep(entry.Key, entry.Value)));

    public PropertyMap Select(Func<string, PropertyValue, PropertyValue> change) =>
        Create(_entries.Select(entry => KeyValuePair.Create(entry.Key, change(entry.Key, entry.Value))));

    /// <summary>This map with the entries of the other one over it.</summary>
    public PropertyMap Merge(PropertyMap over) => new(_entries.SetItems(over._entries));

    public override PropertyMap WithoutSecrets() => ContainsSecrets ? Select(static (_, value) => value.WithoutSecrets()) : this;

    public bool ContainsKey(string key) => _entries.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out PropertyValue value) => _entries.TryGetValue(key, out value);

    public bool Equals(PropertyMap? other) => other is not null && (ReferenceEquals(_entries, other._entries) || _entries.SequenceEqual(other._entries));

    public override int GetHashCode() => _entries.Aggregate(17, static (hash, entry) => HashCode.Combine(hash, entry.Key, entry.Value));

    public IEnumerator<KeyValuePair<string, PropertyValue>> GetEnumerator() => _entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
