using System.Collections.Immutable;

namespace Pulumi;

/// <summary>
/// Changes arguments and options of a resource after its registration has begun; null keeps them. The engine calls it, so it sees every resource below the
/// one that carries it, those that a provider builds and those of other languages among them.
/// </summary>
/// <param name="args">What was registered.</param>
/// <param name="cancellationToken">Cancelled when the engine gives up.</param>
public delegate Task<ResourceTransformResult?> ResourceTransform(ResourceTransformArgs args, CancellationToken cancellationToken = default);

/// <summary>What a transform gets.</summary>
/// <param name="name">Name of the resource.</param>
/// <param name="type">Its type token.</param>
/// <param name="custom">Whether a provider manages it; false for components.</param>
/// <param name="args">Its arguments by wire name: plain values, or an <see cref="Output{T}"/> of object where one is secret, unknown or depends on resources.</param>
/// <param name="options">Its options: <see cref="CustomResourceOptions"/> or <see cref="ComponentResourceOptions"/>.</param>
public readonly struct ResourceTransformArgs(string name, string type, bool custom, ImmutableDictionary<string, object?> args, ResourceOptions options)
{
    /// <summary>Name of the resource.</summary>
    public string Name { get; } = name;

    /// <summary>Its type token.</summary>
    public string Type { get; } = type;

    /// <summary>Whether a provider manages it; false for components.</summary>
    public bool Custom { get; } = custom;

    /// <summary>Its arguments by wire name: plain values, or an <see cref="Output{T}"/> of object where one is secret, unknown or depends on resources.</summary>
    public ImmutableDictionary<string, object?> Args { get; } = args;

    /// <summary>Its options: <see cref="CustomResourceOptions"/> or <see cref="ComponentResourceOptions"/>.</summary>
    public ResourceOptions Options { get; } = options;
}

/// <summary>What a transform returns.</summary>
/// <param name="args">All arguments to use, by wire name.</param>
/// <param name="options">The options to use; the parent must stay.</param>
public readonly struct ResourceTransformResult(ImmutableDictionary<string, object?> args, ResourceOptions options)
{
    /// <summary>All arguments to use, by wire name.</summary>
    public ImmutableDictionary<string, object?> Args { get; } = args;

    /// <summary>The options to use; the parent must stay.</summary>
    public ResourceOptions Options { get; } = options;
}
