using Deploy.ArmTypes;
using Deploy.Catalog;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane;
using Deploy.Emulator.DataPlane.Throttling;
using Deploy.Emulator.DataPlane.Upstream;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Hosting.ManagementApi;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;

namespace Deploy.Emulator.Hosting;

/// <summary>Puts the parts of a host together.</summary>
/// <param name="folder">The store.</param>
/// <param name="options">With the clock of the local Azure.</param>
/// <param name="clock">The same clock, to be set.</param>
/// <param name="real">The clock outside.</param>
/// <param name="own">Takes what has to be disposed of.</param>
internal sealed class HostComposition(StoreFolder folder, LocalAzureOptions options, EmulatorClock clock, TimeProvider real, Func<IDisposable, IDisposable> own)
{
    public RequestPipeline Build(StoreIdentity identity, CloudStore store, RequestLog log, TokenService tokens, Uri https, CancellationTokenSource stopping)
    {
        var rules = new FaultRules(folder);
        var cloud = new Cloud
        {
            Store = store,
            Types = ArmTypeIndex.Default,
            Catalog = AzureCatalog.Default,
            Identity = identity,
            Tokens = tokens,
            Quotas = new QuotaFile(folder),
            Options = options,
            Https = https,
            Script = new OperationFaults(rules, clock, options.Script),
        };
        var arm = new ArmRouter(cloud);
        var rates = new RateLimits(cloud.Catalog.Limits.Serverless, clock);
        var chat = new ChatEndpoint(cloud, Model(), rates, new PendingRequests());
        var management = new Management(
            identity,
            new StoreRoutes(cloud, new SnapshotTables(folder.Database), rates),
            new FaultRoutes(rules),
            new ClockRoutes(clock, folder),
            new LoggedRequests(log, folder),
            stopping.Cancel);
        var routes = new RequestRoutes(
            cloud,
            arm,
            new InferenceRouter(cloud, new EndpointAuthentication(cloud, tokens), chat, arm.Settle),
            new Authority(identity, folder, tokens, store, https, clock),
            management);
        return new RequestPipeline(routes, new FaultedRequests(rules, cloud, real), log, new LocalNames(options.Listen), new InstantClock(clock, store), stopping.Token);
    }

    private IChatModel Model()
    {
        if (options.Upstream is not { } upstream)
        {
            return new StandIn(clock);
        }

        var model = new UpstreamModel(upstream, options.UpstreamKey, options.UpstreamModel);
        own(model);
        return model;
    }
}
