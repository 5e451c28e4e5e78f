using Deploy.Core;

namespace Deploy.Engine.State;

/// <summary>What must hold for every state that is read or written.</summary>
internal static class SnapshotIntegrity
{
    /// <summary>The first fault; null when the state is sound.</summary>
    public static DeployError? Find(Snapshot snapshot)
    {
        var seen = new HashSet<Urn>();
        var alive = new HashSet<Urn>();
        var providers = new HashSet<string>(StringComparer.Ordinal);
        foreach (var resource in snapshot.Resources)
        {
            var fault = FindIn(resource, seen, providers) ?? (!resource.Delete && !alive.Add(resource.Urn) ? "is there twice" : null);
            if (fault is not null)
            {
                return EngineErrors.StateInvalid.With($"{resource.Urn} {fault}");
            }

            seen.Add(resource.Urn);
            if (ProviderReference.PackageOf(resource.Urn) is not null)
            {
                providers.Add(new ProviderReference(resource.Urn, resource.Id).ToString());
            }
        }

        return null;
    }

    private static string? FindIn(ResourceState resource, HashSet<Urn> seen, HashSet<string> providers)
    {
        if (!resource.Custom && resource.Id.Length > 0)
        {
            return "is a component with an id";
        }

        if (resource.Provider.Length > 0 && !providers.Contains(resource.Provider))
        {
            return $"needs the provider {resource.Provider}, which does not come before it";
        }

        var needed = resource.NeededUrns.FirstOrDefault(urn => !seen.Contains(urn));
        return needed is null ? null : $"needs {needed}, which does not come before it";
    }
}
