namespace Pulumi;

/// <summary>Lets collection initializers of lists of unions take either alternative.</summary>
public static class InputListExtensions
{
    /// <summary>Appends an element of the first type.</summary>
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T0> value) => list.Add(value.Apply(Union<T0, T1>.FromT0));

    /// <summary>Appends an element of the second type.</summary>
    public static void Add<T0, T1>(this InputList<Union<T0, T1>> list, Input<T1> value) => list.Add(value.Apply(Union<T0, T1>.FromT1));
}

/// <summary>Lets initializers of maps of unions take either alternative.</summary>
public static class InputMapExtensions
{
    /// <summary>Adds an entry of the first type.</summary>
    public static void Add<T0, T1>(this InputMap<Union<T0, T1>> map, string key, Input<T0> value) => map.Add(key, value.Apply(Union<T0, T1>.FromT0));

    /// <summary>Adds an entry of the second type.</summary>
    public static void Add<T0, T1>(this InputMap<Union<T0, T1>> map, string key, Input<T1> value) => map.Add(key, value.Apply(Union<T0, T1>.FromT1));
}
