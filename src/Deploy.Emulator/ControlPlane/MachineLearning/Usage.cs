using System.Text.Json.Nodes;
using Deploy.Catalog;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>The location-level lists of Azure Machine Learning: usages, quotas, VM sizes.</summary>
internal static class Usage
{
    private const string Root = ResourceTypes.MachineLearning;

    /// <summary>Cores in use by family key, without reserve.</summary>
    public static IReadOnlyDictionary<string, int> Of(Cloud cloud, string location, string? except = null)
    {
        var used = new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase);
        foreach (var deployment in cloud.Store.OfType(ResourceTypes.OnlineDeployment).Where(deployment => deployment.Location == location && deployment.Key != except))
        {
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
    }

    public static IEnumerable<JsonNode> Quotas(Cloud cloud, string location) => Families(cloud).Select(size => new JsonObject
    {
        ["id"] = Id(cloud, location, "quotas", size.Family),
        ["type"] = $"{Root}/vmFamily/quotas",
        ["limit"] = cloud.Quotas.LimitOf(location, size),
        ["unit"] = "Count",
        ["name"] = new JsonObject { ["value"] = size.Family, ["localizedValue"] = size.UsageName },
    });

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
