using System.Collections.Immutable;
using Pulumi.Serialization;
using Pulumi.Waiting;

namespace Pulumi;

/// <summary>Anything the engine tracks. Derive from <see cref="CustomResource"/> or <see cref="ComponentResource"/>.</summary>
public class Resource
{
    private readonly string _type;
    private readonly string _name;
    private readonly bool _protect;
    private readonly ImmutableArray<ResourceTransformation> _transformations = [];
    private readonly ImmutableDictionary<string, ProviderResource> _providers = ImmutableDictionary<string, ProviderResource>.Empty;
    private readonly HashSet<Resource> _children = [];
    private readonly Lazy<ImmutableArray<Output<string>>>? _aliases;

    private protected Resource(string type, string name, bool custom, ResourceArgs args, ResourceOptions options, bool remote = false, bool dependency = false)
    {
        if (dependency)
        {
            (_type, _name, Registration, Completions) = (type, name, new(description: null, pulse: null), ImmutableDictionary<string, IOutputCompletion>.Empty);
            return;
        }

        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(name);
        (_type, _name, IsRemote) = (type, name, remote);
        var deployment = Deployment.Current;

        Registration = new($"{type} '{name}'", deployment.Pulse);

        // Outputs exist before anybody else can see this object; each of them is completed exactly once, whatever happens.
        Completions = OutputCompletion.Initialize(this);

        var parent = type == Stack.RootType ? null : options.Parent ?? deployment.Stack;
        _transformations = [.. options.ResourceTransformations, .. parent?._transformations ?? []];
        (args, options) = Transform(args, options);
        options = options.Clone();
        if (options.Provider is not null && options is ComponentResourceOptions { Providers.Count: > 0 })
        {
            throw new ResourceException($"{type} '{name}': give either Provider or Providers, not both.", options.Parent);
        }

        if (options.Parent is { } explicitParent)
        {
            explicitParent.AddChild(this);
            options.Protect ??= explicitParent._protect;
            _providers = explicitParent._providers;
        }

        _providers = AddProviders(custom, options);
        _protect = options.Protect == true;
        Provider = custom ? options.Provider : null;
        Version = options.Version;
        PluginDownloadURL = options.PluginDownloadURL;
        HasAliases = options.Aliases.Count > 0 || options.Parent is { HasAliases: true };
        _aliases = new(() => ResourceAliases.Of(this, options));
        deployment.ReadOrRegister(this, custom, remote, args, options);
    }

    /// <summary>The stable name of the resource; known after registration, in previews too.</summary>
    [Output("urn")]
    public Output<string> Urn { get; private protected set; } = null!;

    /// <summary>Makes the outputs.</summary>
    internal Waiter Registration { get; }

    internal ImmutableDictionary<string, IOutputCompletion> Completions { get; }

    /// <summary>All former URNs, including those that follow from aliases of the parents; what an engine without alias specifications needs.</summary>
    internal ImmutableArray<Output<string>> Aliases => _aliases?.Value ?? [];

    /// <summary>Whether this resource or one above it had another identity.</summary>
    internal bool HasAliases { get; }

    /// <summary>Whether a provider builds this component.</summary>
    internal bool IsRemote { get; }

    internal ProviderResource? Provider { get; }

    internal string? Version { get; }

    internal string? PluginDownloadURL { get; }

    /// <summary>The type token.</summary>
    public string GetResourceType() => _type;

    /// <summary>The name given in the program.</summary>
    public string GetResourceName() => _name;

    internal ImmutableArray<Resource> GetChildren()
    {
        lock (_children)
        {
            return [.. _children];
        }
    }

    /// <summary>The provider that children of this resource use for a type token or function token.</summary>
    internal ProviderResource? GetProvider(string token) => token.Split(':') is { Length: 3 } parts ? _providers.GetValueOrDefault(parts[0]) : null;

    private void AddChild(Resource child)
    {
        lock (_children)
        {
            _children.Add(child);
        }
    }

    private (ResourceArgs Args, ResourceOptions Options) Transform(ResourceArgs args, ResourceOptions options)
    {
        foreach (var transformation in _transformations)
        {
            if (transformation(new ResourceTransformationArgs(this, args, options)) is { } result)
            {
                // The parent decides which transformations run, so they cannot change it.
                if (!ReferenceEquals(result.Options.Parent, options.Parent))
                {
                    throw new ArgumentException($"{_type} '{_name}': a transformation cannot change the parent.");
                }

                (args, options) = (result.Args, result.Options);
            }
        }

        return (args, options);
    }

    private ImmutableDictionary<string, ProviderResource> AddProviders(bool custom, ResourceOptions options)
    {
        if (!custom)
        {
            var given = options.Provider is { } single ? [single] : ((ComponentResourceOptions)options).Providers;
            return _providers.SetItems(given.Select(provider => KeyValuePair.Create(provider.Package, provider)));
        }

        if (options.Provider is null)
        {
            options.Provider = options.Parent?.GetProvider(_type);
            return _providers;
        }

        return _type.Split(':') is { Length: 3 } parts ? _providers.SetItem(parts[0], options.Provider) : _providers;
    }
}
