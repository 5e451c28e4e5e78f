using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Environments;
using Deploy.Preflight.Checks;
using Deploy.Verification.Quota;
using Xunit;
using static Deploy.Preflight.Tests.PreflightFixture;

namespace Deploy.Preflight.Tests;

public sealed class PreflightCheckerTests
{
    [Fact]
    public async Task RunAsync_HealthyAzure_PassesEveryCheckInOrder()
    {
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Phi4, Managed), FakeAzure.Healthy());
        Assert.Equal(["lifecycle", "subscription", "region", "vmSize", "names", "softDeleted", "permissions", "quota"], report.Checks.Select(check => check.Id));
        Assert.All(report.Checks, check => Assert.Equal((PreflightStatus.Pass, null), (check.Status, check.Error)));
        Assert.True(report.AllowsDeployment);
        Assert.Equal("The quota suffices: 24 cores of standardNCADSA100v4Family, 100 free.", report.The("quota").Message);
        Assert.NotNull(report.Quota);
    }

    [Fact]
    public async Task RunAsync_WithoutAzure_LeavesEveryQuestionUnverified()
    {
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Phi4, Managed), null);
        Assert.Equal(PreflightStatus.Unverified, report.Status);
        Assert.Equal(["subscription", "vmSize", "names", "softDeleted", "permissions", "quota"], report.Checks.Where(check => check.Status == PreflightStatus.Unverified).Select(check => check.Id));
        Assert.True(report.AllowsDeployment);
    }

    [Fact]
    public async Task RunAsync_NothingReadable_IsUnverifiedWithTheReason()
    {
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Phi4, Managed), new FakeAzure());
        foreach (var id in new[] { "vmSize", "permissions" })
        {
            Assert.Equal(PreflightStatus.Unverified, report.The(id).Status);
            Assert.Contains("AuthorizationFailed", report.The(id).Message);
        }

        Assert.DoesNotContain(report.Checks, check => check.Status is PreflightStatus.Fail or PreflightStatus.Warn);
    }

    [Theory]
    [InlineData("enforce", PreflightStatus.Fail, false)]
    [InlineData("warn", PreflightStatus.Warn, true)]
    public async Task RunAsync_RetiredModel_IsNotedWithDateAndSuccessor(string policy, PreflightStatus status, bool goesOn)
    {
        var report = await RunAsync(Settings("local", policy, "eastus2", Phi3), FakeAzure.Healthy());
        var check = report.The("lifecycle");
        Assert.Equal((status, "DEP1020", "Move to Phi-4-mini-instruct."), (check.Status, check.Code, check.Suggestion));
        Assert.Contains("2025-08-30", check.Message);
        Assert.Equal(goesOn, report.AllowsDeployment);
        Assert.Equal(goesOn ? 0 : 1, report.Errors.Count());
    }

    [Fact]
    public async Task RunAsync_OtherSubscription_Fails()
    {
        var settings = Settings("public", "enforce", "eastus2", Phi4) with { SubscriptionId = "00000000-0000-0000-0000-000000000000" };
        var check = (await RunAsync(settings, FakeAzure.Healthy())).The("subscription");
        Assert.Equal((PreflightStatus.Fail, "DEP1040"), (check.Status, check.Code));
    }

    [Theory]
    [InlineData("public", "usgovvirginia", Managed, PreflightStatus.Fail, "DEP1041")]
    [InlineData("public", "eastu2", Managed, PreflightStatus.Warn, "DEP1042")]
    [InlineData("usGovernment", "usgovvirginia", Phi4, PreflightStatus.Unverified, "DEP1043")]
    [InlineData("public", "eastus2", Phi3, PreflightStatus.Unverified, "DEP1043")]
    [InlineData("local", "eastus2", Phi3, PreflightStatus.Pass, null)]
    public async Task RunAsync_Region_IsJudgedAsFarAsItIsKnown(string cloud, string location, string endpoint, PreflightStatus status, string? code)
    {
        var check = (await RunAsync(Settings(cloud, "warn", location, endpoint), FakeAzure.Healthy())).The("region");
        Assert.Equal((status, code), (check.Status, check.Code));
    }

    [Theory]
    [InlineData("[]", PreflightStatus.Fail)]
    [InlineData("""[{ "name": "standard_nc24ads_a100_v4", "family": "f", "vCPUs": 24, "supportedComputeTypes": ["AmlCompute"] }]""", PreflightStatus.Fail)]
    [InlineData("""[{ "name": "standard_nc24ads_a100_v4", "family": "f", "vCPUs": 24 }]""", PreflightStatus.Pass)]
    public async Task RunAsync_VmSize_MustCarryOnlineEndpoints(string sizes, PreflightStatus status)
    {
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Managed), FakeAzure.Healthy().With("vmSizes", sizes));
        Assert.Equal(status, report.The("vmSize").Status);
    }

    [Theory]
    [InlineData("eastus2", false, PreflightStatus.Fail)]
    [InlineData("westus", false, PreflightStatus.Pass)]
    [InlineData("eastus2", true, PreflightStatus.Pass)]
    public async Task RunAsync_NameInUse_FailsUnlessItIsOurs(string location, bool isHeld, PreflightStatus status)
    {
        var id = $"{Group}/providers/Microsoft.MachineLearningServices/workspaces/w/serverlessEndpoints/{Naming.EndpointName(Subscription, Stack, "p1", "mini")}";
        var azure = FakeAzure.Healthy().With("resources", $$"""[{ "id": "{{id}}", "type": "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints", "location": "{{location}}" }]""");
        var holdings = isHeld ? EnvironmentHoldings.From([(new ResourceIdentifier(id), [])]) : null;
        Assert.Equal(status, (await RunAsync(Settings("public", "enforce", "eastus2", Phi4), azure, holdings)).The("names").Status);
    }

    [Theory]
    [InlineData("phi1", true, PreflightStatus.Warn, "is in this stack's state, but was deleted outside (until 2027-01-01)")]
    [InlineData("phi2", true, PreflightStatus.Pass, "key vault 'phi1' (until 2027-01-01)")]
    [InlineData("phi1", false, PreflightStatus.Pass, "No deleted key vault")]
    public async Task RunAsync_DeletedVault_WarnsWhenTheStateHoldsIt(string heldName, bool isOurs, PreflightStatus status, string words)
    {
        var azure = FakeAzure.Healthy().With("deletedVaults", $$"""
            [{ "name": "phi1", "properties": { "scheduledPurgeDate": "2027-01-01", "tags": { "environment": "{{(isOurs ? "dev" : "prod")}}", "project": "phi" } } }]
            """);
        var held = isOurs ? EnvironmentHoldings.From([(new ResourceIdentifier($"{Group}/providers/Microsoft.KeyVault/vaults/{heldName}"), [])]) : null;
        var check = (await RunAsync(Settings("public", "enforce", "eastus2", Phi4), azure, held)).The("softDeleted");
        Assert.Equal(status, check.Status);
        Assert.Contains(words, check.Message);
    }

    [Theory]
    [InlineData("""{ "actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"] }""", false, PreflightStatus.Fail)]
    [InlineData("""{ "actions": ["*"], "notActions": ["Microsoft.Authorization/*/Write"] }""", true, PreflightStatus.Warn)]
    [InlineData("""{ "actions": ["*/read"] }""", false, PreflightStatus.Fail)]
    public async Task RunAsync_MissingPermission_IsNamed(string permission, bool isDeployed, PreflightStatus status)
    {
        var holdings = isDeployed ? EnvironmentHoldings.From([(new ResourceIdentifier(Group), new JsonObject())]) : null;
        var check = (await RunAsync(Settings("public", "enforce", "eastus2", Phi4), FakeAzure.Healthy().With("permissions", $"[{permission}]"), holdings)).The("permissions");
        Assert.Equal((status, "DEP1047"), (check.Status, check.Code));
        Assert.Contains("Microsoft.Authorization/roleAssignments/write", check.Message);
        Assert.Contains(isDeployed ? Group : $"/subscriptions/{Subscription}:", check.Message);
    }

    [Fact]
    public async Task RunAsync_NoPermissionListed_IsUnverified()
    {
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Phi4), FakeAzure.Healthy().With("permissions", "[]"));
        Assert.Equal((PreflightStatus.Unverified, "DEP1049"), (report.The("permissions").Status, report.The("permissions").Code));
    }

    [Fact]
    public void Grants_NotActionOfOnePermission_DoesNotTakeFromAnother()
    {
        var contributor = (JsonObject)JsonNode.Parse("""{ "actions": ["*"], "notActions": ["Microsoft.Authorization/*"] }""")!;
        var administrator = (JsonObject)JsonNode.Parse("""{ "actions": ["Microsoft.Authorization/*"] }""")!;
        const string action = "Microsoft.Authorization/roleAssignments/write";
        Assert.Equal((false, true), (PermissionCheck.Grants(contributor, action), PermissionCheck.Grants(administrator, action)));
    }

    [Fact]
    public async Task RunAsync_QuotaTooSmall_WarnsAndGoesOn()
    {
        var azure = FakeAzure.Healthy().With("usages", """[{ "type": "Microsoft.MachineLearningServices/vmFamily/usages", "currentValue": 10, "limit": 24, "name": { "value": "standardNCADSA100v4Family" } }]""");
        var report = await RunAsync(Settings("public", "enforce", "eastus2", Managed), azure);
        var check = report.The("quota");
        Assert.Equal((PreflightStatus.Warn, "DEP5001"), (check.Status, check.Code));
        Assert.Equal("Cores of standardNCADSA100v4Family in eastus2 (for p1/big): 24 needed, 14 free: 10 too few.", check.Message);
        Assert.True(report.AllowsDeployment);
    }

    [Fact]
    public async Task ToJson_Report_HasStatusAndChecks()
    {
        var json = (await RunAsync(Settings("local", "warn", "eastus2", Phi3), FakeAzure.Healthy())).ToJson();
        Assert.Equal("warn", json.GetProperty("status").GetString());
        Assert.Equal(["id", "status", "message", "code", "suggestion", "help"], json.GetProperty("checks")[0].EnumerateObject().Select(property => property.Name));
    }
}
