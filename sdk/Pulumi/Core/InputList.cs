using System.Collections;
using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// A list whose elements, or which as a whole, may be outputs. Fill it with a collection initializer (<c>Zones = { "1", "2" }</c>) or assign a list.
/// </summary>
public sealed class InputList<T> : Input<ImmutableArray<T>>, IEnumerable, IAsyncEnumerable<Input<T>>
{
    private Output<ImmutableArray<Input<T>>> _items;

    /// <summary>An empty list.</summary>
    public InputList()
        : this(Output.Create(ImmutableArray<Input<T>>.Empty))
    {
    }

    private InputList(Output<ImmutableArray<Input<T>>> items)
        : base(null) => _items = items;

    private protected override IOutput? Content => _items;

    /// <summary>Appends elements.</summary>
    public void Add(params Input<T>[] inputs) => AddRange(inputs);

    /// <summary>Appends a list; lets collection initializers contain lists.</summary>
    public void Add(InputList<T> inputs) => AddRange(inputs);

    /// <summary>Appends a list.</summary>
    public void AddRange(InputList<T> inputs) => _items = Concat(inputs)._items;

    /// <summary>A new list: this one followed by <paramref name="other"/>.</summary>
    public InputList<T> Concat(InputList<T> other) => new(Output.Tuple(_items, other._items).Apply(both => both.Item1.AddRange(both.Item2)));

    /// <summary>The elements, once the list as a whole is known; none when it is unknown.</summary>
    public async IAsyncEnumerator<Input<T>> GetAsyncEnumerator(CancellationToken cancellationToken)
    {
        foreach (var item in await _items.GetValueAsync([]).ConfigureAwait(false))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }
    }

    IEnumerator IEnumerable.GetEnumerator() =>
        throw new NotSupportedException($"A {GetType().FullName} cannot be enumerated synchronously, its elements may not be known yet; use {nameof(GetAsyncEnumerator)}.");

    /// <summary>A list of one element.</summary>
    public static implicit operator InputList<T>(T value) => FromItems([value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Output<T> value) => FromItems([value]);

    /// <inheritdoc cref="op_Implicit(T)"/>
    public static implicit operator InputList<T>(Input<T> value) => FromItems([value]);

    /// <summary>A list of these elements.</summary>
    public static implicit operator InputList<T>(T[] values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Output<T>[] values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(Input<T>[] values) => FromItems(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<T> values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Output<T>> values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(List<Input<T>> values) => FromItems(values);

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<T> values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Output<T>> values) => FromItems(values.Select(value => (Input<T>)value));

    /// <inheritdoc cref="op_Implicit(T[])"/>
    public static implicit operator InputList<T>(ImmutableArray<Input<T>> values) => FromItems(values);

    /// <summary>A list that becomes known when the output does.</summary>
    public static implicit operator InputList<T>(Output<T[]> values) => new(values.Apply(ToItems));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<List<T>> values) => new(values.Apply(ToItems));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<IEnumerable<T>> values) => new(values.Apply(ToItems));

    /// <inheritdoc cref="op_Implicit(Output{T[]})"/>
    public static implicit operator InputList<T>(Output<ImmutableArray<T>> values) => new(values.Apply(items => ToItems(items)));

    internal InputList<T> Clone() => new(_items);

    private protected override Output<ImmutableArray<T>> AsOutput() => _items.Apply(items => Output.All(items.AsEnumerable()));

    private static InputList<T> FromItems(IEnumerable<Input<T>> items) => new(Output.Create(items.ToImmutableArray()));

    private static ImmutableArray<Input<T>> ToItems(IEnumerable<T> values) => [.. values.Select(value => (Input<T>)value)];
}
