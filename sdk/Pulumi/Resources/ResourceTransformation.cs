namespace Pulumi;

/// <summary>Changes arguments and options of a resource before it is registered; null keeps them.</summary>
public delegate ResourceTransformationResult? ResourceTransformation(ResourceTransformationArgs args);

/// <summary>What a transformation gets.</summary>
/// <param name="resource">The resource under construction; its outputs exist, its name and type are set.</param>
/// <param name="args">Its arguments.</param>
/// <param name="options">Its options.</param>
public readonly struct ResourceTransformationArgs(Resource resource, ResourceArgs args, ResourceOptions options)
{
    /// <summary>The resource under construction; its outputs exist, its name and type are set.</summary>
    public Resource Resource { get; } = resource;

    /// <summary>Its arguments.</summary>
    public ResourceArgs Args { get; } = args;

    /// <summary>Its options.</summary>
    public ResourceOptions Options { get; } = options;
}

/// <summary>What a transformation returns.</summary>
/// <param name="args">The arguments to use.</param>
/// <param name="options">The options to use; the parent must stay.</param>
public readonly struct ResourceTransformationResult(ResourceArgs args, ResourceOptions options)
{
    /// <summary>The arguments to use.</summary>
    public ResourceArgs Args { get; } = args;

    /// <summary>The options to use; the parent must stay.</summary>
    public ResourceOptions Options { get; } = options;
}
