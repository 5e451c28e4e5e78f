using Azure.Core;
using Deploy.Core;

namespace Deploy.Environments.Settings;

/// <summary>What the user wants of one environment, validated. Made by <see cref="SettingsBinder"/>.</summary>
public sealed record EnvironmentSettings
{
    public required StackName Stack { get; init; }

    /// <summary><c>azure-native:location</c>: where everything of the environment lies.</summary>
    public required AzureLocation Location { get; init; }

    /// <summary><c>azure-native:subscriptionId</c>; null when the credential's own subscription is meant.</summary>
    public string? SubscriptionId { get; init; }

    /// <summary><c>phi:cloud</c>; <see cref="TargetCloud.Public"/> when not given.</summary>
    public required TargetCloud Cloud { get; init; }

    /// <summary><c>phi:lifecycle</c>; <see cref="LifecyclePolicy.Enforce"/> when not given.</summary>
    public required LifecyclePolicy Lifecycle { get; init; }

    public required HubSettings Hub { get; init; }

    /// <summary><c>phi:verify</c>; without any limit when not given.</summary>
    public VerifySettings Verify { get; init; } = new();

    /// <summary>In the order of the file; names differ, also when case is ignored.</summary>
    public required IReadOnlyList<ProjectSettings> Projects { get; init; }

    /// <summary>Every endpoint with the project it belongs to, in the order of the file.</summary>
    public IEnumerable<(ProjectSettings Project, EndpointSettings Endpoint)> Endpoints =>
        Projects.SelectMany(project => project.Endpoints.Select(endpoint => (project, endpoint)));
}

public sealed record HubSettings
{
    /// <summary><c>phi:hub.network</c>; <see cref="HubNetwork.Public"/> when not given.</summary>
    public required HubNetwork Network { get; init; }
}

public sealed record ProjectSettings
{
    /// <summary>Lower-case letters, digits and single dashes, at most 24 characters: Pulumi appends eight, Azure allows 33.</summary>
    public required string Name { get; init; }

    /// <summary>In the order of the file; names differ within the project.</summary>
    public required IReadOnlyList<EndpointSettings> Endpoints { get; init; }

    /// <summary>Where it was written; null when it was not read from a file.</summary>
    public SourceMark? Mark { get; init; }
}

public sealed record EndpointSettings
{
    /// <summary>The name within the project. The name in Azure has a suffix; see <see cref="Naming.EndpointName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>A model of the catalog, in the catalog's own casing.</summary>
    public required ModelName Model { get; init; }

    public required ComputeKind Compute { get; init; }

    /// <summary>The model's version; null for serverless, which always serves the newest, and never null for managed.</summary>
    public string? Version { get; init; }

    /// <summary>The VM size, in the catalog's own casing where it knows it; null for serverless, and never null for managed.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Instances of the deployment, 1 to 50; 1 when not given; 0 for serverless, which has none.</summary>
    public required int Instances { get; init; }

    /// <summary>How callers sign in; <see cref="AuthMode.Key"/> when not given, and always for serverless.</summary>
    public required AuthMode Auth { get; init; }

    /// <summary>Azure's content filter; <see cref="ContentSafety.Enabled"/> for serverless when not given, always disabled for managed, which has none.</summary>
    public required ContentSafety ContentSafety { get; init; }

    /// <summary>Where it was written; null when it was not read from a file.</summary>
    public SourceMark? Mark { get; init; }

    /// <summary>Where its model was written; null when it was not read from a file.</summary>
    public SourceMark? ModelMark { get; init; }
}
