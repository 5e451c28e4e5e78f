using System.Text.Json.Nodes;
using Deploy.ArmTypes;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class SoftDeleteTests
{
    private const string LogsApi = "2023-09-01";
    private const string AccountApi = "2025-06-01";
    private const string VaultApi = "2024-11-01";

    [Fact]
    public async Task Workspace_Recovered_HasItsIdentityAgain()
    {
        const string type = "Microsoft.MachineLearningServices/workspaces";
        var api = ArmTypeIndex.Default.ApiVersions(type).Last(version => ArmTypeIndex.Default.Find(type, version)!.Has("properties", "allowRecoverSoftDeletedWorkspace"));
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        var before = (string?)(await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).Json["properties"]!["workspaceId"];
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        (await cloud.PutAsync(cloud.Workspace("hub"), api, Hub(cloud, recovers: false))).MustBe(400);
        (await cloud.PutAsync(cloud.Workspace("hub"), api, Hub(cloud, recovers: true))).MustBe(202);
        var after = (await cloud.GetAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(200).Json;
        Assert.Equal(before, (string?)after["properties"]!["workspaceId"]);
        Assert.Equal("Succeeded", (string?)after["properties"]!["provisioningState"]);
        Assert.Equal("Hub", (string?)after["kind"]);
        (await cloud.DeleteAsync(cloud.Workspace("hub"), LocalCloud.Ml)).MustBe(202);
        (await cloud.PutAsync(cloud.Workspace("hub"), LocalCloud.Ml, cloud.HubBody())).MustBe(400);
    }

    [Fact]
    public async Task Vault_Recovered_HasItsPropertiesAgain_ProtectedOnesAreNotPurged()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var id = cloud.Resource("Microsoft.KeyVault/vaults", "kept-vault");
        var sku = new { family = "A", name = "standard" };
        (await cloud.PutAsync(id, VaultApi, new { location = "eastus2", tags = new { team = "a" }, properties = new { tenantId = cloud.Connection.TenantId, sku, enablePurgeProtection = true, softDeleteRetentionInDays = 7 } })).MustBe(200);
        (await cloud.DeleteAsync(id, VaultApi)).MustBe(200);
        var deleted = $"{cloud.Subscription()}/providers/Microsoft.KeyVault/locations/eastus2/deletedVaults/kept-vault";
        var shown = (await cloud.GetAsync(deleted, VaultApi)).MustBe(200).Json["properties"]!;
        Assert.Equal(id, (string?)shown["vaultId"]);
        Assert.Equal(7, ((DateTimeOffset)shown["scheduledPurgeDate"]! - (DateTimeOffset)shown["deletionDate"]!).Days);
        (await cloud.GetAsync(deleted.Replace("eastus2", "westus", StringComparison.Ordinal), VaultApi)).MustBe(404);
        Assert.Contains("purge protection", (await cloud.PostAsync($"{deleted}/purge", VaultApi)).MustBe(403).Message, StringComparison.Ordinal);
        (await cloud.PutVaultAsync("kept-vault", createMode: "recover")).MustBe(200);
        var recovered = (await cloud.GetAsync(id, VaultApi)).MustBe(200).Json;
        Assert.True((bool)recovered["properties"]!["enablePurgeProtection"]!);
        Assert.Equal("a", (string?)recovered["tags"]!["team"]);
        (await cloud.GetAsync(deleted, VaultApi)).MustBe(404);
    }

    [Fact]
    public async Task Account_DeletedListedRestoredAndPurged()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithGroupAsync();
        var id = cloud.Resource("Microsoft.CognitiveServices/accounts", "ai");
        (await PutAccountAsync(cloud, "ai", false)).MustBe(201);
        (await cloud.DeleteAsync(id, AccountApi)).MustBe(200);
        Assert.Equal(["ai"], (await cloud.GetAsync($"{cloud.Subscription()}/providers/Microsoft.CognitiveServices/deletedAccounts", AccountApi)).MustBe(200).Names());
        (await PutAccountAsync(cloud, "ai", true)).MustBe(201);
        Assert.Empty((await cloud.GetAsync($"{cloud.Subscription()}/providers/Microsoft.CognitiveServices/deletedAccounts", AccountApi)).MustBe(200).Names());
        (await cloud.DeleteAsync(id, AccountApi)).MustBe(200);
        var deleted = $"{cloud.Subscription()}/providers/Microsoft.CognitiveServices/locations/eastus2/resourceGroups/{LocalCloud.Group}/deletedAccounts/ai";
        (await cloud.GetAsync(deleted.Replace(LocalCloud.Group, "other", StringComparison.Ordinal), AccountApi)).MustBe(404);
        Assert.Equal(deleted, (string?)(await cloud.GetAsync(deleted, AccountApi)).MustBe(200).Json["id"]);
        (await cloud.DeleteAsync(deleted, AccountApi)).MustBe(200);
        (await PutAccountAsync(cloud, "ai", false)).MustBe(201);
    }

    [Fact]
    public async Task LogAnalytics_WrittenAgainInPlace_IsTheSameWorkspace()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        await cloud.WithGroupAsync();
        var id = cloud.Resource("Microsoft.OperationalInsights/workspaces", "logs");
        var customer = (string?)(await cloud.PutAsync(id, LogsApi, new { location = "eastus2" })).MustBe(201).Json["properties"]!["customerId"];
        (await cloud.DeleteAsync(id, LogsApi)).MustBe(200);
        Assert.Equal(["logs"], (await cloud.GetAsync($"{cloud.Subscription()}/providers/Microsoft.OperationalInsights/deletedWorkspaces", LogsApi)).MustBe(200).Names());
        (await cloud.PutAsync(id, LogsApi, new { location = "westus" })).MustBe(409);
        Assert.Equal(customer, (string?)(await cloud.PutAsync(id, LogsApi, new { location = "eastus2" })).MustBe(201).Json["properties"]!["customerId"]);
        (await cloud.DeleteAsync(id, LogsApi)).MustBe(200);
        clock.Advance(TimeSpan.FromDays(14));
        await cloud.SignInAsync();
        Assert.NotEqual(customer, (string?)(await cloud.PutAsync(id, LogsApi, new { location = "westus" })).MustBe(201).Json["properties"]!["customerId"]);
    }

    internal static Task<Answer> PutAccountAsync(LocalCloud cloud, string name, bool restore) => cloud.PutAsync(
        cloud.Resource("Microsoft.CognitiveServices/accounts", name), AccountApi,
        new { location = "eastus2", kind = "AIServices", sku = new { name = "S0" }, properties = restore ? (object)new { restore } : new { } });

    private static JsonObject Hub(LocalCloud cloud, bool recovers)
    {
        var body = System.Text.Json.JsonSerializer.SerializeToNode(cloud.HubBody())!.AsObject();
        body.Remove("kind"); // the one api-version with the switch has none
        body["properties"]!["allowRecoverSoftDeletedWorkspace"] = recovers ? "true" : "false";
        return body;
    }
}
