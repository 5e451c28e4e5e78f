using Deploy.Engine.Values;

namespace Deploy.Engine.Providers.AzureNative.Planning;

/// <summary>
/// Carries what changed in the cloud over into the inputs, and nothing else: a default that the service filled in has not changed and stays out.
/// </summary>
internal static class RefreshProjection
{
    /// <param name="inputs">The inputs in state.</param>
    /// <param name="before">The outputs in state, in the shape of inputs.</param>
    /// <param name="after">What the service says now, in the shape of inputs.</param>
    public static PropertyMap Apply(PropertyMap inputs, PropertyMap before, PropertyMap after)
    {
        foreach (var name in before.Keys.Union(after.Keys))
        {
            var (old, now) = (before.Find(name), after.Find(name));
            if (Equals(old, now))
            {
                continue;
            }

            var value = now is null ? null : Merge(inputs.Find(name), old, now);
            inputs = value is null ? inputs.Without(name) : inputs.With(name, value);
        }

        return inputs;
    }

    private static PropertyValue Merge(PropertyValue? input, PropertyValue? before, PropertyValue after) => (input?.Bare, before, after) switch
    {
        (PropertyMap current, PropertyMap old, PropertyMap now) => Apply(current, old, now),
        (PropertyList current, PropertyList old, PropertyList now) when current.Count == old.Count && old.Count == now.Count =>
            new PropertyList(now.Select((item, i) => old[i].Equals(item) ? current[i] : Merge(current[i], old[i], item))),
        _ => after,
    };
}
