using System.Collections.Immutable;
using Deploy.Catalog;
using Deploy.Environments;
using Deploy.Environments.Settings;
using Infra.Components;
using Pulumi;
using Pulumi.AzureNative.Authorization;
using Pulumi.AzureNative.MachineLearningServices;

namespace Infra;

/// <summary>One environment: a hub on its foundation, its projects, and their endpoints, as <c>stacks/Pulumi.&lt;stack&gt;.yaml</c> says.</summary>
public sealed class EnvironmentStack : Stack
{
    /// <summary>The application id of the Azure CLI, under which users (and not service principals) sign in. Source: Microsoft's list of first-party applications.</summary>
    private const string AzureCliClientId = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";

    private readonly EnvironmentSettings _settings;
    private readonly Output<GetClientConfigResult> _client;
    private readonly ImmutableDictionary<string, string> _tags;

    /// <summary>Name of the resource group.</summary>
    [Output("resourceGroup")]
    public Output<string> ResourceGroup { get; private set; }

    /// <summary>Name of the hub in Azure.</summary>
    [Output("hub")]
    public Output<string> Hub { get; private set; }

    /// <summary>Names of the projects in Azure, by their names in the settings.</summary>
    [Output("projects")]
    public Output<ImmutableDictionary<string, string>> Projects { get; private set; }

    /// <summary>One <see cref="EndpointContract"/> per endpoint, in the order of the settings.</summary>
    [Output("endpoints")]
    public Output<ImmutableArray<ImmutableDictionary<string, object?>>> Endpoints { get; private set; }

    public EnvironmentStack()
    {
        _settings = StackSettings.Read(TimeProvider.System);
        _client = GetClientConfig.Invoke();
        _tags = ImmutableDictionary<string, string>.Empty.Add("environment", _settings.Stack.Value).Add("project", "phi");

        var foundation = new Foundation("phi", new FoundationArgs
        {
            Location = _settings.Location.Name,
            TenantId = _client.Apply(client => client.TenantId),
            Tags = _tags,
        });
        var hub = new Hub("hub", new HubArgs
        {
            Foundation = foundation,
            Location = _settings.Location.Name,
            FriendlyName = $"phi {_settings.Stack}",
            IsolationMode = IsolationOf(_settings.Hub.Network),
            Tags = _tags,
        });
        var projects = _settings.Projects.ToDictionary(project => project, project => new Project(project.Name, new ProjectArgs
        {
            Hub = hub,
            Location = _settings.Location.Name,
            Tags = _tags,
        }));

        ResourceGroup = foundation.ResourceGroup.Name;
        Hub = hub.Workspace.Name;
        Projects = Output.All(projects.Select(pair => pair.Value.Workspace.Name.Apply(name => KeyValuePair.Create(pair.Key.Name, name))))
            .Apply(pairs => pairs.ToImmutableDictionary());
        Endpoints = Output.All(_settings.Endpoints.Select(pair => MakeEndpoint(projects[pair.Project], pair.Project, pair.Endpoint)))
            .Apply(items => items.Select(item => item.ToDictionary()).ToImmutableArray());
    }

    private Output<EndpointContract> MakeEndpoint(Project project, ProjectSettings owner, EndpointSettings endpoint)
    {
        var name = $"{owner.Name}-{endpoint.Name}";
        var inAzure = _client.Apply(client => Naming.EndpointName(client.SubscriptionId, _settings.Stack, owner.Name, endpoint.Name));
        var model = AzureCatalog.Default.Models.Find(endpoint.Model)!; // the settings were validated against the same catalog
        var (uri, id) = endpoint.Compute == ComputeKind.Serverless
            ? Serverless(name, inAzure, project, endpoint, model)
            : Managed(name, inAzure, project, endpoint, model);
        return Output.Tuple(uri, id).Apply(values => new EndpointContract
        {
            Name = endpoint.Name,
            Project = owner.Name,
            Compute = endpoint.Compute,
            Model = model.Name.Value,
            ModelVersion = endpoint.Version,
            Uri = values.Item1,
            ResourceId = values.Item2,
            Auth = endpoint.Auth,
            ContentSafety = endpoint.ContentSafety,
            Deployments = endpoint.Compute == ComputeKind.Managed ? [ManagedEndpoint.DeploymentName] : [],
        });
    }

    private (Output<string> Uri, Output<string> Id) Serverless(string name, Output<string> inAzure, Project project, EndpointSettings endpoint, CatalogModel model)
    {
        var component = new Components.ServerlessEndpoint(name, new Components.ServerlessEndpointArgs
        {
            Project = project,
            Location = _settings.Location.Name,
            EndpointName = inAzure,
            Model = model,
            ContentSafety = endpoint.ContentSafety,
            Tags = _tags,
        });
        return (component.Uri, component.Endpoint.Id);
    }

    private (Output<string> Uri, Output<string> Id) Managed(string name, Output<string> inAzure, Project project, EndpointSettings endpoint, CatalogModel model)
    {
        var component = new ManagedEndpoint(name, new ManagedEndpointArgs
        {
            Project = project,
            Location = _settings.Location.Name,
            EndpointName = inAzure,
            Model = model,
            Version = endpoint.Version!, // the binder gives every managed endpoint a version and an instance type
            InstanceType = endpoint.InstanceType!,
            Instances = endpoint.Instances,
            Auth = endpoint.Auth,
            CallerId = _client.Apply(client => client.ObjectId),
            CallerType = _client.Apply(client => client.ClientId == AzureCliClientId ? "User" : "ServicePrincipal"),
            Tags = _tags,
        });
        return (component.Uri, component.Endpoint.Id);
    }

    private static IsolationMode IsolationOf(HubNetwork network) => network switch
    {
        HubNetwork.InternetOutbound => IsolationMode.AllowInternetOutbound,
        HubNetwork.ApprovedOutbound => IsolationMode.AllowOnlyApprovedOutbound,
        _ => IsolationMode.Disabled,
    };
}
