using Azure.Core;
using Azure.Core.Pipeline;
using Azure.ResourceManager;
using Azure.ResourceManager.Resources;

namespace Deploy.Emulator.Tests;

public sealed class ArmTests
{
    [Fact]
    public async Task ArmClient_GroupsAndGenericResources_WalkTheirLife()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var cloud = await LocalCloud.StartAsync();
        var client = new ArmClient(IdentityTests.Credential(cloud), cloud.Connection.SubscriptionId, new ArmClientOptions
        {
            Environment = new ArmEnvironment(cloud.Connection.Https, "https://management.azure.com"),
            Transport = new HttpClientTransport(LocalCloud.Trusting(cloud.Connection)),
        });
        var subscription = await client.GetDefaultSubscriptionAsync(cancel);
        var group = (await subscription.GetResourceGroups().CreateOrUpdateAsync(Azure.WaitUntil.Completed, "sdk-rg", new ResourceGroupData(AzureLocation.EastUS2), cancel)).Value;
        Assert.Equal("Succeeded", group.Data.ResourceGroupProvisioningState);

        var id = new ResourceIdentifier($"{group.Id}/providers/Microsoft.Storage/storageAccounts/sdkstore");
        var data = new GenericResourceData(AzureLocation.EastUS2) { Sku = new Azure.ResourceManager.Resources.Models.ResourcesSku { Name = "Standard_LRS" }, Kind = "StorageV2" };
        var storage = (await client.GetGenericResources().CreateOrUpdateAsync(Azure.WaitUntil.Completed, id, data, cancel)).Value;
        Assert.Contains("sdkstore.blob.core.windows.net", storage.Data.Properties.ToString(), StringComparison.Ordinal);
        var listed = new List<string>();
        await foreach (var resource in group.GetGenericResourcesAsync(cancellationToken: cancel))
        {
            listed.Add(resource.Data.Name);
        }

        Assert.Equal(["sdkstore"], listed);
        await storage.DeleteAsync(Azure.WaitUntil.Completed, cancel);
        Assert.False((await client.GetGenericResources().ExistsAsync(id, cancel)).Value);
        await group.DeleteAsync(Azure.WaitUntil.Completed, cancellationToken: cancel);
        Assert.False((await subscription.GetResourceGroups().ExistsAsync("sdk-rg", cancel)).Value);
    }

    [Fact]
    public async Task Put_UnmodelledType_IsStoredValidatedAndListed()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var id = cloud.Resource("Microsoft.Network/publicIPAddresses", "ip");
        var bad = (await cloud.PutAsync(id, "2023-09-01", new { location = "eastus2", properties = new { publicIPAllocationMethod = 5, colour = "red" } })).MustBe(400);
        Assert.Equal("InvalidRequestContent", bad.Code);
        Assert.Equal(["properties.publicIPAllocationMethod", "properties.colour"], bad.Json["error"]!["details"]!.AsArray().Select(detail => (string?)detail!["target"]));
        var made = (await cloud.PutAsync(id, "2023-09-01", new { location = "East US 2", properties = new { publicIPAllocationMethod = "Static" } })).MustBe(201);
        Assert.Equal("eastus2", (string?)made.Json["location"]);
        Assert.Equal("Succeeded", (string?)made.Json["properties"]!["provisioningState"]);
        Assert.Single((await cloud.GetAsync($"{cloud.GroupId}/providers/Microsoft.Network/publicIPAddresses", "2023-09-01")).MustBe(200).Json["value"]!.AsArray());
        (await cloud.DeleteAsync(id, "2023-09-01")).MustBe(200);
        (await cloud.DeleteAsync(id, "2023-09-01")).MustBe(204);
    }

    [Theory]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/none/providers/Microsoft.Storage/storageAccounts/abcdef?api-version=2024-01-01", 404, "ResourceGroupNotFound")]
    [InlineData("GET", "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/x?api-version=2024-03-01", 404, "SubscriptionNotFound")]
    [InlineData("GET", "/subscriptions/{sub}/resourceGroups/none?api-version=2024-03-01", 404, "ResourceGroupNotFound")]
    [InlineData("GET", "/subscriptions/{sub}/resourceGroups/none", 400, "MissingApiVersionParameter")]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Storage/storageAccounts/abcdef?api-version=1999-01-01", 400, "InvalidResourceType")]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Nothing/things/abcdef?api-version=2024-01-01", 404, "InvalidResourceNamespace")]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.MachineLearningServices/workspaces/none/connections/con?api-version=2024-10-01", 404, "ParentResourceNotFound")]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Storage/storageAccounts/ABC?api-version=2024-01-01", 400, "InvalidResourceName")]
    [InlineData("PUT", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Storage/storageAccounts/abcdef?api-version=2024-01-01", 400, "InvalidRequestContent")]
    [InlineData("GET", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Storage/storageAccounts/abcdef?api-version=2024-01-01", 404, "ResourceNotFound")]
    [InlineData("POST", "/subscriptions/{sub}/resourceGroups/phi-rg/providers/Microsoft.Storage/storageAccounts/phistore/failover?api-version=2024-01-01", 501, "NotImplemented")]
    [InlineData("POST", "/subscriptions/{sub}/providers/Microsoft.MachineLearningServices/locations/eastus2/vmSizes?api-version=2024-10-01", 501, "NotImplemented")]
    public async Task Request_OneThingWrong_AnswersAzuresCode(string method, string path, int status, string code)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var answer = await cloud.SendAsync(method, path.Replace("{sub}", cloud.Connection.SubscriptionId, StringComparison.Ordinal), method == "PUT" ? "{}" : null);
        Assert.Equal(code, answer.MustBe(status).Code);
    }

    [Theory]
    [InlineData("{\"location\":")]
    [InlineData("[1]")]
    [InlineData("{\"location\":\"eastus2\",\"location\":\"westus\"}")]
    public async Task Put_BrokenJson_IsRefused(string body)
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        Assert.Equal("InvalidRequestContent", (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", body)).MustBe(400).Code);
    }

    [Fact]
    public async Task Put_DeepHugeOrCleverRequest_Is4xx()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", string.Concat(Enumerable.Repeat("{\"a\":", 5000)) + "1" + new string('}', 5000))).MustBe(400);
        (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", $"{{\"location\":\"{new string('x', 5_000_000)}\"}}")).MustBe(413);
        (await cloud.SendAsync("GET", "/subscriptions/..%2f..%2fetc%2fpasswd?api-version=2024-03-01")).MustBe(400);
        (await cloud.SendAsync("GET", "/subscriptions/%252e%252e?api-version=2024-03-01")).MustBe(400);
        (await cloud.SendAsync("GET", "/subscriptions/a%00b?api-version=2024-03-01")).MustBe(400);
        (await cloud.SendAsync("GET", "/.local/status")).MustBe(401);
        (await cloud.SendAsync("GET", "/", headers: ("Host", "evil.example"))).MustBe(421);
        Assert.Contains("healthy", (await cloud.SendAsync("GET", "/")).MustBe(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RoleAssignment_EncodedScopeAndTwin_AreUnderstood()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var principal = Guid.NewGuid();
        var body = new { properties = new { roleDefinitionId = $"/subscriptions/{cloud.Connection.SubscriptionId}/providers/Microsoft.Authorization/roleDefinitions/64702f94-c441-49e6-a78b-ef80e0188fee", principalId = principal, principalType = "ServicePrincipal" } };
        var scope = Uri.EscapeDataString(cloud.Workspace("project"));
        var made = (await cloud.PutAsync($"/{scope}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", "2022-04-01", body)).MustBe(201);
        Assert.Equal(cloud.Workspace("project"), (string?)made.Json["properties"]!["scope"]);
        Assert.StartsWith(cloud.Workspace("project") + "/providers/Microsoft.Authorization/roleAssignments/", (string?)made.Json["id"], StringComparison.Ordinal);
        Assert.Equal("RoleAssignmentExists", (await cloud.PutAsync($"{cloud.Workspace("project")}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", "2022-04-01", body)).MustBe(409).Code);
        (await cloud.PutAsync($"{cloud.GroupId}/providers/Microsoft.Authorization/roleAssignments/{Guid.NewGuid()}", "2022-04-01", body)).MustBe(201);
        var list = (await cloud.GetAsync($"{cloud.GroupId}/providers/Microsoft.Authorization/roleAssignments", "2022-04-01")).MustBe(200);
        Assert.Equal(2, list.Json["value"]!.AsArray().Count);
    }

    [Fact]
    public async Task DiagnosticSetting_OnAWorkspace_GoesWithIt()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var id = $"{cloud.Workspace("hub")}/providers/Microsoft.Insights/diagnosticSettings/logs";
        (await cloud.PutAsync(id, "2021-05-01-preview", new { properties = new { storageAccountId = cloud.Resource("Microsoft.Storage/storageAccounts", "phistore"), logs = new[] { new { categoryGroup = "allLogs", enabled = true } } } })).MustBe(200);
        (await cloud.GetAsync(id, "2021-05-01-preview")).MustBe(200);
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        (await cloud.GetAsync(id, "2021-05-01-preview")).MustBe(404);
    }

    // The name of a deleted vault.
    [Fact]
    public async Task Vault_DeletedName_ConflictsUntilPurgedOrRecovered()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var id = cloud.Resource("Microsoft.KeyVault/vaults", "other-vault");
        (await cloud.PutVaultAsync("other-vault")).MustBe(200);
        (await cloud.DeleteAsync(id, "2024-11-01")).MustBe(200);
        var conflict = (await cloud.PutVaultAsync("other-vault")).MustBe(409);
        Assert.Equal("ConflictError", conflict.Code);
        Assert.StartsWith("A vault with the same name already exists in deleted state. You need to either recover or purge existing key vault.", conflict.Message, StringComparison.Ordinal);
        (await cloud.PutVaultAsync("other-vault", createMode: "recover")).MustBe(200);
        (await cloud.DeleteAsync(id, "2024-11-01")).MustBe(200);
        var root = $"/subscriptions/{cloud.Connection.SubscriptionId}/providers/Microsoft.KeyVault";
        Assert.Single((await cloud.GetAsync($"{root}/deletedVaults", "2024-11-01")).MustBe(200).Json["value"]!.AsArray());
        (await cloud.SendAsync("POST", $"{root}/locations/eastus2/deletedVaults/other-vault/purge?api-version=2024-11-01")).MustBe(200);
        (await cloud.PutVaultAsync("other-vault")).MustBe(200);
    }

    [Fact]
    public async Task DeleteGroup_IsFollowedByLocationAndTakesAll()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var deleted = (await cloud.DeleteAsync(cloud.GroupId, "2024-03-01")).MustBe(202);
        (await cloud.SendAsync("GET", new Uri(deleted.Headers["Location"]).PathAndQuery)).MustBe(204);
        Assert.Equal(0, (await LocalAzureControl.StatusAsync(cloud.Folder, TestContext.Current.CancellationToken)).Resources);
        Assert.Empty((await cloud.GetAsync($"/subscriptions/{cloud.Connection.SubscriptionId}/resourcegroups", "2024-03-01")).MustBe(200).Json["value"]!.AsArray());
    }

    [Fact]
    public async Task ETag_Conditions_AreKept()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var etag = (await cloud.GetAsync(cloud.GroupId, "2024-03-01")).Headers["ETag"];
        (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", new { location = "eastus2" }, headers: ("If-None-Match", "*"))).MustBe(412);
        (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", new { location = "eastus2" }, headers: ("If-Match", etag))).MustBe(200);
        (await cloud.SendAsync("PUT", $"{cloud.GroupId}?api-version=2024-03-01", new { location = "eastus2" }, headers: ("If-Match", etag))).MustBe(412);
        Assert.Equal("InvalidResourceGroupLocation", (await cloud.PutAsync(cloud.GroupId, "2024-03-01", new { location = "westus" })).MustBe(409).Code);
    }

    [Fact]
    public async Task Connection_Credentials_ComeFromListSecretsOnly()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var id = $"{cloud.Workspace("project")}/connections/openai";
        (await cloud.PutAsync(id, LocalCloud.Ml, new { properties = new { category = "ApiKey", authType = "ApiKey", target = "https://x", credentials = new { key = "top-secret" } } })).MustBe(200);
        Assert.DoesNotContain("top-secret", (await cloud.GetAsync(id, LocalCloud.Ml)).MustBe(200).Text, StringComparison.Ordinal);
        Assert.Contains("top-secret", (await cloud.SendAsync("POST", $"{id}/listsecrets?api-version={LocalCloud.Ml}")).MustBe(200).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Providers_Register_AnswersRegistered()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        var root = $"/subscriptions/{cloud.Connection.SubscriptionId}/providers/Microsoft.MachineLearningServices";
        Assert.Equal("Registered", (string?)(await cloud.SendAsync("POST", $"{root}/register?api-version=2021-04-01")).MustBe(200).Json["registrationState"]);
        Assert.NotEmpty((await cloud.GetAsync(root, "2021-04-01")).MustBe(200).Json["resourceTypes"]!.AsArray());
        (await cloud.GetAsync($"/subscriptions/{cloud.Connection.SubscriptionId}/locations", "2022-12-01")).MustBe(200);
        Assert.Equal(cloud.Connection.Https.AbsoluteUri, (string?)(await cloud.SendAsync("GET", "/metadata/endpoints?api-version=2019-05-01")).MustBe(200).Json[0]!["resourceManager"]);
    }
}
