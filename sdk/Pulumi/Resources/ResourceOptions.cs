namespace Pulumi;

/// <summary>How the engine treats a resource, whatever its arguments are.</summary>
public abstract class ResourceOptions
{
    private InputList<Resource>? _dependsOn;
    private List<string>? _ignoreChanges;
    private List<ResourceTransformation>? _resourceTransformations;
    private List<ResourceTransform>? _resourceTransforms;
    private List<Input<Alias>>? _aliases;
    private List<string>? _replaceOnChanges;
    private List<string>? _hideDiffs;
    private InputList<Resource>? _replaceWith;

    private protected ResourceOptions()
    {
    }

    /// <summary>The id of a resource that exists already: it is read instead of created.</summary>
    public Input<string>? Id { get; set; }

    /// <summary>The parent in the tree of resources; null means the stack.</summary>
    public Resource? Parent { get; set; }

    /// <summary>Resources that must be finished first although no input mentions them.</summary>
    public InputList<Resource> DependsOn
    {
        get => _dependsOn ??= [];
        set => _dependsOn = value;
    }

    /// <summary>Refuse to delete the resource; null inherits from the parent.</summary>
    public bool? Protect { get; set; }

    /// <summary>Property paths whose changes are ignored.</summary>
    public List<string> IgnoreChanges
    {
        get => _ignoreChanges ??= [];
        set => _ignoreChanges = value;
    }

    /// <summary>Version of the provider plugin; null means that of the package.</summary>
    public string? Version { get; set; }

    /// <summary>The provider instance to use; null inherits from the parent or takes the default one.</summary>
    public ProviderResource? Provider { get; set; }

    /// <summary>Time limits of operations.</summary>
    public CustomTimeouts? CustomTimeouts { get; set; }

    /// <summary>Transformations of this resource and its children.</summary>
    public List<ResourceTransformation> ResourceTransformations
    {
        get => _resourceTransformations ??= [];
        set => _resourceTransformations = value;
    }

    /// <summary>
    /// Transforms of this resource and its children, called by the engine: they also reach resources that a provider builds, and see arguments as they are
    /// sent. Those of the resource run first, then those of its parents, then those of the stack.
    /// </summary>
    public List<ResourceTransform> ResourceTransforms
    {
        get => _resourceTransforms ??= [];
        set => _resourceTransforms = value;
    }

    /// <summary>Former identities.</summary>
    public List<Input<Alias>> Aliases
    {
        get => _aliases ??= [];
        set => _aliases = value;
    }

    /// <summary>The URN of a resource registered or read elsewhere in this run, whose state is taken over.</summary>
    public string? Urn { get; set; }

    /// <summary>Property paths whose change forces a replacement; <c>*</c> means any.</summary>
    public List<string> ReplaceOnChanges
    {
        get => _replaceOnChanges ??= [];
        set => _replaceOnChanges = value;
    }

    /// <summary>Where the provider plugin is downloaded from; null means the usual place.</summary>
    public string? PluginDownloadURL { get; set; }

    /// <summary>Forget the resource instead of deleting it; null inherits from the parent.</summary>
    public bool? RetainOnDelete { get; set; }

    /// <summary>The resource whose deletion takes this one with it, so that no delete call is made.</summary>
    public Resource? DeletedWith { get; set; }

    /// <summary>Resources whose replacement makes this one be replaced too.</summary>
    public InputList<Resource> ReplaceWith
    {
        get => _replaceWith ??= [];
        set => _replaceWith = value;
    }

    /// <summary>Any value; when it changes, the resource is replaced. Null means none.</summary>
    public Input<object>? ReplacementTrigger { get; set; }

    /// <summary>Property paths whose differences are not displayed; updates are the same.</summary>
    public List<string> HideDiffs
    {
        get => _hideDiffs ??= [];
        set => _hideDiffs = value;
    }

    internal bool HasTransforms => _resourceTransforms is { Count: > 0 };

    internal abstract ResourceOptions Clone();

    private protected void CopyTo(ResourceOptions target)
    {
        target.Id = Id;
        target.Parent = Parent;
        target._dependsOn = _dependsOn?.Clone();
        target.Protect = Protect;
        target._ignoreChanges = Copy(_ignoreChanges);
        target.Version = Version;
        target.Provider = Provider;
        target.CustomTimeouts = CustomTimeouts?.Clone();
        target._resourceTransformations = Copy(_resourceTransformations);
        target._resourceTransforms = Copy(_resourceTransforms);
        target._aliases = Copy(_aliases);
        target.Urn = Urn;
        target._replaceOnChanges = Copy(_replaceOnChanges);
        target.PluginDownloadURL = PluginDownloadURL;
        target.RetainOnDelete = RetainOnDelete;
        target.DeletedWith = DeletedWith;
        target._replaceWith = _replaceWith?.Clone();
        target.ReplacementTrigger = ReplacementTrigger;
        target._hideDiffs = Copy(_hideDiffs);
    }

    /// <summary>Scalars of <paramref name="other"/> win where set; lists are appended.</summary>
    private protected void MergeFrom(ResourceOptions other)
    {
        Id = other.Id ?? Id;
        Parent = other.Parent ?? Parent;
        DependsOn.AddRange(other.DependsOn);
        Protect = other.Protect ?? Protect;
        IgnoreChanges.AddRange(other.IgnoreChanges);
        Version = other.Version ?? Version;
        Provider = other.Provider ?? Provider;
        CustomTimeouts = other.CustomTimeouts ?? CustomTimeouts;
        ResourceTransformations.AddRange(other.ResourceTransformations);
        ResourceTransforms.AddRange(other.ResourceTransforms);
        Aliases.AddRange(other.Aliases);
        Urn = other.Urn ?? Urn;
        ReplaceOnChanges.AddRange(other.ReplaceOnChanges);
        PluginDownloadURL = other.PluginDownloadURL ?? PluginDownloadURL;
        RetainOnDelete = other.RetainOnDelete ?? RetainOnDelete;
        DeletedWith = other.DeletedWith ?? DeletedWith;
        ReplaceWith.AddRange(other.ReplaceWith);
        ReplacementTrigger = other.ReplacementTrigger ?? ReplacementTrigger;
        HideDiffs.AddRange(other.HideDiffs);
    }

    private protected static List<TItem>? Copy<TItem>(List<TItem>? list) => list is null ? null : [.. list];
}
