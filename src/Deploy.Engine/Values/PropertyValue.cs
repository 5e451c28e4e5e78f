using System.Globalization;

namespace Deploy.Engine.Values;

/// <summary>
/// One value of a resource's inputs or outputs, as the deployment protocol knows them. Immutable; equality is deep. Numbers are doubles.
/// </summary>
public abstract record PropertyValue
{
    private protected PropertyValue()
    {
    }

    public static PropertyValue Null { get; } = new PropertyNull();

    /// <summary>A value that exists only after something not yet done has been done.</summary>
    public static PropertyValue Unknown { get; } = new PropertyUnknown();

    public bool IsNull => this is PropertyNull;

    /// <summary>Whether this value is unknown or holds an unknown anywhere inside, also behind a secret.</summary>
    public virtual bool ContainsUnknowns => false;

    /// <summary>Whether this value is secret or holds a secret anywhere inside.</summary>
    public virtual bool ContainsSecrets => false;

    /// <summary>The text, looking through secrets and output values; null when it is anything else.</summary>
    public string? AsString() => (Bare as PropertyString)?.Value;

    public bool? AsBool() => (Bare as PropertyBool)?.Value;

    public double? AsNumber() => (Bare as PropertyNumber)?.Value;

    public PropertyMap? AsMap() => Bare as PropertyMap;

    public PropertyList? AsList() => Bare as PropertyList;

    /// <summary>This value without the secret and output envelopes around it (not inside it).</summary>
    public virtual PropertyValue Bare => this;

    /// <summary>This value without secret envelopes anywhere; what a provider sees that does not accept secrets.</summary>
    public virtual PropertyValue WithoutSecrets() => this;

    /// <summary>Marks the value as secret; a value that is secret already stays as it is.</summary>
    public PropertyValue AsSecret() => this is PropertySecret ? this : new PropertySecret(this);

    public static implicit operator PropertyValue(string? value) => FromString(value);

    public static implicit operator PropertyValue(bool value) => FromBoolean(value);

    public static implicit operator PropertyValue(double value) => FromDouble(value);

    public static implicit operator PropertyValue(int value) => FromDouble(value);

    public static PropertyValue FromString(string? value) => value is null ? Null : new PropertyString(value);

    public static PropertyValue FromBoolean(bool value) => new PropertyBool(value);

    public static PropertyValue FromDouble(double value) => new PropertyNumber(value);

    /// <summary>A short text for messages; a secret prints as <c>[secret]</c>, an unknown as <c>[unknown]</c>.</summary>
    public sealed override string ToString() => PropertyJson.ToDisplayText(this);
}

public sealed record PropertyNull : PropertyValue;

public sealed record PropertyBool(bool Value) : PropertyValue;

public sealed record PropertyNumber(double Value) : PropertyValue
{
    /// <summary>The shortest text that reads back as the same number.</summary>
    public string Text => Value.ToString("R", CultureInfo.InvariantCulture);
}

public sealed record PropertyString(string Value) : PropertyValue;

public sealed record PropertyUnknown : PropertyValue
{
    public override bool ContainsUnknowns => true;
}

/// <summary>A value that is encrypted in state and never shown.</summary>
public sealed record PropertySecret(PropertyValue Element) : PropertyValue
{
    public override bool ContainsUnknowns => Element.ContainsUnknowns;

    public override bool ContainsSecrets => true;

    public override PropertyValue Bare => Element.Bare;

    public override PropertyValue WithoutSecrets() => Element.WithoutSecrets();
}

/// <summary>A file or text; exactly one of <see cref="Text"/>, <see cref="Path"/> and <see cref="Uri"/> is set.</summary>
public sealed record PropertyAsset : PropertyValue
{
    public string? Text { get; init; }

    public string? Path { get; init; }

    public string? Uri { get; init; }

    /// <summary>SHA-256 of the bytes in hex; empty when not computed.</summary>
    public string Hash { get; init; } = "";
}

/// <summary>A collection of assets; exactly one of <see cref="Assets"/>, <see cref="Path"/> and <see cref="Uri"/> is set.</summary>
public sealed record PropertyArchive : PropertyValue
{
    public PropertyMap? Assets { get; init; }

    public string? Path { get; init; }

    public string? Uri { get; init; }

    public string Hash { get; init; } = "";
}

/// <summary>A resource as a value. <see cref="Id"/> is null for a component and <see cref="PropertyUnknown"/> before a resource exists.</summary>
public sealed record PropertyReference(Urn Urn, PropertyValue? Id, string PackageVersion) : PropertyValue
{
    public override bool ContainsUnknowns => Id?.ContainsUnknowns ?? false;
}

/// <summary>A value with its dependencies; <see cref="Element"/> is null when it is unknown.</summary>
public sealed record PropertyOutput(PropertyValue? Element, bool Secret, IReadOnlyList<Urn> Dependencies) : PropertyValue
{
    public override bool ContainsUnknowns => Element?.ContainsUnknowns ?? true;

    public override bool ContainsSecrets => Secret || (Element?.ContainsSecrets ?? false);

    public override PropertyValue Bare => Element?.Bare ?? Unknown;

    public override PropertyValue WithoutSecrets() => this with { Element = Element?.WithoutSecrets(), Secret = false };

    public bool Equals(PropertyOutput? other) =>
        other is not null && Secret == other.Secret && Equals(Element, other.Element) && Dependencies.SequenceEqual(other.Dependencies);

    public override int GetHashCode() => HashCode.Combine(Element, Secret, Dependencies.Count);
}
