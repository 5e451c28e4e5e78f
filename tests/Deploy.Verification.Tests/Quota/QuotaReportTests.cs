using System.Text.Json;
using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Catalog;
using Deploy.Verification.Quota;
using Xunit;
using static Deploy.Verification.Tests.Quota.QuotaFixture;

namespace Deploy.Verification.Tests.Quota;

public sealed class QuotaReportTests
{
    [Fact]
    public void ToJson_Report_HasExactlyTheNamesOfTheContract()
    {
        var report = new QuotaReport { Rows = Plan(Settings(Managed("m", "Standard_NC24s_v3", 1)), EnvironmentHoldings.None, Readings(V100(1, 100))) };
        var json = report.ToJson();
        Assert.Equal(["status", "rows", "stacks", "orphans", "orphansReason"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["kind", "scope", "subscriptionId", "location", "family", "used", "limit", "needed", "reserve", "headroom", "status", "reason", "remaining", "consumers", "holders"],
            json.GetProperty("rows")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("cores", json.GetProperty("rows")[0].GetProperty("kind").GetString());
        Assert.Equal("pass", json.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("rows")[0].GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task ToJson_EveryKindOfRow_FollowsTheSchema()
    {
        var schema = await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(Repository.Root, "docs", "schemas", "quota.schema.json"));
        var settings = Settings(Managed("m", "Standard_NC24s_v3", 1), "{ name: a, model: Phi-4, compute: serverless }");
        var readings = Readings(V100(500, -1)) with { OnlineEndpoints = Forbidden<TrackedResource>() };
        var report = new QuotaReport { Rows = Plan(settings, EnvironmentHoldings.None, readings) };
        report = report with { Orphans = [new QuotaOrphan { ResourceId = $"{Group}/onlineEndpoints/x", Compute = "managed", Location = "eastus2", Deployments = 1 }] };
        Assert.Equal(Enum.GetValues<QuotaKind>().Length, report.Rows.Select(row => row.Kind).Distinct().Count());
        Assert.Empty(schema.Validate(report.ToJson().GetRawText()));
    }

    [Theory]
    [InlineData(0, 10, QuotaStatus.Fail)]
    [InlineData(0, 100, QuotaStatus.Pass)]
    public async Task ReportAsync_WithReads_Judges(long used, long limit, QuotaStatus status)
    {
        var reads = new FakeReads { Usages = ReadResult.List<QuotaUsage>([V100(used, limit)]) };
        var report = await new QuotaReporter(reads, AzureCatalog.Default).ReportAsync(
            Settings(Managed("m", "Standard_NC24s_v3", 1)), Subscription, EnvironmentHoldings.None, CancellationToken.None);
        Assert.Equal(status, report.Status);
        Assert.Equal(4, reads.Calls);
    }

    [Fact]
    public async Task ReportAsync_UsagesForbidden_IsUnverified()
    {
        var reads = new FakeReads { Usages = Forbidden<QuotaUsage>() };
        var report = await new QuotaReporter(reads, AzureCatalog.Default).ReportAsync(
            Settings(Managed("m", "Standard_NC24s_v3", 1)), Subscription, EnvironmentHoldings.None, CancellationToken.None);
        Assert.Equal(QuotaStatus.Unverified, report.Status);
    }

    [Fact]
    public async Task ReportAsync_ServerlessOnly_AsksForServerlessEndpointsAlone()
    {
        var reads = new FakeReads();
        var report = await new QuotaReporter(reads, AzureCatalog.Default).ReportAsync(
            Settings("{ name: a, model: Phi-4, compute: serverless }"), Subscription, EnvironmentHoldings.None, CancellationToken.None);
        Assert.Equal((QuotaStatus.Pass, 1), (report.Status, reads.Calls));
    }

    [Fact]
    public async Task ReportAsync_EndpointsThatNoStackHolds_AreNamed()
    {
        var mine = OnlineEndpoint("m");
        var reads = new FakeReads
        {
            Usages = ReadResult.List<QuotaUsage>([V100(0, 100)]),
            Resources = type => type switch
            {
                "onlineEndpoints" => [Resource(mine.ToString().ToUpperInvariant()), Resource($"{Group}/onlineEndpoints/left"), Resource($"{Group}/onlineEndpoints/far", AzureLocation.WestUS)],
                "deployments" => [Resource($"{Group}/onlineEndpoints/left/deployments/blue")],
                _ => [Resource($"{Group}/serverlessEndpoints/left")],
            },
        };
        var environment = new QuotaEnvironment { Settings = Settings(Managed("m", "Standard_NC24s_v3", 1)), SubscriptionId = Subscription, Holdings = Holding("m", "Standard_NC24s_v3", 1) };
        var held = new HashSet<string>([mine.ToString()], StringComparer.OrdinalIgnoreCase);
        var report = await new QuotaReporter(reads, AzureCatalog.Default).ReportAsync([environment], held, CancellationToken.None);
        Assert.Equal([($"{Group}/onlineEndpoints/left", "managed", 1), ($"{Group}/serverlessEndpoints/left", "serverless", (int?)null)], report.Orphans!.Select(item => (item.ResourceId, item.Compute, item.Deployments)));
        Assert.Null(report.OrphansReason);
        Assert.Equal(["dev"], report.Stacks);

        static TrackedResource Resource(string id, AzureLocation? location = null) => new(new ResourceIdentifier(id), location ?? AzureLocation.EastUS2);
    }

    private sealed class FakeReads : IMachineLearningReads
    {
        public ReadResult<IReadOnlyList<QuotaUsage>> Usages { get; init; } = ReadResult.List<QuotaUsage>([]);

        public Func<string, IReadOnlyList<TrackedResource>> Resources { get; init; } = _ => [];

        public int Calls { get; private set; }

        public Task<ReadResult<IReadOnlyList<QuotaUsage>>> ListUsagesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => Answer(Usages);

        public Task<ReadResult<IReadOnlyList<OfferedVmSize>>> ListVmSizesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => Answer(ReadResult.List<OfferedVmSize>([]));

        public Task<ReadResult<IReadOnlyList<TrackedResource>>> ListResourcesAsync(string subscriptionId, ResourceType type, CancellationToken cancellationToken) => Answer(ReadResult.List<TrackedResource>(Resources(type.GetLastType())));

        public Task<ReadResult<IReadOnlyList<QuotaRow>>> ListQuotasAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<ServerlessEndpointReading>> GetServerlessEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<OnlineEndpointReading>> GetOnlineEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<IReadOnlyList<OnlineDeploymentReading>>> ListDeploymentsAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<EndpointKeys>> ListKeysAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<EndpointToken>> GetTokenAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task<T> Answer<T>(T value)
        {
            Calls++;
            return Task.FromResult(value);
        }
    }
}
