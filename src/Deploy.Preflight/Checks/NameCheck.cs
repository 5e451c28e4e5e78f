using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Environments;
using Deploy.Environments.Settings;

namespace Deploy.Preflight.Checks;

/// <summary>Whether the names of new endpoints are free in the region, as far as this subscription shows.</summary>
internal static class NameCheck
{
    private static readonly ResourceType ServerlessType = new("Microsoft.MachineLearningServices/workspaces/serverlessEndpoints");
    private static readonly ResourceType OnlineType = new("Microsoft.MachineLearningServices/workspaces/onlineEndpoints");

    public static async Task<IReadOnlyList<PreflightCheck>> RunAsync(PreflightRequest request, CancellationToken cancellationToken)
    {
        if (!request.Settings.Endpoints.Any())
        {
            return [];
        }

        if (request.Azure is not { } azure)
        {
            return [Findings.NotAsked(PreflightChecks.Names, "Whether the endpoints' names are free")];
        }

        var serverless = KindAsync(request, azure, ComputeKind.Serverless, ServerlessType, [.. request.Holdings.Serverless.Select(held => held.Id)], cancellationToken);
        var managed = KindAsync(request, azure, ComputeKind.Managed, OnlineType, request.Holdings.OnlineEndpoints, cancellationToken);
        PreflightCheck[] checks = [.. await serverless, .. await managed];
        return checks.Length > 0
            ? checks
            : [Findings.Pass(PreflightChecks.Names, "No other endpoint of this subscription has the name of a new one; other subscriptions cannot be seen.")];
    }

    private static async Task<IReadOnlyList<PreflightCheck>> KindAsync(
        PreflightRequest request, PreflightAzure azure, ComputeKind compute, ResourceType type, IReadOnlyList<ResourceIdentifier> held, CancellationToken cancellationToken)
    {
        var names = request.Settings.Endpoints
            .Where(pair => pair.Endpoint.Compute == compute)
            .ToDictionary(
                pair => Naming.EndpointName(azure.SubscriptionId, request.Settings.Stack, pair.Project.Name, pair.Endpoint.Name),
                pair => $"{pair.Project.Name}/{pair.Endpoint.Name}",
                StringComparer.OrdinalIgnoreCase);
        if (names.Count == 0)
        {
            return [];
        }

        var read = await azure.MachineLearning.ListResourcesAsync(azure.SubscriptionId, type, cancellationToken);
        if (!read.HasValue)
        {
            return [Findings.Unverified(PreflightChecks.Names, read.Error)];
        }

        return [.. read.Value
            .Where(found => found.Location == request.Settings.Location && names.ContainsKey(found.Id.Name) && !held.Contains(found.Id))
            .Select(found => Findings.Fail(
                PreflightChecks.Names, PreflightErrors.NameTaken.With($"The name '{found.Id.Name}' of {names[found.Id.Name]} is taken by {found.Id}, which is not in this stack's state.")))];
    }
}
