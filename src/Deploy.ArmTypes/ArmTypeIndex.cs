using Azure.Bicep.Types;
using Azure.Bicep.Types.Az;

namespace Deploy.ArmTypes;

/// <summary>Microsoft's type definitions of Azure Resource Manager, loaded on first use (about 0.4 s). Thread-safe and never changing.</summary>
public sealed class ArmTypeIndex
{
    private static readonly ArmTypeIndex Shared = new();

    private readonly AzTypeLoader _loader = new();
    private readonly Lock _loading = new();
    private readonly Dictionary<string, ArmResourceType> _loaded = new(StringComparer.OrdinalIgnoreCase);
    private readonly Lazy<Dictionary<string, TypeVersions>> _types;

    private ArmTypeIndex() => _types = new Lazy<Dictionary<string, TypeVersions>>(LoadIndex);

    /// <summary>The definitions compiled into <c>Azure.Bicep.Types.Az</c>; one for the whole process, because loading costs time and memory.</summary>
    public static ArmTypeIndex Default => Shared;

    /// <summary>Finds one type at one api-version, both without regard to case; null when the definitions do not have it.</summary>
    /// <param name="type">For instance <c>Microsoft.MachineLearningServices/workspaces/serverlessEndpoints</c>.</param>
    /// <param name="apiVersion">For instance <c>2024-10-01</c>.</param>
    public ArmResourceType? Find(string type, string apiVersion)
    {
        if (!_types.Value.TryGetValue(type, out var versions) || !versions.References.TryGetValue(apiVersion, out var reference))
        {
            return null;
        }

        lock (_loading)
        {
            var key = $"{type}@{apiVersion}";
            if (!_loaded.TryGetValue(key, out var found))
            {
                found = new ArmResourceType(versions.Name, reference.Version, _loader.LoadResourceType(reference.Reference));
                _loaded.Add(key, found);
            }

            return found;
        }
    }

    /// <summary>The api-versions of a type, oldest first; empty when the type is unknown.</summary>
    public IReadOnlyList<string> ApiVersions(string type) => _types.Value.TryGetValue(type, out var versions)
        ? [.. versions.References.Values.Select(reference => reference.Version).Order(StringComparer.Ordinal)]
        : [];

    /// <summary>The types of one provider namespace in their canonical spelling, sorted; empty when the namespace is unknown.</summary>
    public IReadOnlyList<string> TypesOf(string providerNamespace) =>
        [.. _types.Value.Values.Select(versions => versions.Name).Where(name => name.StartsWith(providerNamespace + "/", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.OrdinalIgnoreCase)];

    /// <summary>All provider namespaces in their canonical spelling, sorted.</summary>
    public IReadOnlyList<string> Namespaces() =>
        [.. _types.Value.Values.Select(versions => versions.Name[..versions.Name.IndexOf('/', StringComparison.Ordinal)]).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)];

    private Dictionary<string, TypeVersions> LoadIndex()
    {
        var types = new Dictionary<string, TypeVersions>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, reference) in _loader.LoadTypeIndex().Resources)
        {
            var at = key.IndexOf('@', StringComparison.Ordinal);
            var (name, version) = (key[..at], key[(at + 1)..]);
            if (!types.TryGetValue(name, out var versions))
            {
                types.Add(name, versions = new TypeVersions(name, new Dictionary<string, VersionReference>(StringComparer.OrdinalIgnoreCase)));
            }

            versions.References[version] = new VersionReference(version, reference);
        }

        return types;
    }

    private sealed record TypeVersions(string Name, Dictionary<string, VersionReference> References);

    private sealed record VersionReference(string Version, CrossFileTypeReference Reference);
}
