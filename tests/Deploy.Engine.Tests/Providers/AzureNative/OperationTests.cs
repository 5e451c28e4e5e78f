using System.Text.Json.Nodes;
using Deploy.Azure.Arm;
using Deploy.Core;
using Deploy.Engine.Providers;
using Deploy.Engine.Providers.AzureNative;
using Deploy.Engine.Values;
using Xunit;
using static Deploy.Engine.Tests.Providers.AzureNative.ProviderFixture;

namespace Deploy.Engine.Tests.Providers.AzureNative;

public sealed class OperationTests
{
    private const string Workspace = "machinelearningservices:Workspace";
    private const string HubId = $"{Ml}/hub1";

    private static readonly PropertyMap Hub = Map("""
        {"resourceGroupName":"rg","workspaceName":"hub1","location":"eastus2","kind":"Hub","friendlyName":"The hub","azureApiVersion":"2025-12-01",
         "identity":{"type":"UserAssigned","userAssignedIdentities":["/subscriptions/s/one"]},"__createBeforeDelete":true}
        """);

    [Fact]
    public async Task CreateAsync_New_SendsTheWireShapeAndReadsItBack()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.OnStored = body => ((JsonObject)body["properties"]!)["workspaceId"] = "w-1";

        var created = await fixture.CreateAsync(Workspace, "hub", Hub);

        var put = fixture.Arm.Requests.Single(r => r.Method.Method == "PUT");
        Assert.Equal((HubId, "2025-12-01"), (put.Path, put.ApiVersion));
        Assert.Equal(
            """{"identity":{"type":"UserAssigned","userAssignedIdentities":{"/subscriptions/s/one":{}}},"kind":"Hub","location":"eastus2","properties":{"friendlyName":"The hub"}}""",
            Sorted(put.Body!).ToJsonString());
        Assert.Equal(HubId, created.Id);
        Assert.Equal(("w-1", "hub1", "2025-12-01"), (created.Outputs["workspaceId"].AsString(), created.Outputs["name"].AsString(), created.Outputs["azureApiVersion"].AsString()));
        Assert.Equal(["GET", "PUT", "GET"], fixture.Arm.Requests.Select(r => r.Method.Method));
    }

    [Fact]
    public async Task CreateAsync_RenamedProperties_AreWrittenUnderTheirWireNames()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var created = await fixture.CreateAsync("storage:StorageAccount", "sa", Map("""
            {"resourceGroupName":"rg","accountName":"sa1","location":"l","kind":"StorageV2","sku":{"name":"Standard_LRS"},
             "enableHttpsTrafficOnly":true,"networkRuleSet":{"defaultAction":"Deny","ipRules":[{"iPAddressOrRange":"1.2.3.4"}]}}
            """));

        var properties = (JsonObject)fixture.Arm.Resources[$"{Group}/providers/Microsoft.Storage/storageAccounts/sa1"]["properties"]!;
        Assert.Equal("""{"networkAcls":{"defaultAction":"Deny","ipRules":[{"value":"1.2.3.4"}]},"supportsHttpsTrafficOnly":true}""", Sorted(properties).ToJsonString());
        Assert.Equal("1.2.3.4", created.Outputs["networkRuleSet"].AsMap()!["ipRules"].AsList()![0].AsMap()!["iPAddressOrRange"].AsString());
    }

    [Fact]
    public async Task CreateAsync_ManagedDeployment_ChoosesTheUnionMember()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var created = await fixture.CreateAsync("machinelearningservices:OnlineDeployment", "blue", Map("""
            {"resourceGroupName":"rg","workspaceName":"ws","endpointName":"e","deploymentName":"blue","location":"l",
             "properties":{"endpointComputeType":"Managed","model":"azureml://m","scaleSettings":{"scaleType":"Default"}},"sku":{"name":"Default","capacity":1}}
            """));

        Assert.Equal(
            """{"endpointComputeType":"Managed","model":"azureml://m","scaleSettings":{"scaleType":"Default"}}""",
            Sorted(fixture.Arm.Resources[$"{Ml}/ws/onlineEndpoints/e/deployments/blue"]["properties"]!).ToJsonString());
        Assert.Equal("Managed", created.Outputs["properties"].AsMap()!["endpointComputeType"].AsString());
    }

    [Fact]
    public async Task CreateAsync_RoleAssignment_PutsTheScopeVerbatim()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Operation($"PUT {HubId}/providers/Microsoft.Authorization/roleAssignments/n", ArmOperationStatus.Rejected, 400, "PrincipalNotFound", "not yet");

        var created = await fixture.CreateAsync("authorization:RoleAssignment", "ra", PropertyMap.Create(("scope", HubId), ("roleAssignmentName", "n"), ("principalId", "p"), ("roleDefinitionId", "r")));

        Assert.Equal($"{HubId}/providers/Microsoft.Authorization/roleAssignments/n", created.Id);
        Assert.Equal(2, fixture.Arm.Requests.Count(r => r.Method.Method == "PUT"));
    }

    [Fact]
    public async Task CreateAsync_AlreadyThere_IsRefusedUnlessItMayExist()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Resources[HubId] = new() { ["id"] = HubId };

        var exception = await Assert.ThrowsAsync<DeployException>(() => fixture.CreateAsync(Workspace, "hub", Hub));
        var adopted = await fixture.CreateAsync(Workspace, "hub", Hub, mayExist: true);

        Assert.Contains($"cannot create already existing resource '{HubId}'", exception.Error.Message, StringComparison.Ordinal);
        Assert.Equal(HubId, adopted.Id);
    }

    [Fact]
    public async Task CreateAsync_Accepted_TellsThePollAddress()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.AcceptedAddress = new Uri("https://management.azure.com/ops/1");
        Uri? told = null;

        await fixture.CreateAsync(Workspace, "hub", Hub, accepted: address => { told = address; return Task.CompletedTask; });

        Assert.Equal(fixture.Arm.AcceptedAddress, told);
    }

    [Fact]
    public async Task CreateAsync_FailsAfterAcceptance_KeepsTheIdAndSaysWhy()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Answer($"GET {HubId}", 404);
        fixture.Arm.Resources[HubId] = new() { ["id"] = HubId, ["properties"] = new JsonObject { ["provisioningState"] = "Failed" } };
        fixture.Arm.Operation($"PUT {HubId}", ArmOperationStatus.Failed, 200, "OutOfQuota", "no cores");

        var created = await fixture.CreateAsync(Workspace, "hub", Hub);

        Assert.Equal(HubId, created.Id);
        Assert.Contains("no cores", Assert.Single(created.InitErrors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateAsync_Rejected_Throws()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Operation($"PUT {HubId}", ArmOperationStatus.Rejected, 400, "ValidationError", "bad sku");

        var exception = await Assert.ThrowsAsync<DeployException>(() => fixture.CreateAsync(Workspace, "hub", Hub));

        Assert.Equal("DEP2011", exception.Error.Code);
        Assert.Single(fixture.Arm.Requests, r => r.Method.Method == "PUT");
    }

    [Fact]
    public async Task CreateAsync_ProviderNotRegistered_RegistersItAndRepeats()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Operation($"PUT {HubId}", ArmOperationStatus.Rejected, 409, "MissingSubscriptionRegistration", "not registered");
        fixture.Arm.Answer("POST /subscriptions/sub-1/providers/Microsoft.MachineLearningServices/register", 200, """{"registrationState":"Registering"}""");
        fixture.Arm.Answer("GET /subscriptions/sub-1/providers/Microsoft.MachineLearningServices", 200, """{"registrationState":"Registered"}""");

        Assert.Equal(HubId, (await fixture.CreateAsync(Workspace, "hub", Hub)).Id);
    }

    [Fact]
    public async Task CreateAsync_Preview_TouchesNothingAndLeavesUnknowns()
    {
        var fixture = await ProviderFixture.CreateAsync();

        var created = await fixture.CreateAsync(Workspace, "hub", Hub.With("keyVault", PropertyValue.Unknown), preview: true);

        Assert.Empty(fixture.Arm.Requests);
        Assert.Equal((string.Empty, "eastus2", "2025-12-01"), (created.Id, created.Outputs["location"].AsString(), created.Outputs["azureApiVersion"].AsString()));
        Assert.All(new[] { "name", "workspaceId", "keyVault", "provisioningState" }, name => Assert.Equal(PropertyValue.Unknown, created.Outputs[name]));
        Assert.Equal(PropertyValue.Unknown, created.Outputs["identity"].AsMap()!["principalId"]);
    }

    [Fact]
    public async Task UpdateAsync_RemovedIdentityAndDefault_SendsNullAndTheDefault()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var id = $"{Group}/providers/Microsoft.Storage/storageAccounts/sa1";
        var old = Map("""{"identity":{"type":"UserAssigned","userAssignedIdentities":["/one","/two"]},"networkRuleSet":{"defaultAction":"Deny"},"kind":"StorageV2","sku":{"name":"Standard_LRS"}}""");
        var @new = Map("""{"identity":{"type":"UserAssigned","userAssignedIdentities":["/two"]},"kind":"StorageV2","sku":{"name":"Standard_LRS"}}""");

        await fixture.Provider.UpdateAsync(
            new UpdateRequest { Urn = UrnOf("storage:StorageAccount", "sa"), Id = id, OldInputs = old, OldOutputs = PropertyMap.Empty, NewInputs = @new, Preview = false }, Token);

        var body = (JsonObject)fixture.Arm.Requests.Single(r => r.Method.Method == "PUT").Body!;
        Assert.Equal("""{"/one":null,"/two":{}}""", Sorted(body["identity"]!["userAssignedIdentities"]!).ToJsonString());
        Assert.Equal("Allow", body["properties"]!["networkAcls"]!["defaultAction"]!.ToString());
    }

    [Fact]
    public async Task UpdateAsync_VaultWithoutPolicies_ResendsTheOnesOfOthers()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var id = $"{Group}/providers/Microsoft.KeyVault/vaults/kv";
        fixture.Arm.Resources[id] = new() { ["id"] = id, ["properties"] = JsonNode.Parse("""{"accessPolicies":[{"objectId":"other"}]}""") };
        var inputs = Map("""{"resourceGroupName":"rg","vaultName":"kv","location":"l","properties":{"tenantId":"t","sku":{"family":"A","name":"standard"}}}""");

        await fixture.Provider.UpdateAsync(
            new UpdateRequest { Urn = UrnOf("keyvault:Vault", "kv"), Id = id, OldInputs = inputs, OldOutputs = PropertyMap.Empty, NewInputs = inputs, Preview = false }, Token);

        Assert.Equal("other", fixture.Arm.Resources[id]["properties"]!["accessPolicies"]![0]!["objectId"]!.ToString());
    }

    [Fact]
    public async Task UpdateAsync_Preview_KeepsWhatTheServiceDecided()
    {
        var fixture = await ProviderFixture.CreateAsync();
        var old = Map("""{"id":"/id","name":"hub1","location":"eastus2","workspaceId":"w-1","provisioningState":"Succeeded"}""");

        var updated = await fixture.Provider.UpdateAsync(
            new UpdateRequest { Urn = UrnOf(Workspace, "hub"), Id = HubId, OldInputs = Hub, OldOutputs = old, NewInputs = Hub.With("friendlyName", "New"), Preview = true }, Token);

        Assert.Equal(("w-1", "hub1", "New"), (updated.Outputs["workspaceId"].AsString(), updated.Outputs["name"].AsString(), updated.Outputs["friendlyName"].AsString()));
        Assert.Equal(PropertyValue.Unknown, updated.Outputs["provisioningState"]);
        Assert.Empty(fixture.Arm.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DeleteAsync_Workspace_PurgesOnlyWhenAsked(bool purge)
    {
        var fixture = await ProviderFixture.CreateAsync(new AzureNativeProviderOptions { PurgeSoftDeleted = purge });
        fixture.Arm.Operation($"DELETE {HubId}", ArmOperationStatus.Rejected, 409, "Conflict", "The workspace is in Updating provisioning state.");

        await fixture.Provider.DeleteAsync(new DeleteRequest { Urn = UrnOf(Workspace, "hub"), Id = HubId, Inputs = Hub, Outputs = PropertyMap.Empty }, Token);

        Assert.Equal(2, fixture.Arm.Requests.Count);
        Assert.Equal(purge ? "true" : null, fixture.Arm.Requests[1].Query.GetValueOrDefault("forceToPurge"));
    }

    [Fact]
    public async Task DeleteAsync_VaultWithPurge_AsksForThePurge()
    {
        var fixture = await ProviderFixture.CreateAsync(new AzureNativeProviderOptions { PurgeSoftDeleted = true });
        var id = $"{Group}/providers/Microsoft.KeyVault/vaults/kv";

        await fixture.Provider.DeleteAsync(
            new DeleteRequest { Urn = UrnOf("keyvault:Vault", "kv"), Id = id, Inputs = Map("""{"resourceGroupName":"rg","vaultName":"kv"}"""), Outputs = Map("""{"location":"eastus2"}""") }, Token);

        Assert.Equal([$"DELETE {id}", "POST /subscriptions/sub-1/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kv/purge"], fixture.Arm.Requests.Select(r => $"{r.Method} {r.Path}"));
    }

    [Fact]
    public async Task DeleteAsync_Gone_IsASuccess()
    {
        var fixture = await ProviderFixture.CreateAsync();
        fixture.Arm.Operation($"DELETE {HubId}", ArmOperationStatus.Rejected, 404, "ResourceNotFound", "gone");

        await fixture.Provider.DeleteAsync(new DeleteRequest { Urn = UrnOf(Workspace, "hub"), Id = HubId, Inputs = Hub, Outputs = PropertyMap.Empty }, Token);

        Assert.Single(fixture.Arm.Requests);
    }

    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : Sorted(p.Value)))!),
        _ => node.DeepClone(),
    };
}
