using System.Text.Json.Nodes;
using Deploy.Catalog;
using Deploy.Emulator.Persistence;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.ControlPlane.MachineLearning;

/// <summary>The share of the subscription's cores that one workspace may use, by VM family: what <c>updateQuotas</c> sets. A limit of -1 takes the share away again.</summary>
internal static class WorkspaceQuota
{
    private const int Unlimited = -1;

    public static ArmResponse Update(Cloud cloud, string location, JsonObject? body)
    {
        if (body?["value"] is not JsonArray rows || !rows.All(row => row is JsonObject entry && entry["id"] is JsonValue && entry["limit"] is JsonValue limit && limit.TryGetValue<int>(out _)))
        {
            return ArmErrors.InvalidContent("The property 'value' is a list of { id, type, limit, unit }");
        }

        return ArmResponse.Ok(new JsonObject { ["value"] = new JsonArray([.. rows.Select(row => Set(cloud, location, row!.AsObject()))]) }).AsWrite();
    }

    /// <summary>Null when the workspace has no share of its own.</summary>
    public static int? LimitOf(Cloud cloud, string workspaceId, VmSize size) => (int?)(cloud.Store.Setting(Key(workspaceId)) as JsonObject)?[size.FamilyKey];

    /// <summary>The shares set in a location, with what is used of them.</summary>
    public static IEnumerable<(StoredResource Workspace, VmSize Size, int Limit)> All(Cloud cloud, string location) =>
        from workspace in cloud.Store.OfTypeIn(ResourceTypes.Workspace, location)
        let limits = cloud.Store.Setting(Key(workspace.Id)) as JsonObject
        where limits is not null
        from size in cloud.Catalog.VmSizes.All.DistinctBy(size => size.FamilyKey)
        where limits[size.FamilyKey] is not null
        select (workspace, size, (int)limits[size.FamilyKey]!);

    public static string IdOf(StoredResource workspace, VmSize size, string list) => $"{workspace.Id}/{list}/{size.UsageName.Replace(' ', '_')}";

    private static JsonObject Set(Cloud cloud, string location, JsonObject row)
    {
        var answer = new JsonObject { ["id"] = row["id"]!.DeepClone(), ["type"] = row["type"]?.DeepClone(), ["limit"] = row["limit"]!.DeepClone(), ["unit"] = row["unit"]?.DeepClone() ?? "Count" };
        answer["status"] = Apply(cloud, location, (string)row["id"]!, (int)row["limit"]!);
        return answer;
    }

    private static string Apply(Cloud cloud, string location, string id, int limit)
    {
        var at = id.LastIndexOf("/quotas/", StringComparison.OrdinalIgnoreCase);
        var family = at < 0 ? "" : id[(at + "/quotas/".Length)..];
        if (cloud.Catalog.VmSizes.All.FirstOrDefault(size => IsFamily(size, family)) is not { } found)
        {
            return "InvalidVMFamilyName";
        }

        // The subscription's own limits are raised by a request to Azure's support, not here.
        if (cloud.Store.Get(id[..at]) is not { } workspace || !workspace.Type.Equals(ResourceTypes.Workspace, StringComparison.OrdinalIgnoreCase) || workspace.Location != location)
        {
            return "Failure";
        }

        if (limit > cloud.Quotas.LimitOf(location, found))
        {
            return "InvalidQuotaExceedsSubscriptionLimit";
        }

        if (limit != Unlimited && limit < Usage.Of(cloud, location, below: workspace.Key).GetValueOrDefault(found.FamilyKey))
        {
            return "InvalidQuotaBelowClusterMinimum";
        }

        var limits = cloud.Store.Setting(Key(workspace.Id)) as JsonObject ?? [];
        limits[found.FamilyKey] = limit == Unlimited ? null : limit;
        cloud.Store.SetSetting(Key(workspace.Id), limits);
        return "Success";
    }

    private static bool IsFamily(VmSize size, string name) => VmFamily.Normalize(name) == size.FamilyKey || name.Replace('_', ' ').Equals(size.UsageName, StringComparison.OrdinalIgnoreCase);

    private static string Key(string workspaceId) => CloudStore.SettingOf(workspaceId);
}
