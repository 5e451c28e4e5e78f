namespace Deploy.Engine.State;

/// <summary>Brings resources into an order in which each comes after what it needs; what is in order already keeps its place.</summary>
internal static class SnapshotOrder
{
    public static IReadOnlyList<ResourceState> Sort(IReadOnlyList<ResourceState> resources)
    {
        var byUrn = new Dictionary<Urn, int>();
        var providers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < resources.Count; index++)
        {
            // Of several instances the living one is meant. One that is to be deleted may in turn need, by an older program, what needs the living one.
            if (!resources[index].Delete || !byUrn.ContainsKey(resources[index].Urn))
            {
                byUrn[resources[index].Urn] = index;
            }

            if (ProviderReference.PackageOf(resources[index].Urn) is not null)
            {
                providers.TryAdd(new ProviderReference(resources[index].Urn, resources[index].Id).ToString(), index);
            }
        }

        var sorted = new List<ResourceState>(resources.Count);
        var visited = new bool[resources.Count];
        for (var index = 0; index < resources.Count; index++)
        {
            Visit(index);
        }

        return sorted;

        void Visit(int index)
        {
            if (visited[index])
            {
                return;
            }

            visited[index] = true;
            var resource = resources[index];
            if (providers.TryGetValue(resource.Provider, out var provider))
            {
                Visit(provider);
            }

            foreach (var urn in resource.NeededUrns)
            {
                if (byUrn.TryGetValue(urn, out var needed))
                {
                    Visit(needed);
                }
            }

            sorted.Add(resource);
        }
    }
}
