using System.Diagnostics.CodeAnalysis;

namespace Pulumi;

/// <summary>A resource that a provider creates, updates and deletes.</summary>
public class CustomResource : Resource
{
    /// <summary>Registers the resource; returns at once, the outputs complete later.</summary>
    /// <param name="type">Type token.</param>
    /// <param name="name">Name, unique among resources of this type and parent.</param>
    /// <param name="args">Inputs; null means none.</param>
    /// <param name="options">How the engine treats the resource.</param>
    public CustomResource(string type, string name, ResourceArgs? args, CustomResourceOptions? options = null)
        : base(type, name, custom: true, args ?? ResourceArgs.Empty, options ?? new CustomResourceOptions())
    {
    }

    private protected CustomResource(string type, string name, bool dependency)
        : base(type, name, custom: true, ResourceArgs.Empty, new CustomResourceOptions(), dependency: dependency)
    {
    }

    /// <summary>The id that the provider gave it; unknown while it does not exist.</summary>
    [Output("id")]
    [SuppressMessage("Naming", "CA1721", Justification = "Name of the official SDK.")]
    public Output<string> Id { get; private protected set; } = null!;
}
