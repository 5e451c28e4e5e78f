using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;

namespace Deploy.Preflight.Checks;

/// <summary>
/// Looks for deleted resources that still hold names. New resources draw names of their own, so a deleted holder blocks only what the state already names.
/// Azure has no documented list of soft-deleted hubs and projects; the message says so.
/// </summary>
internal static class SoftDeletedCheck
{
    // Tags that the program puts on everything it makes.
    private const string EnvironmentTag = "environment";
    private const string ProjectTag = "project";
    private const string ProjectName = "phi";

    private static readonly (string Path, string ApiVersion, string Type, string What)[] Holders =
    [
        ("Microsoft.KeyVault/deletedVaults", "2023-07-01", "Microsoft.KeyVault/vaults", "key vault"),
        ("Microsoft.OperationalInsights/deletedWorkspaces", "2023-09-01", "Microsoft.OperationalInsights/workspaces", "Log Analytics workspace"),
    ];

    public static async Task<IReadOnlyList<PreflightCheck>> RunAsync(PreflightRequest request, CancellationToken cancellationToken)
    {
        if (request.Azure is not { } azure)
        {
            return [Findings.NotAsked(PreflightChecks.SoftDeleted, "Whether deleted resources hold names")];
        }

        var reads = Holders.Select(holder => (holder, read: ArmReading.ListAsync(
            azure.Client,
            ArmRequest.Get($"/subscriptions/{azure.SubscriptionId}/providers/{holder.Path}", holder.ApiVersion),
            $"list deleted {holder.What}s",
            cancellationToken))).ToArray();
        var checks = new List<PreflightCheck>();
        var leftovers = new List<string>();
        foreach (var (holder, read) in reads)
        {
            checks.AddRange(Judge(request, holder.Type, holder.What, await read, leftovers));
        }

        if (checks.Count > 0)
        {
            return checks;
        }

        var found = leftovers.Count == 0
            ? "No deleted key vault or Log Analytics workspace of this environment holds a name"
            : $"Deleted, but still holding their names: {string.Join(", ", leftovers)}; new ones draw other names";
        return [Findings.Pass(PreflightChecks.SoftDeleted, $"{found}. Azure lists no deleted hubs and projects.")];
    }

    private static IEnumerable<PreflightCheck> Judge(
        PreflightRequest request, string type, string what, ReadResult<IReadOnlyList<JsonObject>> read, List<string> leftovers)
    {
        if (!read.HasValue)
        {
            yield return Findings.Unverified(PreflightChecks.SoftDeleted, read.Error);
            yield break;
        }

        var held = request.Holdings.Others
            .Where(id => string.Equals(id.ResourceType.ToString(), type, StringComparison.OrdinalIgnoreCase))
            .Select(id => id.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var deleted in read.Value)
        {
            var name = deleted.Text("name") ?? "(unnamed)";
            if (held.Contains(name))
            {
                yield return Findings.Warn(
                    PreflightChecks.SoftDeleted,
                    PreflightErrors.DeletedOutside.With($"The {what} '{name}' is in this stack's state, but was deleted outside{Until(deleted)}."));
            }
            else if (IsOfEnvironment(deleted, request.Settings.Stack.Value))
            {
                leftovers.Add($"{what} '{name}'{Until(deleted)}");
            }
        }
    }

    private static string Until(JsonObject deleted) => deleted.Child("properties")?.Text("scheduledPurgeDate") is { } day ? $" (until {day})" : string.Empty;

    private static bool IsOfEnvironment(JsonObject deleted, string stack)
    {
        var tags = deleted.Child("tags") ?? deleted.Child("properties")?.Child("tags");
        return tags?.Text(EnvironmentTag) == stack && tags.Text(ProjectTag) == ProjectName;
    }
}
