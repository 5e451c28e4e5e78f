using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>The location-level lists of Azure Machine Learning: usages, quotas, VM sizes.</summary>
internal static class Usage
{
    private const string Root = ResourceTypes.MachineLearning;

    /// <summary>Cores in use by family key, without reserve.</summary>
    /// <param name="cloud">The cloud.</param>
    /// <param name="location">Where.</param>
    /// <param name="except">The key of a deployment that does not count.</param>
    /// <param name="below">The key of the workspace that alone counts; null for all.</param>
    public static IReadOnlyDictionary<string, int> Of(Cloud cloud, string location, string? except = null, string? below = null)
    {
        var used = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        var deployments = cloud.Store.OfTypeIn(ResourceTypes.OnlineDeployment, location)
            .Where(deployment => deployment.Key != except && (below is null || deployment.Key.StartsWith(below + "/", StringComparison.Ordinal)));
        foreach (var deployment in deployments)
        {
            var endpoint = cloud.Store.Get(ArmPath.OfId(deployment.Id).ParentId);
            if (endpoint is not null && SharedQuota.IsUsedBy(endpoint))
            {
                continue;
            }

            if (cloud.Catalog.VmSizes.Find((string?)deployment.Properties["instanceType"] ?? "") is { } size)
            {
                used[size.FamilyKey] = used.GetValueOrDefault(size.FamilyKey) + size.Cores(OnlineDeploymentBehaviour.InstancesOf(deployment.Body));
            }
        }

        return used;
    }

    public static IEnumerable<JsonNode> Usages(Cloud cloud, string location)
    {
        var used = Of(cloud, location);
        var total = used.Values.Sum();
        yield return Row(cloud, location, "totalCores", "Total Cluster Regional vCPUs", total, cloud.Quotas.TotalOf(location));
        yield return Row(cloud, location, "dedicatedCores", "Total Cluster Dedicated Regional vCPUs", total, cloud.Quotas.TotalOf(location));
        yield return Row(cloud, location, "lowPriorityCores", "Total Cluster LowPriority Regional vCPUs", 0, 0);
        foreach (var size in Families(cloud))
        {
            yield return Row(cloud, location, "vmFamily", size.UsageName, used.GetValueOrDefault(size.FamilyKey), cloud.Quotas.LimitOf(location, size));
        }

        foreach (var (workspace, size, limit) in WorkspaceQuota.All(cloud, location))
        {
            var row = Row(cloud, location, "workspaces", size.UsageName, Of(cloud, location, below: workspace.Key).GetValueOrDefault(size.FamilyKey), limit);
            row["id"] = WorkspaceQuota.IdOf(workspace, size, "usages");
            row["amlWorkspaceLocation"] = location;
            yield return row;
        }
    }

    public static IEnumerable<JsonNode> Quotas(Cloud cloud, string location) => Families(cloud)
        .Select(size => Quota(Id(cloud, location, "quotas", size.Family), "vmFamily", size, cloud.Quotas.LimitOf(location, size)))
        .Concat(WorkspaceQuota.All(cloud, location).Select(share => Quota(WorkspaceQuota.IdOf(share.Workspace, share.Size, "quotas"), "workspaces", share.Size, share.Limit)));

    public static JsonArray VmSizes(Cloud cloud) => new([.. cloud.Catalog.VmSizes.All.Select(size => new JsonObject
    {
        ["name"] = size.Name,
        ["family"] = size.Family,
        ["vCPUs"] = size.VCpus,
        ["gpus"] = size.Gpus,
        ["osVhdSizeMB"] = 1047552,
        ["maxResourceVolumeMB"] = 0,
        ["memoryGB"] = size.MemoryGB,
        ["lowPriorityCapable"] = false,
        ["premiumIO"] = true,
        ["supportedComputeTypes"] = new JsonArray("AmlCompute", "ComputeInstance", "MIR"),
    })]);

    private static JsonObject Quota(string id, string kind, VmSize size, int limit) => new()
    {
        ["id"] = id,
        ["type"] = $"{Root}/{kind}/quotas",
        ["limit"] = limit,
        ["unit"] = "Count",
        ["name"] = new JsonObject { ["value"] = size.Family, ["localizedValue"] = size.UsageName },
    };

    private static IEnumerable<VmSize> Families(Cloud cloud) => cloud.Catalog.VmSizes.All.DistinctBy(size => size.FamilyKey);

    private static JsonObject Row(Cloud cloud, string location, string kind, string name, int used, int limit) => new()
    {
        ["id"] = Id(cloud, location, "usages", name.Replace(' ', '_')),
        ["type"] = $"{Root}/{kind}/usages",
        ["unit"] = "Count",
        ["currentValue"] = used,
        ["limit"] = limit,
        ["name"] = new JsonObject { ["value"] = name, ["localizedValue"] = name },
    };

    private static string Id(Cloud cloud, string location, string list, string name) => $"{cloud.Subscription}/providers/{Root}/locations/{location}/{list}/{name}";
}
