using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

internal interface IUnion
{
    object? Value { get; }
}

/// <summary>A value of one of two types.</summary>
public readonly struct Union<T0, T1> : IEquatable<Union<T0, T1>>, IUnion
{
    private readonly bool _isT1;
    private readonly T0 _value0;
    private readonly T1 _value1;

    private Union(bool isT1, T0 value0, T1 value1)
    {
        _isT1 = isT1;
        _value0 = value0;
        _value1 = value1;
    }

    /// <summary>Whether the value is of the first type.</summary>
    public bool IsT0 => !_isT1;

    /// <summary>Whether the value is of the second type.</summary>
    public bool IsT1 => _isT1;

    /// <summary>The value as the first type; throws when it is of the second.</summary>
    public T0 AsT0 => IsT0 ? _value0 : throw new InvalidOperationException($"The union holds a {typeof(T1).Name}, not a {typeof(T0).Name}.");

    /// <summary>The value as the second type; throws when it is of the first.</summary>
    public T1 AsT1 => IsT1 ? _value1 : throw new InvalidOperationException($"The union holds a {typeof(T0).Name}, not a {typeof(T1).Name}.");

    /// <summary>The value, whatever it is.</summary>
    public object Value => (_isT1 ? (object?)_value1 : _value0)!;

    object? IUnion.Value => Value;

    /// <summary>A union of the first type.</summary>
    public static Union<T0, T1> FromT0(T0 input) => new(false, input, default!);

    /// <summary>A union of the second type.</summary>
    public static Union<T0, T1> FromT1(T1 input) => new(true, default!, input);

    /// <summary>A union of the first type.</summary>
    public static implicit operator Union<T0, T1>(T0 t) => FromT0(t);

    /// <summary>A union of the second type.</summary>
    public static implicit operator Union<T0, T1>(T1 t) => FromT1(t);

    /// <summary>Whether both hold the same value of the same alternative.</summary>
    public static bool operator ==(Union<T0, T1> left, Union<T0, T1> right) => left.Equals(right);

    /// <summary>Whether the values or alternatives differ.</summary>
    public static bool operator !=(Union<T0, T1> left, Union<T0, T1> right) => !left.Equals(right);

    /// <summary>Calls the function for the alternative that is there.</summary>
    public TResult Match<TResult>(Func<T0, TResult> f0, Func<T1, TResult> f1) => _isT1 ? f1(_value1) : f0(_value0);

    /// <summary>Calls the action for the alternative that is there.</summary>
    public void Switch(Action<T0> f0, Action<T1> f1)
    {
        if (_isT1)
        {
            f1(_value1);
        }
        else
        {
            f0(_value0);
        }
    }

    /// <summary>Maps the first alternative, keeps the second.</summary>
    public Union<TResult, T1> MapT0<TResult>(Func<T0, TResult> mapFunc) => _isT1 ? Union<TResult, T1>.FromT1(_value1) : Union<TResult, T1>.FromT0(mapFunc(_value0));

    /// <summary>Maps the second alternative, keeps the first.</summary>
    public Union<T0, TResult> MapT1<TResult>(Func<T1, TResult> mapFunc) => _isT1 ? Union<T0, TResult>.FromT1(mapFunc(_value1)) : Union<T0, TResult>.FromT0(_value0);

    /// <summary>Maps whichever alternative is there.</summary>
    public Union<TResult0, TResult1> Bimap<TResult0, TResult1>(Func<T0, TResult0> mapFunc0, Func<T1, TResult1> mapFunc1) =>
        _isT1 ? Union<TResult0, TResult1>.FromT1(mapFunc1(_value1)) : Union<TResult0, TResult1>.FromT0(mapFunc0(_value0));

    /// <summary>The first alternative, if it is there.</summary>
    public bool TryPickT0([MaybeNullWhen(false)] out T0 value, [MaybeNullWhen(true)] out T1 remainder)
    {
        value = _value0;
        remainder = _value1;
        return IsT0;
    }

    /// <summary>The second alternative, if it is there.</summary>
    public bool TryPickT1([MaybeNullWhen(false)] out T1 value, [MaybeNullWhen(true)] out T0 remainder)
    {
        value = _value1;
        remainder = _value0;
        return IsT1;
    }

    /// <inheritdoc/>
    public bool Equals(Union<T0, T1> other) => _isT1 == other._isT1 && Equals(Value, other.Value);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Union<T0, T1> other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_isT1, Value);

    /// <inheritdoc/>
    public override string ToString() => $"{(_isT1 ? typeof(T1) : typeof(T0)).FullName}: {Value}";
}
