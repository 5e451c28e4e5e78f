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
        Assert.Equal(["status", "rows"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["kind", "scope", "location", "family", "used", "limit", "needed", "reserve", "headroom", "status", "reason", "consumers"],
            json.GetProperty("rows")[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal("cores", json.GetProperty("rows")[0].GetProperty("kind").GetString());
        Assert.Equal("pass", json.GetProperty("status").GetString());
        Assert.Equal(JsonValueKind.Null, json.GetProperty("rows")[0].GetProperty("reason").ValueKind);
    }

    [Fact]
    public async Task ToJson_EveryKindOfRow_FollowsTheSchema()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Deploy.sln")))
        {
            folder = folder.Parent;
        }

        var schema = await NJsonSchema.JsonSchema.FromFileAsync(Path.Combine(folder.FullName, "docs", "schemas", "quota.schema.json"));
        var settings = Settings(Managed("m", "Standard_NC24s_v3", 1), "{ name: a, model: Phi-4, compute: serverless }");
        var readings = Readings(V100(500, -1)) with { OnlineEndpoints = Forbidden<TrackedResource>() };
        var report = new QuotaReport { Rows = Plan(settings, EnvironmentHoldings.None, readings) };
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
    public async Task ReportAsync_ServerlessOnly_AsksNothing()
    {
        var reads = new FakeReads();
        var report = await new QuotaReporter(reads, AzureCatalog.Default).ReportAsync(
            Settings("{ name: a, model: Phi-4, compute: serverless }"), Subscription, EnvironmentHoldings.None, CancellationToken.None);
        Assert.Equal((QuotaStatus.Pass, 0), (report.Status, reads.Calls));
    }

    private sealed class FakeReads : IMachineLearningReads
    {
        public ReadResult<IReadOnlyList<QuotaUsage>> Usages { get; init; } = ReadResult.List<QuotaUsage>([]);

        public int Calls { get; private set; }

        public Task<ReadResult<IReadOnlyList<QuotaUsage>>> ListUsagesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => Answer(Usages);

        public Task<ReadResult<IReadOnlyList<OfferedVmSize>>> ListVmSizesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => Answer(ReadResult.List<OfferedVmSize>([]));

        public Task<ReadResult<IReadOnlyList<TrackedResource>>> ListResourcesAsync(string subscriptionId, ResourceType type, CancellationToken cancellationToken) => Answer(ReadResult.List<TrackedResource>([]));

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
