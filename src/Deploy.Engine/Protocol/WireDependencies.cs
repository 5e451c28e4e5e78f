using Deploy.Engine.Values;
using Google.Protobuf.WellKnownTypes;
using Pulumirpc;

namespace Deploy.Engine.Protocol;

/// <summary>
/// Moves what a property depends on between the list beside the properties, as registrations have it, and the values themselves, as transforms see it: a value with
/// dependencies is an output value.
/// </summary>
internal static class WireDependencies
{
    /// <summary>The properties of a registration with their dependencies in them.</summary>
    public static Struct Add(Struct properties, RegisterResourceRequest request)
    {
        var result = new Struct();
        foreach (var (name, value) in properties.Fields)
        {
            // Where the program says nothing of single properties, each depends on everything.
            IReadOnlyList<string> given = request.PropertyDependencies.Count == 0 ? request.Dependencies : request.PropertyDependencies.GetValueOrDefault(name)?.Urns ?? [];
            var known = new SortedSet<string>(StringComparer.Ordinal);
            Collect(value, known);
            var upgraded = Upgrade(value);
            result.Fields.Add(name, known.IsSupersetOf(given) ? upgraded : ToOutput(upgraded, [.. known.Union(given)]));
        }

        return result;
    }

    /// <summary>
    /// Sets the dependencies of a registration, as a whole and of each property, to what its values say; options may name more. An SDK that gives no output value back,
    /// though it was given some, says nothing: then a property keeps its dependencies, and one that is new depends on everything.
    /// </summary>
    /// <param name="request">The registration with the values that the program gave back.</param>
    /// <param name="given">The values that the program was given.</param>
    public static void Gather(RegisterResourceRequest request, Struct given)
    {
        var isTold = request.Object.Fields.Values.Any(HasOutputs) || !given.Fields.Values.Any(HasOutputs);
        var all = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, value) in request.Object.Fields)
        {
            var found = new SortedSet<string>(StringComparer.Ordinal);
            if (isTold)
            {
                Collect(value, found);
            }
            else if (given.Fields.TryGetValue(name, out var before))
            {
                Collect(before, found);
            }
            else
            {
                found.UnionWith(request.Dependencies);
            }

            request.PropertyDependencies[name] = new() { Urns = { found } };
            all.UnionWith(found);
        }

        foreach (var name in request.PropertyDependencies.Keys.Except(request.Object.Fields.Keys).ToList())
        {
            request.PropertyDependencies.Remove(name);
        }

        request.Dependencies.Add(all.Except(request.Dependencies).ToList());
    }

    private static bool HasOutputs(Value value) => SignatureOf(value) == ValueSignatures.Output || value.KindCase switch
    {
        Value.KindOneofCase.ListValue => value.ListValue.Values.Any(HasOutputs),
        Value.KindOneofCase.StructValue => value.StructValue.Fields.Values.Any(HasOutputs),
        _ => false,
    };

    private static void Collect(Value value, SortedSet<string> urns)
    {
        if (value.KindCase == Value.KindOneofCase.ListValue)
        {
            foreach (var item in value.ListValue.Values)
            {
                Collect(item, urns);
            }
        }
        else if (value.KindCase == Value.KindOneofCase.StructValue)
        {
            var fields = value.StructValue.Fields;
            if (SignatureOf(value) == ValueSignatures.Output && fields.TryGetValue("dependencies", out var dependencies))
            {
                urns.UnionWith(dependencies.ListValue.Values.Select(urn => urn.StringValue));
            }

            foreach (var field in fields.Values)
            {
                Collect(field, urns);
            }
        }
    }

    /// <summary>Secrets and unknowns as output values, at every depth: the functions of a program know no other form of them.</summary>
    private static Value Upgrade(Value value) => value.KindCase switch
    {
        Value.KindOneofCase.StringValue when ValueSignatures.IsUnknown(value.StringValue) => Output(null, isSecret: false, []),
        Value.KindOneofCase.ListValue => Value.ForList([.. value.ListValue.Values.Select(Upgrade)]),
        Value.KindOneofCase.StructValue when SignatureOf(value) == ValueSignatures.Secret => Output(Member(value, "value"), isSecret: true, []),
        Value.KindOneofCase.StructValue when SignatureOf(value) is null =>
            Value.ForStruct(new() { Fields = { value.StructValue.Fields.ToDictionary(field => field.Key, field => Upgrade(field.Value)) } }),
        _ => value,
    };

    private static Value ToOutput(Value value, IEnumerable<string> dependencies) => SignatureOf(value) == ValueSignatures.Output
        ? Output(Member(value, "value"), Member(value, "secret")?.BoolValue == true, dependencies)
        : Output(value, isSecret: false, dependencies);

    /// <param name="value">What it holds; null when that is unknown.</param>
    /// <param name="isSecret">Whether it is secret.</param>
    /// <param name="dependencies">URNs of what it was made from.</param>
    private static Value Output(Value? value, bool isSecret, IEnumerable<string> dependencies) => WireValues.Signed(
        ValueSignatures.Output,
        ("value", value is { KindCase: Value.KindOneofCase.StringValue } && ValueSignatures.IsUnknown(value.StringValue) ? null : value),
        ("secret", Value.ForBool(isSecret)),
        ("dependencies", Value.ForList([.. dependencies.Select(Value.ForString)])));

    private static Value? Member(Value value, string name) => value.StructValue.Fields.GetValueOrDefault(name);

    private static string? SignatureOf(Value value) =>
        value.KindCase == Value.KindOneofCase.StructValue ? value.StructValue.Fields.GetValueOrDefault(ValueSignatures.Key)?.StringValue : null;
}
