using System.Collections;
using System.Collections.Immutable;

namespace Deploy.Engine.Values;

/// <summary>An ordered list of values.</summary>
public sealed record PropertyList : PropertyValue, IReadOnlyList<PropertyValue>
{
    private readonly ImmutableArray<PropertyValue> _items;

    public PropertyList(IEnumerable<PropertyValue> items) => _items = [.. items];

    public PropertyList(params PropertyValue[] items) => _items = [.. items];

    public int Count => _items.Length;

    public PropertyValue this[int index] => _items[index];

    public override bool ContainsUnknowns => _items.Any(item => item.ContainsUnknowns);

    public override bool ContainsSecrets => _items.Any(item => item.ContainsSecrets);

    public override PropertyValue WithoutSecrets() => ContainsSecrets ? new PropertyList(_items.Select(item => item.WithoutSecrets())) : this;

    public PropertyList SetItem(int index, PropertyValue value) => new(_items.SetItem(index, value));

    public bool Equals(PropertyList? other) => other is not null && _items.SequenceEqual(other._items);

    public override int GetHashCode() => _items.Aggregate(17, HashCode.Combine);

    public IEnumerator<PropertyValue> GetEnumerator() => ((IEnumerable<PropertyValue>)_items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
