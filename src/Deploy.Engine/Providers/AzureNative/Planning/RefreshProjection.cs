using Deploy.Engine.Providers.AzureNative.Conversion;
using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Planning;

/// <summary>
/// Carries what changed in the cloud over into the inputs, and nothing else: a default that the service filled in, at once or later, has not changed and
/// stays out; so does a list of other resources that the service keeps by itself.
/// </summary>
internal sealed class RefreshProjection(ProviderMetadata metadata)
{
    /// <param name="resource">The resource's type.</param>
    /// <param name="inputs">The inputs in state.</param>
    /// <param name="before">The outputs in state, in the shape of inputs.</param>
    /// <param name="after">What the service says now, in the shape of inputs.</param>
    public PropertyMap Apply(ResourceMetadata resource, PropertyMap inputs, PropertyMap before, PropertyMap after) => Apply(resource.Inputs, inputs, before, after);

    /// <param name="properties">The properties there are; null where the user chooses the names.</param>
    private PropertyMap Apply(IReadOnlyDictionary<string, PropertyMetadata>? properties, PropertyMap inputs, PropertyMap before, PropertyMap after)
    {
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var (input, old, now) = (inputs.Find(name), before.Find(name), after.Find(name));
            var type = properties?.GetValueOrDefault(name)?.Type;
            if (Equals(old, now) || (properties is not null && input is null && IsTheServices(type, old, now)))
            {
                continue;
            }

            var value = now is null ? null : Merge(type, input, old, now);
            inputs = value is null ? inputs.Without(name) : inputs.With(name, value);
        }

        return inputs;
    }

    private PropertyValue Merge(TypeMetadata? type, PropertyValue? input, PropertyValue? before, PropertyValue after) => (input?.Bare, before, after) switch
    {
        (PropertyMap current, PropertyMap old, PropertyMap now) => Apply(Properties(type, now), current, old, now),
        (PropertyList current, PropertyList old, PropertyList now) when current.Count == old.Count && old.Count == now.Count =>
            new PropertyList(now.Select((item, i) => old[i].Equals(item) ? current[i] : Merge(type?.Items, current[i], old[i], item))),
        _ => after,
    };

    private IReadOnlyDictionary<string, PropertyMetadata>? Properties(TypeMetadata? type, PropertyMap value)
    {
        var chosen = type is { Kind: "union" } ? Unions.Choose(metadata, type, value) : type;
        return chosen is { Kind: "object" } ? metadata.Types[chosen.Ref!] : null;
    }

    /// <summary>Whether a property that the program does not set is the service's business; what people put into a map (tags) is theirs.</summary>
    private static bool IsTheServices(TypeMetadata? type, PropertyValue? before, PropertyValue? after) =>
        (before is null && type?.Kind != "map")
        || (after is PropertyList { Count: > 0 } list && list.All(item => item.AsString()?.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) == true));
}
