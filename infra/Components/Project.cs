using Pulumi;
using Pulumi.AzureNative.MachineLearningServices;
using Pulumi.AzureNative.MachineLearningServices.Inputs;

namespace Infra.Components;

/// <summary>A project of a hub: it takes storage, vault and network from the hub, and holds endpoints.</summary>
public sealed class Project : ComponentResource
{
    public Workspace Workspace { get; }

    public Output<string> ResourceGroupName { get; }

    public Project(string name, ProjectArgs args, ComponentResourceOptions? options = null)
        : base("phi:index:Project", name, options)
    {
        ResourceGroupName = args.Hub.ResourceGroupName;
        Workspace = new Workspace(name, new WorkspaceArgs
        {
            ResourceGroupName = ResourceGroupName,
            Location = args.Location,
            Kind = "Project",
            Sku = new SkuArgs { Name = "Basic", Tier = SkuTier.Basic },
            Identity = new ManagedServiceIdentityArgs { Type = ManagedServiceIdentityType.SystemAssigned },
            FriendlyName = name,
            HubResourceId = args.Hub.Workspace.Id,
            Tags = args.Tags,
        }, new CustomResourceOptions { Parent = this });
        RegisterOutputs();
    }
}

/// <summary>What a <see cref="Project"/> is made of.</summary>
public sealed class ProjectArgs : ResourceArgs
{
    public required Hub Hub { get; init; }

    public required Input<string> Location { get; init; }

    public InputMap<string> Tags { get; init; } = [];
}
