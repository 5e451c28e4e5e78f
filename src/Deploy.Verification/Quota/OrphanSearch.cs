using Azure.Core;

namespace Deploy.Verification.Quota;

/// <summary>Finds endpoints that no stack of the project holds: somebody else's, or left behind. They count against the limits all the same.</summary>
internal static class OrphanSearch
{
    /// <param name="readings">Of one subscription and location.</param>
    /// <param name="location">Where to look.</param>
    /// <param name="held">Resource IDs of every stack of the project.</param>
    public static (IReadOnlyList<QuotaOrphan> Found, string? Reason) Find(QuotaReadings readings, AzureLocation location, IReadOnlySet<string> held)
    {
        var behind = readings.OnlineDeployments?.Value?.ToLookup(item => item.Id.Parent?.ToString() ?? "", StringComparer.OrdinalIgnoreCase);
        var found =
            from list in new[] { (Compute: "serverless", Read: readings.ServerlessEndpoints), (Compute: "managed", Read: readings.OnlineEndpoints) }
            from resource in list.Read?.Value ?? []
            where (resource.Location is null || resource.Location == location) && !held.Contains(resource.Id.ToString())
            orderby resource.Id.ToString() ascending
            select new QuotaOrphan
            {
                ResourceId = resource.Id.ToString(),
                Compute = list.Compute,
                Location = resource.Location?.Name,
                Deployments = list.Compute == "managed" ? behind?[resource.Id.ToString()].Count() : null,
            };
        var reasons = new[] { readings.ServerlessEndpoints?.Error, readings.OnlineEndpoints?.Error }.OfType<Core.DeployError>().Select(error => error.Message).Distinct().ToArray();
        return ([.. found], reasons.Length == 0 ? null : $"not readable: {string.Join("; ", reasons)}");
    }
}
