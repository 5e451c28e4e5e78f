using Deploy.Engine.Values;

namespace Deploy.Engine.Planning;

/// <summary>Puts back the secret marks that a provider does not know.</summary>
internal static class SecretMarks
{
    /// <summary>Values of the provider, secret wherever the value of the same name was secret before it went there.</summary>
    public static PropertyMap Annotate(PropertyMap answered, PropertyMap sent) =>
        sent.ContainsSecrets ? answered.Select((name, value) => sent.Find(name) is { } original ? Annotate(value, original) : value) : answered;

    public static PropertyMap Add(PropertyMap outputs, IReadOnlyList<string> names) =>
        names.Count == 0 ? outputs : outputs.Select((name, value) => names.Contains(name) && name != "id" ? value.AsSecret() : value);

    private static PropertyValue Annotate(PropertyValue answered, PropertyValue sent) => (answered, sent) switch
    {
        (PropertySecret, _) => answered,
        (_, PropertySecret) => answered.AsSecret(),
        (PropertyMap map, PropertyMap original) => Annotate(map, original),
        (PropertyList list, PropertyList original) when list.Count == original.Count => new PropertyList(list.Zip(original, Annotate)),

        // The places cannot be matched: better all of it than too little.
        (PropertyList, PropertyList { ContainsSecrets: true }) => answered.AsSecret(),
        _ => answered,
    };
}
