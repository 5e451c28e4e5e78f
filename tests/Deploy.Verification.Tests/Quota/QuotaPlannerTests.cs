using System.Text.Json.Nodes;
using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Verification.Quota;
using Xunit;
using static Deploy.Verification.Tests.Quota.QuotaFixture;

namespace Deploy.Verification.Tests.Quota;

public sealed class QuotaPlannerTests
{
    [Theory]
    [InlineData("Standard_NC24s_v3", 1, 24, 24, 0, 48, 0, QuotaStatus.Pass)]
    [InlineData("Standard_NC24s_v3", 1, 24, 24, 1, 48, -1, QuotaStatus.Fail)]
    [InlineData("Standard_NC24s_v3", 5, 120, 24, 0, 200, 56, QuotaStatus.Pass)]
    [InlineData("Standard_NC12s_v3", 6, 72, 24, 0, 80, -16, QuotaStatus.Fail)]
    public void Plan_NewManagedEndpoint_NeedsInstancesAndReserve(string size, int instances, long needed, long reserve, long used, long limit, long headroom, QuotaStatus status)
    {
        var row = Cores(Plan(Settings(Managed("m", size, instances)), EnvironmentHoldings.None, Readings(V100(used, limit))));
        Assert.Equal((needed, reserve, used, limit, headroom, status), (row.Needed, row.Reserve, row.Used, row.Limit, row.Headroom, row.Status));
        Assert.Equal(("standardNCSv3Family", "subscription", "eastus2"), (row.Family, row.Scope, row.Location));
        Assert.Equal(["p1/m"], row.Consumers);
    }

    [Fact]
    public void Plan_ReserveExemptSize_NeedsNoReserve()
    {
        var settings = Settings("{ name: m, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, instances: 2 }");
        var row = Cores(Plan(settings, EnvironmentHoldings.None, Readings(Family("Standard NCADSA100v4 Family Cluster Dedicated vCPUs", 0, 48))));
        Assert.Equal((48, 0, 0, QuotaStatus.Pass), (row.Needed, row.Reserve, row.Headroom, row.Status));
    }

    [Fact]
    public void Plan_TwoEndpointsOfOneFamily_AddUp()
    {
        var row = Cores(Plan(Settings(Managed("a", "Standard_NC24s_v3", 1), Managed("b", "Standard_NC12s_v3", 1)), EnvironmentHoldings.None, Readings(V100(0, 60))));
        Assert.Equal((36, 36, -12, QuotaStatus.Fail), (row.Needed, row.Reserve, row.Headroom, row.Status));
        Assert.Equal("72 needed, 60 free: 12 too few", row.Reason);
        Assert.Equal(["p1/a", "p1/b"], row.Consumers);
    }

    [Theory]
    [InlineData("Standard_NC24s_v3", 2, 0, 0)]
    [InlineData("Standard_NC24s_v3", 3, 0, 0)]
    [InlineData("Standard_NC24s_v3", 1, 24, 24)]
    [InlineData("Standard_NC12s_v3", 2, 48, 24)]
    public void Plan_HeldDeployment_NeedsOnlyWhatIsMissing(string heldSize, int heldInstances, long needed, long reserve)
    {
        var rows = Plan(Settings(Managed("m", "Standard_NC24s_v3", 2)), Holding("m", heldSize, heldInstances), Readings(V100(96, 96)));
        var row = Cores(rows);
        Assert.Equal((needed, reserve), (row.Needed, row.Reserve));
        Assert.Equal(needed == 0 ? QuotaStatus.Pass : QuotaStatus.Fail, row.Status);
        Assert.All(rows.Where(other => other.Kind is QuotaKind.Endpoints or QuotaKind.Deployments), other => Assert.Equal(0, other.Needed));
    }

    [Fact]
    public void Plan_Unlimited_PassesWithoutHeadroom()
    {
        var row = Cores(Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, Readings(V100(500, -1))));
        Assert.Equal((QuotaStatus.Pass, -1L, null), (row.Status, row.Limit, row.Headroom));
    }

    [Fact]
    public void Plan_OtherRowsOfTheFamily_DoNotCount()
    {
        var share = V100(0, 1000) with { Type = "Microsoft.MachineLearningServices/workspaces/usages" };
        var row = Cores(Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, Readings(share, Family("standardNDSv2Family", 0, 1000))));
        Assert.Equal((QuotaStatus.Unverified, null), (row.Status, row.Limit));
        Assert.Equal("Azure lists no usage of standardNCSv3Family in this location", row.Reason);
    }

    [Fact]
    public void Plan_RegionalTotal_BindsAsWell()
    {
        var total = new QuotaUsage { Type = "Microsoft.MachineLearningServices/dedicatedCores/usages", Name = "Total Cluster Dedicated Regional vCPUs", CurrentValue = 20, Limit = 24 };
        var rows = Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, Readings(V100(0, 100), total));
        var row = Assert.Single(rows, row => row is { Kind: QuotaKind.Cores, Family: null });
        Assert.Equal((QuotaStatus.Fail, -44), (row.Status, row.Headroom));
    }

    [Fact]
    public void Plan_UsagesForbidden_IsUnverifiedAndSaysWhy()
    {
        var readings = Readings() with { Usages = Forbidden<QuotaUsage>(), OnlineEndpoints = Forbidden<TrackedResource>() };
        var rows = Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, readings);
        Assert.Contains("403", Cores(rows).Reason);
        Assert.Equal(QuotaStatus.Unverified, Cores(rows).Status);
        Assert.Equal(QuotaStatus.Unverified, Assert.Single(rows, row => row.Kind == QuotaKind.Endpoints).Status);
        var deployments = Assert.Single(rows, row => row is { Kind: QuotaKind.Deployments, Scope: "subscription" });
        Assert.Equal((QuotaStatus.Unverified, 0), (deployments.Status, deployments.Used));
        Assert.StartsWith("nothing shows that the caller sees all of the subscription", deployments.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Plan_Endpoints_CountsThoseOfTheLocation()
    {
        var others = Enumerable.Range(0, 100).Select(index => new TrackedResource(new ResourceIdentifier($"{Group}/onlineEndpoints/e{index}"), AzureLocation.EastUS2)).ToList();
        others.Add(new TrackedResource(new ResourceIdentifier($"{Group}/onlineEndpoints/far"), AzureLocation.WestUS));
        var readings = Readings(V100(0, 1000)) with { OnlineEndpoints = ReadResult.List<TrackedResource>(others) };
        var row = Assert.Single(Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, readings), row => row.Kind == QuotaKind.Endpoints);
        Assert.Equal((100, 100, -1, QuotaStatus.Fail), (row.Used, row.Limit, row.Headroom, row.Status));
    }

    [Fact]
    public void Plan_SizeThatOnlyTheLocationKnows_IsCounted()
    {
        var settings = Settings("{ name: m, model: Phi-4-mini-instruct, compute: managed, version: 1, instanceType: Standard_NC24ads_A100_v4 }");
        var endpoint = settings.Projects[0].Endpoints[0] with { InstanceType = "Standard_New" };
        settings = settings with { Projects = [settings.Projects[0] with { Endpoints = [endpoint] }] };
        var offered = new OfferedVmSize { Name = "standard_new", Family = "standardNewFamily", VCpus = 10, Gpus = 1, SupportedComputeTypes = ["MIR"] };
        var row = Cores(Plan(settings, EnvironmentHoldings.None, Readings(Family("Standard New Family Cluster Dedicated vCPUs", 0, 30)) with { VmSizes = ReadResult.List<OfferedVmSize>([offered]) }));
        Assert.Equal((10, 10, 10, QuotaStatus.Pass), (row.Needed, row.Reserve, row.Headroom, row.Status));

        var doubtful = Cores(Plan(settings, EnvironmentHoldings.None, Readings(Family("Standard New Family Cluster Dedicated vCPUs", 0, 15)) with { VmSizes = ReadResult.List<OfferedVmSize>([offered]) }));
        Assert.Equal((QuotaStatus.Unverified, -5), (doubtful.Status, doubtful.Headroom));
        Assert.Contains("no upgrade reserve of 10", doubtful.Reason, StringComparison.Ordinal);

        Assert.Equal(QuotaStatus.Unverified, Cores(Plan(settings, EnvironmentHoldings.None, Readings())).Status);
    }

    [Fact]
    public void Plan_Serverless_ShowsTheLimitsPerDeployment()
    {
        var rows = Plan(Settings("{ name: a, model: Phi-4, compute: serverless }"), EnvironmentHoldings.None, null);
        Assert.Equal([(QuotaKind.TokensPerMinute, "p1/a", 200_000L), (QuotaKind.RequestsPerMinute, "p1/a", 1_000L), (QuotaKind.DeploymentsPerModel, "p1/Phi-4", 1L)], rows.Select(row => (row.Kind, row.Scope, row.Limit!.Value)));
        Assert.All(rows, row => Assert.Equal(QuotaStatus.Pass, row.Status));
        Assert.Equal((0, 1, 0), (rows[2].Used, rows[2].Needed, rows[2].Headroom));
    }

    [Fact]
    public void Plan_ServerlessHeld_NeedsNothing()
    {
        var id = new ResourceIdentifier($"{Group}/serverlessEndpoints/{Environments.Naming.EndpointName(Subscription, Stack, "p1", "a")}");
        var rows = Plan(Settings("{ name: a, model: Phi-4, compute: serverless }"), EnvironmentHoldings.From([(id, [])]), null);
        Assert.Equal((1, 0, 0), (rows[2].Used, rows[2].Needed, rows[2].Headroom));
    }

    [Fact]
    public void Plan_SizeThatNobodyKnows_LeavesTheRegionalTotalOpen()
    {
        var settings = Settings(Managed("a", "Standard_NC24s_v3", 1), Managed("b", "Standard_NC24s_v3", 1));
        settings = settings with { Projects = [settings.Projects[0] with { Endpoints = [settings.Projects[0].Endpoints[0], settings.Projects[0].Endpoints[1] with { InstanceType = "Standard_Secret" }] }] };
        var rows = Plan(settings, EnvironmentHoldings.None, Readings(V100(0, 100), Total(0, 60)));
        var total = Assert.Single(rows, row => row is { Kind: QuotaKind.Cores, Family: null, Limit: 60 });
        Assert.Equal((QuotaStatus.Unverified, null), (total.Status, total.Needed));

        var tight = Assert.Single(Plan(settings, EnvironmentHoldings.None, Readings(V100(0, 100), Total(20, 60))), row => row is { Kind: QuotaKind.Cores, Family: null, Limit: 60 });
        Assert.Equal((QuotaStatus.Fail, "at least 48 needed, 40 free: 8 too few"), (tight.Status, tight.Reason));
    }

    [Theory]
    [InlineData(7, 8, 2, 0)]
    [InlineData(8, 8, 2, 0)]
    [InlineData(8, 8, 1, 1)]
    [InlineData(7, 7, 2, 2)]
    public void Plan_RolloutOfAnotherVersion_TakesBlueAndGreenTogether(int blueVersion, int greenVersion, int greenInstances, int missing)
    {
        var settings = Settings("{ name: m, model: Phi-4, compute: managed, version: 8, instanceType: Standard_NC24ads_A100_v4, instances: 2 }");
        var endpoint = OnlineEndpoint("m");
        var holdings = EnvironmentHoldings.From([(endpoint, []), Deployment("blue", blueVersion, blueVersion == 8 ? 1 : 2), Deployment("green", greenVersion, greenInstances)]);
        var rows = Plan(settings, holdings, Readings(Family("standardNCADSA100v4Family", 96, 96)));
        var row = Cores(rows);
        Assert.Equal((missing * 24, missing == 0 ? QuotaStatus.Pass : QuotaStatus.Fail), (row.Needed, row.Status));
        Assert.Equal([new QuotaHolder(QuotaHolderKind.Endpoint, "p1/m", (greenInstances + (blueVersion == 8 ? 1 : 2)) * 24)], row.Holders.Take(1));

        (ResourceIdentifier, JsonObject) Deployment(string name, int version, int instances) => (new($"{endpoint}/deployments/{name}"), new()
        {
            ["properties"] = new JsonObject { ["instanceType"] = "Standard_NC24ads_A100_v4", ["model"] = $"azureml://registries/azureml/models/Phi-4/versions/{version}" },
            ["sku"] = new JsonObject { ["capacity"] = instances },
        });
    }

    [Fact]
    public void Plan_CoresOfOthers_AreNamed()
    {
        var share = V100(30, 100) with { Type = "Microsoft.MachineLearningServices/workspaces/usages", Id = $"{Group}/usages/x" };
        var row = Cores(Plan(Settings(Managed("m", "Standard_NC12s_v3", 3)), Holding("m", "Standard_NC12s_v3", 2), Readings(V100(60, 100), share)));
        Assert.Equal([new(QuotaHolderKind.Endpoint, "p1/m", 24), new(QuotaHolderKind.Workspace, "w", 30), new(QuotaHolderKind.Others, "others", 36)], row.Holders);
    }

    [Fact]
    public void Plan_TwoStacks_AddUpAndAreNamed()
    {
        var one = new QuotaEnvironment { Settings = Settings(Managed("m", "Standard_NC24s_v3", 1)), SubscriptionId = Subscription, Holdings = EnvironmentHoldings.None, IsNamed = true };
        var two = one with { Settings = one.Settings with { Stack = Core.StackName.TryParse("prod")! } };
        var rows = QuotaPlanner.Plan([one, two], Readings(V100(0, 90)), Catalog.AzureCatalog.Default);
        var row = Cores(rows);
        Assert.Equal((48, 48, -6, QuotaStatus.Fail), (row.Needed, row.Reserve, row.Headroom, row.Status));
        Assert.Equal(["dev/p1/m", "prod/p1/m"], row.Consumers);
        Assert.Equal(2, Assert.Single(rows, item => item is { Kind: QuotaKind.Endpoints }).Needed);
    }

    [Fact]
    public void Plan_ServerlessRenamed_MeetsItsOwnOldEndpoint()
    {
        var old = new ResourceIdentifier($"{Group}/serverlessEndpoints/old");
        var anchor = new ResourceIdentifier($"{Group}/serverlessEndpoints/{Environments.Naming.EndpointName(Subscription, Stack, "p1", "b")}");
        var holdings = EnvironmentHoldings.From([(old, Serverless("Phi-4")), (anchor, Serverless("Phi-3.5-mini-instruct"))]);
        var settings = Settings("{ name: a, model: Phi-4, compute: serverless }", "{ name: b, model: Phi-3.5-mini-instruct, compute: serverless }");
        var listed = Readings() with { ServerlessEndpoints = ReadResult.List<TrackedResource>([new(old, AzureLocation.EastUS2), new(anchor, AzureLocation.EastUS2)]) };
        var row = Assert.Single(Plan(settings, holdings, listed), row => row.Scope == "p1/Phi-4");
        Assert.Equal((1, 1, -1, QuotaStatus.Fail), (row.Used, row.Needed, row.Headroom, row.Status));

        static JsonObject Serverless(string model) => new()
        {
            ["properties"] = new JsonObject { ["modelSettings"] = new JsonObject { ["modelId"] = $"azureml://registries/azureml/models/{model}" } },
        };
    }

    [Fact]
    public void Plan_LiveRates_SayWhatIsLeft()
    {
        var environment = new QuotaEnvironment
        {
            Settings = Settings("{ name: a, model: Phi-4, compute: serverless }"),
            SubscriptionId = Subscription,
            Holdings = EnvironmentHoldings.None,
            Rates = [new LiveRate("p1", "a") { TokensLimit = 300_000, TokensLeft = 250_000, RequestsLeft = 990 }],
        };
        var rows = QuotaPlanner.Plan([environment], null, Catalog.AzureCatalog.Default);
        Assert.Equal((300_000L, 50_000L, 250_000L), (rows[0].Limit, rows[0].Used, rows[0].Remaining));
        Assert.Equal((1_000L, null, 990L), (rows[1].Limit, rows[1].Used, rows[1].Remaining));
    }

    private static QuotaUsage Total(long used, long limit) =>
        new() { Type = "Microsoft.MachineLearningServices/dedicatedCores/usages", Name = "Total Cluster Dedicated Regional vCPUs", CurrentValue = used, Limit = limit };
}
