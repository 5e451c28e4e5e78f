using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Conversion;

/// <summary>Takes envelopes off: what is left are texts, numbers, flags, lists, maps, nulls and unknowns.</summary>
internal static class Plain
{
    public static PropertyMap From(PropertyMap map) => map.Select(static (_, value) => From(value));

    public static PropertyValue From(PropertyValue value) => value.Bare switch
    {
        PropertyMap map => From(map),
        PropertyList list => new PropertyList(list.Select(From)),
        PropertyReference reference => reference.Id?.Bare ?? PropertyValue.Unknown,
        var bare => bare,
    };

    /// <summary>Without nulls at any depth of maps; a null says the same as nothing.</summary>
    public static PropertyMap WithoutNulls(PropertyMap map) =>
        From(map).Where(static (_, value) => !value.IsNull).Select(static (_, value) => value is PropertyMap inner ? WithoutNulls(inner) : value);
}
