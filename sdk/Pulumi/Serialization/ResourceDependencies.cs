namespace Pulumi.Serialization;

/// <summary>What depending on a resource means to the engine.</summary>
internal static class ResourceDependencies
{
    /// <summary>
    /// The URNs to wait for. A local component stands for the custom resources below it; the walk ends at custom resources and at remote components,
    /// which wait for their children themselves.
    /// </summary>
    /// <param name="resources">What is depended on.</param>
    /// <param name="except">The resource under registration: part of its own component, it must not wait for itself.</param>
    /// <param name="reason">What for, in messages about a run that is stuck.</param>
    public static async Task<HashSet<string>> GetUrnsAsync(IEnumerable<Resource> resources, Resource? except, string reason)
    {
        var urns = await Task.WhenAll(Reach(resources).Where(resource => resource != except).Select(resource => resource.Urn.GetValueAsync("", reason))).ConfigureAwait(false);
        return [.. urns.Where(urn => urn.Length > 0)];
    }

    /// <summary>Whether one of the resources does not exist yet.</summary>
    public static async Task<bool> AnyIsPlannedAsync(IEnumerable<Resource> resources)
    {
        var ids = await Task.WhenAll(Reach(resources).OfType<CustomResource>().Select(resource => resource.Id.GetDataAsync())).ConfigureAwait(false);
        return ids.Any(id => !id.IsKnown);
    }

    private static IEnumerable<Resource> Reach(IEnumerable<Resource> resources)
    {
        var reached = new HashSet<Resource>(ReferenceEqualityComparer.Instance);
        var queue = new Queue<Resource>(resources);
        while (queue.TryDequeue(out var resource))
        {
            if (reached.Add(resource) && resource is ComponentResource { IsRemote: false })
            {
                foreach (var child in resource.GetChildren())
                {
                    queue.Enqueue(child);
                }
            }
        }

        return reached.Where(resource => resource is CustomResource or ComponentResource { IsRemote: true });
    }
}
