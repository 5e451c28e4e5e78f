using Pulumi;
using Pulumi.AzureNative.ApplicationInsights;
using Pulumi.AzureNative.KeyVault;
using Pulumi.AzureNative.OperationalInsights;
using Pulumi.AzureNative.Resources;
using Pulumi.AzureNative.Storage;
using Kind = Pulumi.AzureNative.Storage.Kind;
using Logs = Pulumi.AzureNative.OperationalInsights;
using Accounts = Pulumi.AzureNative.Storage;
using Vaults = Pulumi.AzureNative.KeyVault;

namespace Infra.Components;

/// <summary>
/// What a hub stands on: resource group, Log Analytics, Application Insights, storage account, key vault. The vault is guarded by role assignments,
/// not by access policies, and the storage account has no public blobs.
/// </summary>
public sealed class Foundation : ComponentResource
{
    public ResourceGroup ResourceGroup { get; }

    public StorageAccount Storage { get; }

    public Vault Vault { get; }

    public Component Insights { get; }

    /// <param name="name">Prefix of every logical name, at most 16 characters of a-z and 0-9: a storage account's name takes no other.</param>
    /// <param name="args">What the parts share.</param>
    /// <param name="options">Options of the component.</param>
    public Foundation(string name, FoundationArgs args, ComponentResourceOptions? options = null)
        : base("phi:index:Foundation", name, options)
    {
        var child = new CustomResourceOptions { Parent = this };
        ResourceGroup = new ResourceGroup(name, new ResourceGroupArgs { Location = args.Location, Tags = args.Tags }, child);
        var logs = new Logs.Workspace(name, new Logs.WorkspaceArgs
        {
            ResourceGroupName = ResourceGroup.Name,
            Location = args.Location,
            Sku = new Logs.Inputs.WorkspaceSkuArgs { Name = WorkspaceSkuNameEnum.PerGB2018 },
            RetentionInDays = 30,
            Tags = args.Tags,
        }, child);
        Insights = new Component(name, new ComponentArgs
        {
            ResourceGroupName = ResourceGroup.Name,
            Location = args.Location,
            Kind = "web",
            ApplicationType = ApplicationType.Web,
            IngestionMode = IngestionMode.LogAnalytics,
            WorkspaceResourceId = logs.Id,
            Tags = args.Tags,
        }, child);
        Storage = new StorageAccount(name, new StorageAccountArgs
        {
            ResourceGroupName = ResourceGroup.Name,
            Location = args.Location,
            Kind = Kind.StorageV2,
            Sku = new Accounts.Inputs.SkuArgs { Name = Accounts.SkuName.Standard_LRS },
            AllowBlobPublicAccess = false,
            EnableHttpsTrafficOnly = true,
            MinimumTlsVersion = MinimumTlsVersion.TLS1_2,
            Tags = args.Tags,
        }, child);
        Vault = new Vault(name, new VaultArgs
        {
            ResourceGroupName = ResourceGroup.Name,
            Location = args.Location,
            Properties = new Vaults.Inputs.VaultPropertiesArgs
            {
                TenantId = args.TenantId,
                Sku = new Vaults.Inputs.SkuArgs { Family = SkuFamily.A, Name = Vaults.SkuName.Standard },
                EnableRbacAuthorization = true,
                EnableSoftDelete = true,
            },
            Tags = args.Tags,
        }, child);
        RegisterOutputs();
    }
}
