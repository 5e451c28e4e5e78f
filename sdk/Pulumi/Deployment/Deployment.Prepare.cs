using Google.Protobuf.WellKnownTypes;
using Pulumi.Serialization;

namespace Pulumi;

/// <content>Waiting for everything that a registration needs.</content>
public sealed partial class Deployment
{
    private const string OptionDependsOn = "option DependsOn";

    private async Task<PreparedResource> PrepareAsync(Resource resource, bool custom, bool remote, ResourceArgs args, ResourceOptions options)
    {
        var explicitDependencies = await options.DependsOn.ToOutput().GetValueAsync([], OptionDependsOn).ConfigureAwait(false);
        var keepResources = await KeepsResourcesAsync().ConfigureAwait(false);
        var keepOutputValues = remote && await SupportsAsync("outputValues").ConfigureAwait(false);
        var inputs = await PropertySerializer.SerializeInputsAsync(
            args.GetInputs(),
            () => new(keepResources, keepOutputValues, excludeReferences: remote && keepResources),
            name => name is not ("id" or "urn")).ConfigureAwait(false);

        var dependencies = await ResourceDependencies.GetUrnsAsync(explicitDependencies, resource, OptionDependsOn).ConfigureAwait(false);

        // Whoever is replaced along with others goes before them.
        var sources = await options.ReplaceWith.ToOutput().GetValueAsync([], "option ReplaceWith").ConfigureAwait(false);
        var replaceWith = await ResourceDependencies.GetUrnsAsync(sources, resource, "option ReplaceWith").ConfigureAwait(false);
        dependencies.UnionWith(replaceWith);
        var propertyDependencies = new Dictionary<string, HashSet<string>>();
        foreach (var (name, resources) in inputs.Dependencies)
        {
            var urns = await ResourceDependencies.GetUrnsAsync(resources, resource, $"input '{name}'").ConfigureAwait(false);
            propertyDependencies[name] = urns;
            dependencies.UnionWith(urns);
        }

        return new()
        {
            Properties = inputs.Properties,
            ParentUrn = await GetParentUrnAsync(resource, options).ConfigureAwait(false),
            Provider = custom ? await GetProviderAsync(resource, options).ConfigureAwait(false) : "",
            Providers = remote ? await GetProvidersAsync((ComponentResourceOptions)options).ConfigureAwait(false) : [],
            Dependencies = dependencies,
            ReplaceWith = replaceWith,
            PropertyDependencies = propertyDependencies,
        };
    }

    private async Task<string> GetParentUrnAsync(Resource resource, ResourceOptions options)
    {
        if (resource.GetResourceType() == Stack.RootType)
        {
            return "";
        }

        return await (options.Parent ?? Stack).Urn.GetValueAsync("", "option Parent").ConfigureAwait(false);
    }

    private static async Task<string> GetProviderAsync(Resource resource, ResourceOptions options)
    {
        if (options.Provider is not { } provider)
        {
            return "";
        }

        var package = resource.GetResourceType().Split(':')[0];
        return provider.Package == package
            ? await provider.GetReferenceAsync().ConfigureAwait(false)
            : throw new ArgumentException($"The option Provider is an instance of '{provider.Package}', but the resource belongs to '{package}'.");
    }

    private static async Task<Dictionary<string, string>> GetProvidersAsync(ComponentResourceOptions options)
    {
        var references = new Dictionary<string, string>();
        foreach (var provider in options.Provider is { } single ? [single] : options.Providers)
        {
            references[provider.Package] = await provider.GetReferenceAsync().ConfigureAwait(false);
        }

        return references;
    }

    private sealed record PreparedResource
    {
        public required Struct Properties { get; init; }

        public required string ParentUrn { get; init; }

        public required string Provider { get; init; }

        public required Dictionary<string, string> Providers { get; init; }

        public required HashSet<string> Dependencies { get; init; }

        public required HashSet<string> ReplaceWith { get; init; }

        public required Dictionary<string, HashSet<string>> PropertyDependencies { get; init; }
    }
}
