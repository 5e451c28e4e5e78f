using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Core;
using Deploy.Environments;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Tests.Endpoints;

public sealed class EndpointResolverTests
{
    private const string ProjectId = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/p";
    private static readonly ErrorDefinition Refused = new("DEP2999", "test", null, ExitCode.Generic);

    [Fact]
    public async Task ResolveAsync_KeyEndpoints_HaveLiveUriAndKey()
    {
        var resolved = await ResolveAsync(new FakeReads(), Contract("mini"), Contract("medium", ComputeKind.Managed));
        Assert.Equal(["https://live.example.net/", "https://online.example.net/"], resolved.Select(item => item.Target!.Uri.AbsoluteUri));
        Assert.All(resolved, item => Assert.Equal("the-primary-key", item.Target!.Credential.Secret));
        Assert.All(resolved, item => Assert.DoesNotContain("the-primary-key", item.Target!.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task ResolveAsync_OtherAuthModes_UseTokens()
    {
        var resolved = await ResolveAsync(
            new FakeReads(), Contract("a", ComputeKind.Managed, AuthMode.AmlToken), Contract("b", ComputeKind.Managed, AuthMode.Entra));
        Assert.Equal("the-aml-token", resolved[0].Target!.Credential.Secret);
        Assert.Equal("https://ml.example.net/.default", resolved[1].Target!.Credential.Scope);
    }

    [Theory]
    [InlineData(ReadStatus.Forbidden, "Inconclusive", "DEP4701")]
    [InlineData(ReadStatus.NotFound, "Fail", "DEP4702")]
    [InlineData(ReadStatus.Failed, "Inconclusive", "DEP4703")]
    public async Task ResolveAsync_FailedReads_BecomeReports(ReadStatus status, string verdict, string code)
    {
        foreach (var reads in new[] { new FakeReads { Endpoint = status }, new FakeReads { Keys = status } })
        {
            var report = Assert.Single(await ResolveAsync(reads, Contract("mini"))).Report!;
            Assert.Equal(verdict, report.Status.ToString());
            Assert.Equal(code, report.Checks[0].Code);
            Assert.Equal(CheckId.All, report.Checks.Select(check => check.Id));
            Assert.Contains("mini-x1", report.Checks[0].Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ResolveAsync_NoUriYetOrNoId_BecomesReport()
    {
        Assert.Equal("DEP4605", (await ResolveAsync(new FakeReads { HasUri = false }, Contract("mini")))[0].Report!.Checks[0].Code);
        Assert.Equal("DEP4703", (await ResolveAsync(new FakeReads(), Contract("mini") with { ResourceId = "nonsense" }))[0].Report!.Checks[0].Code);
    }

    private static Task<IReadOnlyList<ResolvedEndpoint>> ResolveAsync(FakeReads reads, params EndpointContract[] contracts) =>
        new EndpointResolver(reads, new NoCredential(), "https://ml.example.net/.default").ResolveAsync(contracts, TestContext.Current.CancellationToken);

    private static EndpointContract Contract(string name, ComputeKind compute = ComputeKind.Serverless, AuthMode auth = AuthMode.Key) => new()
    {
        Name = name,
        Project = "p",
        Compute = compute,
        Model = "Phi-4",
        Uri = "https://stale.example.net",
        ResourceId = $"{ProjectId}/{(compute == ComputeKind.Managed ? "onlineEndpoints" : "serverlessEndpoints")}/{name}-x1",
        Auth = auth,
        ContentSafety = ContentSafety.Enabled,
        Deployments = [],
    };

    private sealed class NoCredential : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException();

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }

    private sealed class FakeReads : IMachineLearningReads
    {
        public ReadStatus Endpoint { get; init; }

        public ReadStatus Keys { get; init; }

        public bool HasUri { get; init; } = true;

        public Task<ReadResult<ServerlessEndpointReading>> GetServerlessEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) =>
            Give(Endpoint, new ServerlessEndpointReading { Id = endpoint, Uri = HasUri ? new Uri("https://live.example.net/") : null, EndpointState = "Creating" });

        public Task<ReadResult<OnlineEndpointReading>> GetOnlineEndpointAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) =>
            Give(Endpoint, new OnlineEndpointReading { Id = endpoint, ScoringUri = new Uri("https://online.example.net/score"), Traffic = new Dictionary<string, int>() });

        public Task<ReadResult<EndpointKeys>> ListKeysAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) =>
            Give(Keys, new EndpointKeys(new SecretText("the-primary-key"), null));

        public Task<ReadResult<EndpointToken>> GetTokenAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) =>
            Give(Keys, new EndpointToken(new SecretText("the-aml-token"), null, null));

        public Task<ReadResult<IReadOnlyList<OnlineDeploymentReading>>> ListDeploymentsAsync(ResourceIdentifier endpoint, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<IReadOnlyList<QuotaUsage>>> ListUsagesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<IReadOnlyList<QuotaRow>>> ListQuotasAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<IReadOnlyList<OfferedVmSize>>> ListVmSizesAsync(string subscriptionId, AzureLocation location, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<ReadResult<IReadOnlyList<TrackedResource>>> ListResourcesAsync(string subscriptionId, ResourceType type, CancellationToken cancellationToken) => throw new NotSupportedException();

        private static Task<ReadResult<T>> Give<T>(ReadStatus status, T value)
            where T : class => Task.FromResult(status == ReadStatus.Ok ? ReadResult.Ok(value) : ReadResult.Without<T>(status, Refused.With("no")));
    }
}
