using System.Globalization;

namespace Deploy.Emulator.Tests.ControlPlane;

public sealed class QuotaTests
{
    private const string Family = "standardNCADSA100v4Family";

    [Fact]
    public async Task UpdateQuotas_OfAWorkspace_BindsItsDeployments()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        Assert.Equal("Success", await SetAsync(cloud, $"{cloud.Workspace("project")}/quotas/{Family}", 47));
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        var refused = (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(400);
        Assert.Contains("Current usage/limit: 0/47. Additional needed: 48 ", (string?)refused.Json["error"]!["details"]![0]!["message"], StringComparison.Ordinal);
        Assert.Equal("Success", await SetAsync(cloud, $"{cloud.Workspace("project")}/quotas/{Family}", 48));
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        Assert.Equal("InvalidQuotaBelowClusterMinimum", await SetAsync(cloud, $"{cloud.Workspace("project")}/quotas/{Family}", 47));
        Assert.Equal("InvalidQuotaExceedsSubscriptionLimit", await SetAsync(cloud, $"{cloud.Workspace("project")}/quotas/{Family}", 100_000));
        Assert.Equal("InvalidVMFamilyName", await SetAsync(cloud, $"{cloud.Workspace("project")}/quotas/noFamily", 1));
        Assert.Equal("Failure", await SetAsync(cloud, $"{Location(cloud)}/quotas/{Family}", 1));

        var usage = Assert.Single((await cloud.GetAsync($"{Location(cloud)}/usages", LocalCloud.Ml)).MustBe(200).Json["value"]!.AsArray(), row => ((string)row!["type"]!).EndsWith("workspaces/usages", StringComparison.Ordinal));
        Assert.Equal((48, 48, "eastus2"), ((int)usage!["currentValue"]!, (int)usage["limit"]!, (string?)usage["amlWorkspaceLocation"]));
        Assert.StartsWith(cloud.Workspace("project") + "/usages/", (string?)usage["id"], StringComparison.Ordinal);
        Assert.Single((await cloud.GetAsync($"{Location(cloud)}/quotas", LocalCloud.Ml)).MustBe(200).Json["value"]!.AsArray(), row => ((string)row!["type"]!).EndsWith("workspaces/quotas", StringComparison.Ordinal));
    }

    [Fact]
    public async Task DeploymentSkus_NameTheInstancesAllowed()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.WithProjectAsync();
        (await cloud.PutOnlineAsync("medium")).MustBe(201);
        (await cloud.PutDeploymentAsync("medium", "blue")).MustBe(201);
        var sku = Assert.Single((await cloud.GetAsync($"{cloud.Online("medium")}/deployments/blue/skus", LocalCloud.Ml)).MustBe(200).Json["value"]!.AsArray())!;
        Assert.Equal(50, (int)sku["capacity"]!["maximum"]!);
    }

    [Fact]
    public async Task UpdateQuotas_NoList_Is400()
    {
        await using var cloud = await LocalCloud.StartAsync();
        await cloud.SignInAsync();
        (await cloud.PostAsync($"{Location(cloud)}/updateQuotas", LocalCloud.Ml, new { value = new[] { new { id = "x" } } })).MustBe(400);
    }

    // Observed in a public template, and documented as 168 hours of shared quota.
    [Fact]
    public async Task SharedQuota_Endpoint_NeedsNoCoresAndEndsAfter168Hours()
    {
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var cloud = await LocalCloud.StartAsync(options => options with { TimeProvider = clock });
        await cloud.WithProjectAsync();
        await File.WriteAllTextAsync(Path.Combine(cloud.Folder, "quota.json"), $$"""{ "families": { "{{Family}}": 0 } }""", TestContext.Current.CancellationToken);
        (await PutSharedAsync(cloud, "soon", clock.GetUtcNow().AddHours(1).ToString("r", CultureInfo.InvariantCulture))).MustBe(201);
        (await PutSharedAsync(cloud, "late", clock.GetUtcNow().AddDays(30).ToString("r", CultureInfo.InvariantCulture))).MustBe(201);
        (await cloud.PutDeploymentAsync("late", "blue")).MustBe(201);
        Assert.Contains("RFC 1123", (await PutSharedAsync(cloud, "wrong", "tomorrow")).MustBe(400).Message, StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromHours(1));
        await cloud.SignInAsync();
        (await cloud.GetAsync(cloud.Online("soon"), LocalCloud.Ml)).MustBe(404);
        (await cloud.GetAsync(cloud.Online("late"), LocalCloud.Ml)).MustBe(200);
        clock.Advance(TimeSpan.FromHours(167));
        await cloud.SignInAsync();
        (await cloud.GetAsync($"{cloud.Online("late")}/deployments/blue", LocalCloud.Ml)).MustBe(404);
    }

    private static Task<Answer> PutSharedAsync(LocalCloud cloud, string name, string end) => cloud.PutAsync(cloud.Online(name), LocalCloud.Ml, new
    {
        location = "eastus2",
        identity = new { type = "SystemAssigned" },
        properties = new { authMode = "Key", properties = new { SharedComputeCapacityEnabled = "true", TargetAutoDeletionTime = end } },
    });

    private static string Location(LocalCloud cloud) => $"{cloud.Subscription()}/providers/Microsoft.MachineLearningServices/locations/eastus2";

    private static async Task<string?> SetAsync(LocalCloud cloud, string id, int limit)
    {
        var answer = await cloud.PostAsync($"{Location(cloud)}/updateQuotas", LocalCloud.Ml, new { value = new[] { new { id, type = "Microsoft.MachineLearningServices/workspaces/quotas", limit, unit = "Count" } } });
        return (string?)answer.MustBe(200).Json["value"]![0]!["status"];
    }
}
