using Azure.Core;
using Deploy.Environments;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>One endpoint of a plan with its name in Azure and what its environment has.</summary>
/// <param name="Label">How rows name it: <c>project/endpoint</c>, with the stack before it in a report about several.</param>
internal sealed record PlannedEndpoint(QuotaEnvironment Environment, ProjectSettings Project, EndpointSettings Endpoint, string AzureName, string Label)
{
    public EnvironmentHoldings Holdings => Environment.Holdings;

    public static IReadOnlyList<PlannedEndpoint> Of(IReadOnlyList<QuotaEnvironment> environments) =>
    [
        .. environments.SelectMany(environment => environment.Settings.Endpoints.Select(pair => new PlannedEndpoint(
            environment,
            pair.Project,
            pair.Endpoint,
            Naming.EndpointName(environment.SubscriptionId, environment.Settings.Stack, pair.Project.Name, pair.Endpoint.Name),
            $"{(environment.IsNamed ? $"{environment.Settings.Stack}/" : "")}{pair.Project.Name}/{pair.Endpoint.Name}"))),
    ];

    /// <summary>The scope of something in the endpoint's project.</summary>
    public string InProject(string name) => $"{Label[..^Endpoint.Name.Length]}{name}";

    /// <summary>The workspace of its project in Azure; null when the environment has none yet.</summary>
    public ResourceIdentifier? Workspace() =>
        Holdings.Serverless.Select(item => item.Id).Concat(Holdings.OnlineEndpoints)
            .FirstOrDefault(id => Environment.Settings.Endpoints.Any(pair => pair.Project == Project && NameOf(pair.Endpoint) == id.Name))?.Parent
        // Pulumi names a project's workspace after it, with eight characters of its own.
        ?? Holdings.Others.FirstOrDefault(id => Same(id.ResourceType.Type, "workspaces") && id.Name.Length == Project.Name.Length + AutonameLength && id.Name.StartsWith(Project.Name, StringComparison.OrdinalIgnoreCase));

    public static bool Same(string? left, string? right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private const int AutonameLength = 8;

    private string NameOf(EndpointSettings endpoint) => Naming.EndpointName(Environment.SubscriptionId, Environment.Settings.Stack, Project.Name, endpoint.Name);
}

/// <summary>Compares the models that registries' IDs name.</summary>
internal static class RegistryModel
{
    /// <summary>Whether an ID such as <c>azureml://registries/azureml/models/Phi-4/versions/8</c> names a model, of that version where both have one.</summary>
    public static bool IsSame(string id, string model, string? version)
    {
        var parts = id.Split('/', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.FindIndex(parts, part => PlannedEndpoint.Same(part, "models"));
        return at >= 0 && at + 1 < parts.Length && PlannedEndpoint.Same(parts[at + 1], model)
            && (version is null || at + 3 >= parts.Length || PlannedEndpoint.Same(parts[at + 3], version));
    }
}
