using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;
using Azure.ResourceManager.Resources.Models;

namespace Deploy.Emulator.Tests.Conformance;

/// <summary>The unmodified NuGet client of Azure Resource Manager.</summary>
public sealed class NuGetArmTests
{
    private static readonly CancellationToken Cancel = TestContext.Current.CancellationToken;

    [Fact]
    public async Task ArmClient_EveryCollection_WalksItsLife()
    {
        await using var cloud = await LocalCloud.StartAsync();
        var client = new ArmClient(IdentityTests.Credential(cloud), cloud.Connection.SubscriptionId, new ArmClientOptions
        {
            Environment = new ArmEnvironment(cloud.Connection.Https, "https://management.azure.com"),
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var subscription = await client.GetDefaultSubscriptionAsync(Cancel);
        await ReadAsync(client, subscription);
        var group = (await subscription.GetResourceGroups().CreateOrUpdateAsync(WaitUntil.Completed, "nuget", new ResourceGroupData(AzureLocation.EastUS2), Cancel)).Value;
        var storage = await GenericAsync(client, subscription, group);
        await LocksAsync(group, storage);
        await PoliciesAsync(subscription, group);
        await group.DeleteAsync(WaitUntil.Completed, cancellationToken: Cancel);
        Assert.False(await subscription.GetResourceGroups().ExistsAsync("nuget", Cancel));
        ClientEvidence.Compare("nuget-arm", NuGetVersion.Of("Azure.ResourceManager"), OperationName.Of(cloud.Requests()).Where(operation => !operation.Contains("{tenant}", StringComparison.Ordinal)));
    }

    private static async Task ReadAsync(ArmClient client, SubscriptionResource subscription)
    {
        Assert.Single(await All(client.GetTenants().GetAllAsync(Cancel)));
        Assert.Single(await All(client.GetSubscriptions().GetAllAsync(Cancel)));
        Assert.Contains(await All(subscription.GetLocationsAsync(cancellationToken: Cancel)), location => location.Name == "eastus2");
        Assert.Contains(await All(subscription.GetResourceProviders().GetAllAsync(cancellationToken: Cancel)), provider => provider.Data.Namespace == "Microsoft.Storage");
        var provider = (await subscription.GetResourceProviderAsync("Microsoft.MachineLearningServices", cancellationToken: Cancel)).Value;
        Assert.Equal("Registered", (await provider.RegisterAsync(cancellationToken: Cancel)).Value.Data.RegistrationState);
    }

    private static async Task<GenericResource> GenericAsync(ArmClient client, SubscriptionResource subscription, ResourceGroupResource group)
    {
        Assert.Equal("test", (await group.AddTagAsync("env", "test", Cancel)).Value.Data.Tags["env"]);
        Assert.Single(await All(subscription.GetResourceGroups().GetAllAsync(cancellationToken: Cancel)));
        Assert.Equal("nuget", (await subscription.GetResourceGroupAsync("nuget", Cancel)).Value.Data.Name);
        Assert.Equal("phi", (await group.UpdateAsync(new ResourceGroupPatch { Tags = { ["owner"] = "phi" } }, Cancel)).Value.Data.Tags["owner"]);
        var id = new ResourceIdentifier($"{group.Id}/providers/Microsoft.Storage/storageAccounts/nugetstore");
        var data = new GenericResourceData(AzureLocation.EastUS2) { Sku = new ResourcesSku { Name = "Standard_LRS" }, Kind = "StorageV2" };
        var resources = client.GetGenericResources();
        var storage = (await resources.CreateOrUpdateAsync(WaitUntil.Completed, id, data, Cancel)).Value;
        Assert.True(await resources.ExistsAsync(id, Cancel));
        Assert.Equal("StorageV2", (await storage.GetAsync(Cancel)).Value.Data.Kind);
        await storage.UpdateAsync(WaitUntil.Completed, new GenericResourceData(AzureLocation.EastUS2) { Tags = { ["a"] = "b" } }, Cancel);
        Assert.Single(await All(group.GetGenericResourcesAsync(cancellationToken: Cancel)));
        Assert.Single(await All(subscription.GetGenericResourcesAsync(filter: "resourceType eq 'Microsoft.Storage/storageAccounts'", cancellationToken: Cancel)));
        return storage;
    }

    private static async Task LocksAsync(ResourceGroupResource group, GenericResource storage)
    {
        foreach (var locks in new[] { group.GetManagementLocks(), storage.GetManagementLocks() })
        {
            var made = (await locks.CreateOrUpdateAsync(WaitUntil.Completed, "keep", new ManagementLockData(ManagementLockLevel.CanNotDelete), Cancel)).Value;
            Assert.Equal(ManagementLockLevel.CanNotDelete, (await locks.GetAsync("keep", Cancel)).Value.Data.Level);
            Assert.Single(await All(locks.GetAllAsync(cancellationToken: Cancel)));
            await made.DeleteAsync(WaitUntil.Completed, Cancel);
        }
    }

    private static async Task PoliciesAsync(SubscriptionResource subscription, ResourceGroupResource group)
    {
        var rule = BinaryData.FromString("""{ "if": { "field": "location", "notEquals": "eastus2" }, "then": { "effect": "audit" } }""");
        var definition = (await subscription.GetSubscriptionPolicyDefinitions().CreateOrUpdateAsync(
            WaitUntil.Completed, "only-here", new PolicyDefinitionData { Mode = "Indexed", PolicyRule = rule, PolicyType = PolicyType.Custom }, Cancel)).Value;
        Assert.Contains(await All(subscription.GetSubscriptionPolicyDefinitions().GetAllAsync(cancellationToken: Cancel)), one => one.Data.Name == "only-here");
        var assignments = group.GetPolicyAssignments();
        var assigned = (await assignments.CreateOrUpdateAsync(WaitUntil.Completed, "assigned", new PolicyAssignmentData { PolicyDefinitionId = definition.Id }, Cancel)).Value;
        Assert.Equal(definition.Id.ToString(), (await assignments.GetAsync("assigned", Cancel)).Value.Data.PolicyDefinitionId);
        Assert.Single(await All(assignments.GetAllAsync(cancellationToken: Cancel)));
        await assigned.DeleteAsync(WaitUntil.Completed, Cancel);
        await definition.DeleteAsync(WaitUntil.Completed, Cancel);
    }

    private static async Task<List<T>> All<T>(AsyncPageable<T> pages)
        where T : notnull
    {
        var items = new List<T>();
        await foreach (var item in pages)
        {
            items.Add(item);
        }

        return items;
    }
}
