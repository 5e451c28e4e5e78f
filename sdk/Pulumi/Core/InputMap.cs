using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// A map with string keys whose values, or which as a whole, may be outputs. Fill it with an initializer
/// (<c>Tags = { ["team"] = "ml" }</c> or <c>Tags = { { "team", "ml" } }</c>) or assign a dictionary.
/// </summary>
public sealed class InputMap<TValue> : Input<ImmutableDictionary<string, TValue>>, IEnumerable, IAsyncEnumerable<Input<KeyValuePair<string, TValue>>>
{
    private Output<ImmutableDictionary<string, Input<TValue>>> _items;

    /// <summary>An empty map.</summary>
    public InputMap()
        : this(Output.Create(ImmutableDictionary<string, Input<TValue>>.Empty))
    {
    }

    private InputMap(Output<ImmutableDictionary<string, Input<TValue>>> items)
        : base(null) => _items = items;

    private protected override IOutput? Content => _items;

    /// <summary>Adds an entry; a key that is there already is an error.</summary>
    public Input<TValue> this[string key]
    {
        set => Add(key, value);
    }

    /// <inheritdoc cref="this[string]"/>
    public void Add(string key, Input<TValue> value) => _items = _items.Apply(items => items.Add(key, value));

    /// <summary>Adds the entries of another map.</summary>
    public void Add(InputMap<TValue> values) => AddRange(values);

    /// <inheritdoc cref="Add(InputMap{TValue})"/>
    public void AddRange(InputMap<TValue> values) => _items = Output.Tuple(_items, values._items).Apply(both => both.Item1.AddRange(both.Item2));

    /// <summary>A new map with the entries of both; the second wins.</summary>
    public static InputMap<TValue> Merge(InputMap<TValue> first, InputMap<TValue> second) =>
        new(Output.Tuple(first._items, second._items).Apply(both => both.Item1.SetItems(both.Item2)));

    /// <summary>The entries, once the map as a whole is known; none when it is unknown.</summary>
    public async IAsyncEnumerator<Input<KeyValuePair<string, TValue>>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var (key, value) in await _items.GetValueAsync(ImmutableDictionary<string, Input<TValue>>.Empty).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return value.Apply(known => KeyValuePair.Create(key, known));
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be enumerated synchronously, its entries may not be known yet; use {nameof(GetAsyncEnumerator)}.");

    /// <summary>A map of these entries.</summary>
    public static implicit operator InputMap<TValue>(Dictionary<string, TValue> values) => new(Output.Create(ToItems(values)));

    /// <inheritdoc cref="op_Implicit(Dictionary{string, TValue})"/>
    public static implicit operator InputMap<TValue>(ImmutableDictionary<string, TValue> values) => new(Output.Create(ToItems(values)));

    /// <summary>A map that becomes known when the output does.</summary>
    public static implicit operator InputMap<TValue>(Output<Dictionary<string, TValue>> values) => new(values.Apply(ToItems));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<IDictionary<string, TValue>> values) => new(values.Apply(ToItems));

    /// <inheritdoc cref="op_Implicit(Output{Dictionary{string, TValue}})"/>
    public static implicit operator InputMap<TValue>(Output<ImmutableDictionary<string, TValue>> values) => new(values.Apply(ToItems));

    private protected override Output<ImmutableDictionary<string, TValue>> AsOutput() => _items.Apply(items =>
    {
        var keys = items.Keys.ToImmutableArray();
        return Output.All(keys.Select(key => items[key])).Apply(values => keys.Zip(values).ToImmutableDictionary(pair => pair.First, pair => pair.Second));
    });

    private static ImmutableDictionary<string, Input<TValue>> ToItems(IEnumerable<KeyValuePair<string, TValue>> values) =>
        values.ToImmutableDictionary(pair => pair.Key, pair => (Input<TValue>)pair.Value);
}
