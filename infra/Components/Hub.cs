using Infra.Access;
using Pulumi;
using Pulumi.AzureNative.MachineLearningServices;
using Pulumi.AzureNative.MachineLearningServices.Inputs;

namespace Infra.Components;

/// <summary>An Azure AI hub on a <see cref="Foundation"/>, with the role its identity needs on the key vault.</summary>
public sealed class Hub : ComponentResource
{
    public Workspace Workspace { get; }

    public Output<string> ResourceGroupName { get; }

    public Hub(string name, HubArgs args, ComponentResourceOptions? options = null)
        : base("phi:index:Hub", name, options)
    {
        var foundation = args.Foundation;
        ResourceGroupName = foundation.ResourceGroup.Name;
        Workspace = new Workspace(name, new WorkspaceArgs
        {
            ResourceGroupName = foundation.ResourceGroup.Name,
            Location = args.Location,
            Kind = "Hub",
            Sku = new SkuArgs { Name = "Basic", Tier = SkuTier.Basic },
            Identity = new ManagedServiceIdentityArgs { Type = ManagedServiceIdentityType.SystemAssigned },
            FriendlyName = args.FriendlyName,
            StorageAccount = foundation.Storage.Id,
            KeyVault = foundation.Vault.Id,
            ApplicationInsights = foundation.Insights.Id,
            PublicNetworkAccess = PublicNetworkAccessType.Enabled,
            ManagedNetwork = new ManagedNetworkSettingsArgs { IsolationMode = args.IsolationMode },

            // Otherwise the network comes with the first compute, and an online deployment does not wait for it: WorkspaceManagedNetworkNotReady.
            ProvisionNetworkNow = args.IsolationMode == IsolationMode.Disabled ? (Input<bool>?)null : true,
            Tags = args.Tags,
        }, new CustomResourceOptions { Parent = this });

        // The vault uses role-based access: without this role the hub cannot keep its connections' secrets.
        _ = Roles.Assign($"{name}-vault", Roles.KeyVaultAdministrator, foundation.Vault.Id,
            Workspace.Identity.Apply(identity => identity!.PrincipalId), "ServicePrincipal", this);
        RegisterOutputs();
    }
}

/// <summary>What a <see cref="Hub"/> is made of.</summary>
public sealed class HubArgs : ResourceArgs
{
    public required Foundation Foundation { get; init; }

    public required Input<string> Location { get; init; }

    public required Input<string> FriendlyName { get; init; }

    /// <summary>How the hub's managed network is isolated.</summary>
    public required IsolationMode IsolationMode { get; init; }

    public InputMap<string> Tags { get; init; } = [];
}
