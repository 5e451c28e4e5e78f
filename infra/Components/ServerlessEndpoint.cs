using Deploy.Catalog;
using Deploy.Environments.Settings;
using Pulumi;
using Pulumi.AzureNative.MachineLearningServices;
using Pulumi.AzureNative.MachineLearningServices.Inputs;
using Ml = Pulumi.AzureNative.MachineLearningServices;

namespace Infra.Components;

/// <summary>
/// A model that Azure runs and bills by token, in one project. Models of Microsoft need no marketplace subscription; for others the component makes one first.
/// </summary>
public sealed class ServerlessEndpoint : ComponentResource
{
    public Ml.ServerlessEndpoint Endpoint { get; }

    /// <summary>The base to which <c>/info</c> and <c>/chat/completions</c> are appended.</summary>
    public Output<string> Uri { get; }

    public ServerlessEndpoint(string name, ServerlessEndpointArgs args, ComponentResourceOptions? options = null)
        : base("phi:index:ServerlessEndpoint", name, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        if (args.Model.NeedsMarketplaceSubscription)
        {
            child.DependsOn.Add(new MarketplaceSubscription(name, new MarketplaceSubscriptionArgs
            {
                ResourceGroupName = args.Project.ResourceGroupName,
                WorkspaceName = args.Project.Workspace.Name,
                Properties = new MarketplaceSubscriptionPropertiesArgs { ModelId = args.Model.RegistryId },
            }, new CustomResourceOptions { Parent = this }));
        }

        Endpoint = new Ml.ServerlessEndpoint(name, new Ml.ServerlessEndpointArgs
        {
            ResourceGroupName = args.Project.ResourceGroupName,
            WorkspaceName = args.Project.Workspace.Name,
            Name = args.EndpointName,
            Location = args.Location,
            Sku = new SkuArgs { Name = "Consumption" },
            Properties = new ServerlessEndpointPropertiesArgs
            {
                AuthMode = ServerlessInferenceEndpointAuthMode.Key,
                // Without a version: the service always serves the newest.
                ModelSettings = new ModelSettingsArgs { ModelId = args.Model.RegistryId },
                ContentSafety = new ContentSafetyArgs { ContentSafetyStatus = args.ContentSafety == ContentSafety.Enabled ? ContentSafetyStatus.Enabled : ContentSafetyStatus.Disabled },
            },
            Tags = args.Tags,
        }, child);
        Uri = Endpoint.Properties.Apply(properties => properties.InferenceEndpoint.Uri.TrimEnd('/'));
        RegisterOutputs(new Dictionary<string, object?> { ["uri"] = Uri });
    }
}

/// <summary>What a <see cref="ServerlessEndpoint"/> is made of.</summary>
public sealed class ServerlessEndpointArgs : ResourceArgs
{
    public required Project Project { get; init; }

    public required Input<string> Location { get; init; }

    /// <summary>The name in Azure, unique in the region.</summary>
    public required Input<string> EndpointName { get; init; }

    public required CatalogModel Model { get; init; }

    public required ContentSafety ContentSafety { get; init; }

    public InputMap<string> Tags { get; init; } = [];
}
