using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Environments.Settings;

namespace Deploy.Preflight.Checks;

/// <summary>Whether the identity may do what the deployment does. Source: Authorization, permissions of a scope, api-version 2022-04-01.</summary>
internal static class PermissionCheck
{
    private const string ApiVersion = "2022-04-01";

    private static readonly string[] Always =
    [
        "Microsoft.Resources/subscriptions/resourceGroups/write",
        "Microsoft.OperationalInsights/workspaces/write",
        "Microsoft.Insights/components/write",
        "Microsoft.Storage/storageAccounts/write",
        "Microsoft.KeyVault/vaults/write",
        "Microsoft.MachineLearningServices/workspaces/write",
        "Microsoft.MachineLearningServices/workspaces/hubs/join/action",
        "Microsoft.Authorization/roleAssignments/write",
    ];

    private static readonly string[] ForServerless =
    [
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints/write",
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints/listKeys/action",
    ];

    private static readonly string[] ForManaged =
    [
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/write",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write",
        "Microsoft.Resources/deployments/write",
    ];

    public static async Task<IReadOnlyList<PreflightCheck>> RunAsync(PreflightRequest request, CancellationToken cancellationToken)
    {
        if (request.Azure is not { } azure)
        {
            return [Findings.NotAsked(PreflightChecks.Permissions, "Whether the identity may deploy")];
        }

        // An environment that exists may be all that the identity is allowed to touch.
        var group = request.Holdings.Others.FirstOrDefault(id => string.Equals(id.ResourceType.ToString(), "Microsoft.Resources/resourceGroups", StringComparison.OrdinalIgnoreCase));
        var scope = group?.ToString() ?? $"/subscriptions/{azure.SubscriptionId}";
        var read = await ArmReading.ListAsync(
            azure.Client, ArmRequest.Get($"{scope}/providers/Microsoft.Authorization/permissions", ApiVersion), "list own permissions", cancellationToken);
        if (!read.HasValue)
        {
            return [Findings.Unverified(PreflightChecks.Permissions, read.Error)];
        }

        // Whoever may read their permissions has at least that one, so an empty list says nothing.
        if (read.Status == ReadStatus.Empty)
        {
            return [Findings.Unverified(PreflightChecks.Permissions, PreflightErrors.PermissionsNotListed.With($"Azure lists no permission of the identity on {scope}."))];
        }

        var missing = Needed(request.Settings).Where(action => !read.Value.Any(permission => Grants(permission, action))).ToArray();
        if (missing.Length == 0)
        {
            return [Findings.Pass(PreflightChecks.Permissions, $"The identity holds every permission of the deployment on {scope}.")];
        }

        // What exists already need not be written again, so a missing permission need not matter.
        var error = PreflightErrors.PermissionMissing.With($"The identity lacks on {scope}: {string.Join(", ", missing)}.");
        return [request.Holdings.IsEmpty ? Findings.Fail(PreflightChecks.Permissions, error) : Findings.Warn(PreflightChecks.Permissions, error)];
    }

    internal static bool Grants(JsonObject permission, string action) =>
        Patterns(permission, "actions").Any(pattern => Matches(pattern, action)) && !Patterns(permission, "notActions").Any(pattern => Matches(pattern, action));

    private static IEnumerable<string> Needed(EnvironmentSettings settings) =>
    [
        .. Always,
        .. settings.Endpoints.Any(pair => pair.Endpoint.Compute == ComputeKind.Serverless) ? ForServerless : [],
        .. settings.Endpoints.Any(pair => pair.Endpoint.Compute == ComputeKind.Managed) ? ForManaged : [],
    ];

    private static IEnumerable<string> Patterns(JsonObject permission, string name) =>
        (permission[name] as JsonArray ?? []).OfType<JsonValue>().Select(value => value.ToString());

    private static bool Matches(string pattern, string action) => Regex.IsMatch(
        action, $"^{Regex.Escape(pattern).Replace(@"\*", ".*", StringComparison.Ordinal)}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
}
