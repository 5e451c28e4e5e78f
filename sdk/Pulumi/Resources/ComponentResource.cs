namespace Pulumi;

/// <summary>A named group of resources.</summary>
public class ComponentResource : Resource
{
    /// <summary>Registers the component.</summary>
    /// <param name="type">Type token, e.g. <c>phi:index:ServerlessEndpoint</c>.</param>
    /// <param name="name">Name, unique among resources of this type and parent.</param>
    /// <param name="options">How the engine treats the component and its children.</param>
    public ComponentResource(string type, string name, ComponentResourceOptions? options = null)
        : this(type, name, ResourceArgs.Empty, options)
    {
    }

    /// <summary>Registers a component that has arguments, or that a provider builds.</summary>
    /// <param name="type">Type token.</param>
    /// <param name="name">Name, unique among resources of this type and parent.</param>
    /// <param name="args">Inputs; null means none.</param>
    /// <param name="options">How the engine treats the component and its children.</param>
    /// <param name="remote">A provider builds the component.</param>
    public ComponentResource(string type, string name, ResourceArgs? args, ComponentResourceOptions? options = null, bool remote = false)
        : base(type, name, custom: false, args ?? ResourceArgs.Empty, options ?? new ComponentResourceOptions(), remote)
    {
    }

    /// <summary>Says that the component is complete and has no outputs.</summary>
    protected void RegisterOutputs() => RegisterOutputs(new Dictionary<string, object?>());

    /// <summary>Says that the component is complete and has these outputs.</summary>
    protected void RegisterOutputs(IDictionary<string, object?> outputs) => RegisterOutputs(Output.Create(outputs));

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Task<IDictionary<string, object?>> outputs) => RegisterOutputs(Output.Create(outputs));

    /// <inheritdoc cref="RegisterOutputs(IDictionary{string, object?})"/>
    protected void RegisterOutputs(Output<IDictionary<string, object?>> outputs) => Deployment.Current.RegisterOutputs(this, outputs);
}
