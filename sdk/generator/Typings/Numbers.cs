namespace Generator.Typings;

/// <summary>The typings know only numbers; all are integers but the ones listed by hand.</summary>
internal static class Numbers
{
    public static TypingsModel Apply(TypingsModel model, IReadOnlySet<string> doubles)
    {
        var unused = doubles.ToHashSet();
        bool IsDouble(string name)
        {
            unused.Remove(name);
            return doubles.Contains(name);
        }

        SortedDictionary<string, TypingsProperty> Properties(string owner, SortedDictionary<string, TypingsProperty> properties) =>
            new(properties.ToDictionary(p => p.Key, p => p.Value with { Type = Type(p.Value.Type, IsDouble($"{owner}.{p.Key}")) }), StringComparer.Ordinal);

        var result = model with
        {
            Resources = Map(model.Resources, (token, r) => r with { Inputs = Properties(Bare(token), r.Inputs), Outputs = Properties(Bare(token), r.Outputs) }),
            Functions = Map(model.Functions, (token, f) => f with { Result = Properties(Bare(token), f.Result) }),
            InputTypes = Map(model.InputTypes, (name, p) => Properties(name[..^"Args".Length], p)),
            OutputTypes = Map(model.OutputTypes, (name, p) => Properties(name.EndsWith("Response", StringComparison.Ordinal) ? name[..^"Response".Length] : name, p)),
        };
        return unused.Count == 0 ? result : throw new GeneratorException($"arm.json lists doubles that do not exist: {string.Join(' ', unused)}");
    }

    private static string Bare(string token) => token["azure-native:".Length..];

    private static SortedDictionary<string, T> Map<T>(SortedDictionary<string, T> source, Func<string, T, T> change) =>
        new(source.ToDictionary(p => p.Key, p => change(p.Key, p.Value)), StringComparer.Ordinal);

    private static TypingsType Type(TypingsType type, bool isDouble) => type.Kind switch
    {
        "number" => type with { Kind = isDouble ? "number" : "integer" },
        "array" => type with { Items = Type(type.Items!, isDouble) },
        "map" => type with { Values = Type(type.Values!, isDouble) },
        _ => type,
    };
}
