namespace Pulumi;

/// <summary>Options of a component.</summary>
public sealed class ComponentResourceOptions : ResourceOptions
{
    private List<ProviderResource>? _providers;

    /// <summary>Provider instances for the children, one per package.</summary>
    public List<ProviderResource> Providers
    {
        get => _providers ??= [];
        set => _providers = value;
    }

    /// <summary>A new set of options: those of <paramref name="options2"/> win where set, lists are appended in order.</summary>
    public static ComponentResourceOptions Merge(ComponentResourceOptions? options1, ComponentResourceOptions? options2)
    {
        var merged = (ComponentResourceOptions?)options1?.Clone() ?? new ComponentResourceOptions();
        if (options2 is not null)
        {
            merged.MergeFrom(options2);
            merged.Providers.AddRange(options2.Providers);
        }

        // One provider is the same as a list of one; both at once would be refused.
        if (merged.Provider is not null && merged.Providers.Count > 0)
        {
            merged.Providers.Add(merged.Provider);
            merged.Provider = null;
        }

        return merged;
    }

    internal override ResourceOptions Clone()
    {
        var clone = new ComponentResourceOptions { _providers = Copy(_providers) };
        CopyTo(clone);
        return clone;
    }
}

/// <summary>Options of the stack.</summary>
public class StackOptions
{
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;
    private List<InvokeTransform>? _invokeTransforms;

    /// <summary>Transformations of every resource.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>Transforms of every resource, called by the engine after those of the resource and its parents.</summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }

    /// <summary>Transforms of every call of a provider function.</summary>
    public List<InvokeTransform> InvokeTransforms
    {
        get => _invokeTransforms ??= [];
        set => _invokeTransforms = value;
    }
}
