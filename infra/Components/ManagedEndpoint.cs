using System.Collections.Immutable;
using Deploy.Catalog;
using Deploy.Environments.Settings;
using Infra.Access;
using Pulumi;
using Pulumi.AzureNative.MachineLearningServices;
using Pulumi.AzureNative.MachineLearningServices.Inputs;
using Pulumi.AzureNative.Resources;
using Pulumi.AzureNative.Resources.Inputs;

namespace Infra.Components;

/// <summary>
/// A model on virtual machines of the subscription's quota: an online endpoint, one deployment with the probes and request settings that a Phi model needs, and
/// the traffic rule that sends requests to it.
/// </summary>
/// <remarks>
/// The service refuses traffic to a deployment that does not exist yet, so the endpoint is made without any. The rule follows as an ARM template deployment,
/// which writes the endpoint again with the same properties and the traffic; it changes whenever they change, and so runs after every update of the endpoint.
/// </remarks>
public sealed class ManagedEndpoint : ComponentResource
{
    public const string DeploymentName = "default";

    /// <summary>The api-version of the traffic rule: that of <c>OnlineEndpoint</c> in azure-native 3.28.</summary>
    private const string ApiVersion = "2025-12-01";

    public OnlineEndpoint Endpoint { get; }

    /// <summary>The base to which <c>/chat/completions</c> is appended.</summary>
    public Output<string> Uri { get; }

    public ManagedEndpoint(string name, ManagedEndpointArgs args, ComponentResourceOptions? options = null)
        : base("phi:index:ManagedEndpoint", name, options)
    {
        Endpoint = MakeEndpoint(name, args);
        var deployment = MakeDeployment(name, args);
        MakeTraffic(name, args, deployment);
        if (args.Auth == AuthMode.Entra)
        {
            _ = Roles.Assign($"{name}-caller", Roles.AzureMLDataScientist, Endpoint.Id, args.CallerId, args.CallerType, this);
        }

        Uri = Endpoint.Properties.Apply(properties => WithoutScore(properties.ScoringUri));
        RegisterOutputs(new Dictionary<string, object?> { ["uri"] = Uri });
    }

    private OnlineEndpoint MakeEndpoint(string name, ManagedEndpointArgs args) => new(name, new OnlineEndpointArgs
    {
        ResourceGroupName = args.Project.ResourceGroupName,
        WorkspaceName = args.Project.Workspace.Name,
        EndpointName = args.EndpointName,
        Location = args.Location,
        Identity = new ManagedServiceIdentityArgs { Type = ManagedServiceIdentityType.SystemAssigned },
        Properties = new OnlineEndpointPropertiesArgs
        {
            AuthMode = AuthModeOf(args.Auth),
            PublicNetworkAccess = PublicNetworkAccessType.Enabled,
        },
        Tags = args.Tags,
    }, new CustomResourceOptions { Parent = this, IgnoreChanges = { "properties.traffic" } });

    private OnlineDeployment MakeDeployment(string name, ManagedEndpointArgs args) => new(name, new OnlineDeploymentArgs
    {
        ResourceGroupName = args.Project.ResourceGroupName,
        WorkspaceName = args.Project.Workspace.Name,
        EndpointName = Endpoint.Name,
        DeploymentName = DeploymentName,
        Location = args.Location,
        Sku = new SkuArgs { Name = "Default", Tier = SkuTier.Standard, Capacity = args.Instances },
        Properties = new ManagedOnlineDeploymentArgs
        {
            EndpointComputeType = "Managed",
            Model = args.Model.VersionedRegistryId(args.Version),
            InstanceType = args.InstanceType,
            AppInsightsEnabled = false,
            // Phi answers take longer than the service's default of 5 s, and one request at a time per instance is its default too.
            RequestSettings = new OnlineRequestSettingsArgs { RequestTimeout = "PT90S", MaxConcurrentRequestsPerInstance = 16 },
            // Loading the weights takes minutes: the probes begin late, and then look often.
            LivenessProbe = new ProbeSettingsArgs { InitialDelay = "PT10M", Period = "PT10S", Timeout = "PT2S", FailureThreshold = 30, SuccessThreshold = 1 },
            ReadinessProbe = new ProbeSettingsArgs { InitialDelay = "PT10S", Period = "PT10S", Timeout = "PT2S", FailureThreshold = 180, SuccessThreshold = 1 },
            ScaleSettings = new DefaultScaleSettingsArgs { ScaleType = "Default" },
        },
        Tags = args.Tags,
    }, new CustomResourceOptions
    {
        Parent = this,
        // The service refuses to delete a deployment that gets traffic; it goes with its endpoint.
        DeletedWith = Endpoint,
        CustomTimeouts = new CustomTimeouts { Create = TimeSpan.FromMinutes(60), Update = TimeSpan.FromMinutes(60) },
    });

    private void MakeTraffic(string name, ManagedEndpointArgs args, OnlineDeployment deployment)
    {
        var template = Output.Tuple(args.Project.Workspace.Name, Endpoint.Name, deployment.Name, args.Location.ToOutput(), args.Tags.ToOutput())
            .Apply(values => (object)TrafficTemplate(values.Item1, values.Item2, values.Item3, values.Item4, values.Item5, AuthModeOf(args.Auth).ToString()));
        _ = new Pulumi.AzureNative.Resources.Deployment($"{name}-traffic", new DeploymentArgs
        {
            ResourceGroupName = args.Project.ResourceGroupName,
            Properties = new DeploymentPropertiesArgs { Mode = DeploymentMode.Incremental, Template = template },
        }, new CustomResourceOptions { Parent = this, DependsOn = { deployment } });
    }

    /// <summary>The endpoint once more, with all traffic on one deployment. Literal values only: no template expression is needed.</summary>
    internal static ImmutableDictionary<string, object> TrafficTemplate(
        string workspace, string endpoint, string deployment, string location, ImmutableDictionary<string, string> tags, string authMode) => Map(
        ("$schema", "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#"),
        ("contentVersion", "1.0.0.0"),
        ("resources", ImmutableArray.Create<object>(Map(
            ("type", "Microsoft.MachineLearningServices/workspaces/onlineEndpoints"),
            ("apiVersion", ApiVersion),
            ("name", $"{workspace}/{endpoint}"),
            ("location", location),
            ("tags", tags.ToImmutableDictionary(tag => tag.Key, tag => (object)tag.Value)),
            ("identity", Map(("type", "SystemAssigned"))),
            ("properties", Map(
                ("authMode", authMode),
                ("publicNetworkAccess", "Enabled"),
                ("traffic", Map((deployment, 100)))))))));

    private static ImmutableDictionary<string, object> Map(params (string Name, object Value)[] entries) =>
        entries.ToImmutableDictionary(entry => entry.Name, entry => entry.Value);

    private static EndpointAuthMode AuthModeOf(AuthMode auth) => auth switch
    {
        AuthMode.Entra => EndpointAuthMode.AADToken,
        AuthMode.AmlToken => EndpointAuthMode.AMLToken,
        _ => EndpointAuthMode.Key,
    };

    private static string WithoutScore(string scoringUri) =>
        scoringUri.EndsWith("/score", StringComparison.Ordinal) ? scoringUri[..^"/score".Length] : scoringUri.TrimEnd('/');
}

/// <summary>What a <see cref="ManagedEndpoint"/> is made of.</summary>
public sealed class ManagedEndpointArgs : ResourceArgs
{
    public required Project Project { get; init; }

    public required Input<string> Location { get; init; }

    /// <summary>The name in Azure, unique in the region.</summary>
    public required Input<string> EndpointName { get; init; }

    public required CatalogModel Model { get; init; }

    public required string Version { get; init; }

    /// <summary>The VM size, such as <c>Standard_NC24ads_A100_v4</c>.</summary>
    public required string InstanceType { get; init; }

    public required int Instances { get; init; }

    public required AuthMode Auth { get; init; }

    /// <summary>Object id of who deploys: with <see cref="AuthMode.Entra"/> it gets the role that calling takes.</summary>
    public required Output<string> CallerId { get; init; }

    /// <summary><c>User</c> or <c>ServicePrincipal</c>.</summary>
    public required Output<string> CallerType { get; init; }

    public InputMap<string> Tags { get; init; } = [];
}
