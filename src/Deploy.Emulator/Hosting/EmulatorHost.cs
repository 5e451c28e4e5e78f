using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Deploy.ArmTypes;
using Deploy.Catalog;
using Deploy.Core;
using Deploy.Emulator.ControlPlane;
using Deploy.Emulator.DataPlane;
using Deploy.Emulator.DataPlane.Throttling;
using Deploy.Emulator.DataPlane.Upstream;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Deploy.Emulator.Hosting;

/// <summary>The running server of one store, from taking the store's lock to giving it back.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
    // Below the range from which systems draw the ports of outgoing connections, so that a port kept for weeks stays free.
    private const int FirstPort = 20000;
    private const int PortCount = 10000;
    private const int Draws = 20;

    private static readonly TimeSpan StoreCheck = TimeSpan.FromSeconds(1);

    private readonly StoreFolder _folder;
    private readonly FileStream _lock;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<IDisposable> _owned = [];
    private readonly List<string> _notices = [];
    private readonly LocalAzureOptions _options;
    private WebApplication? _server;
    private Task _watch = Task.CompletedTask;
    private bool _isDisposed;

    private EmulatorHost(StoreFolder folder, FileStream hostLock, LocalAzureOptions options)
    {
        _folder = folder;
        _lock = hostLock;
        _options = options;
    }

    public IReadOnlyList<string> Notices => _notices;

    public LocalAzureConnection Connection { get; private set; } = null!;

    /// <summary>Cancelled when the host was told to stop or its store is gone.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Null when another process (or another host in this one) has the store.</summary>
    public static async Task<EmulatorHost?> TryStartAsync(StoreFolder folder, LocalAzureOptions options, CancellationToken cancellationToken)
    {
        folder.Prepare();
        if (TryLock(folder) is not { } hostLock)
        {
            return null;
        }

        var host = new EmulatorHost(folder, hostLock, options);
        try
        {
            await host.StartAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        await _stopping.CancelAsync();
        await _watch;
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }

        foreach (var owned in Enumerable.Reverse(_owned))
        {
            owned.Dispose();
        }

        if (_folder.Exists)
        {
            File.Delete(_folder.Host);
        }

        await _lock.DisposeAsync();
        _stopping.Dispose();
    }

    private static FileStream? TryLock(StoreFolder folder)
    {
        try
        {
            return new FileStream(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(folder.Lock))
        {
            return null;
        }
    }

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        var now = _options.TimeProvider.GetUtcNow();
        var identity = StoreIdentity.ReadOrMake(_folder);
        var certificate = Own(DevelopmentCertificate.ReadOrMake(_folder, now));
        var store = Own(new CloudStore(_folder.Database));
        var log = Own(new RequestLog(_folder.Requests));
        var handler = new Handler();
        var ports = await ListenAsync(handler, certificate, cancellationToken);
        var https = new Uri($"https://127.0.0.1:{ports.Https}/");
        var tokens = Own(new TokenService(identity, _folder, https, _options.TimeProvider));
        handler.Use(Build(identity, store, log, tokens, https));
        StoreFolder.WriteJson(_folder.Ports, ports);
        StoreFolder.WriteJson(_folder.Host, new HostRecord(Environment.ProcessId, ports.Https, ports.Http, now, _options.Lifecycle));
        Connection = StoreConnection.Of(_folder, identity, ports, Environment.ProcessId);
        _watch = WatchStoreAsync();
    }

    private RequestPipeline Build(StoreIdentity identity, CloudStore store, RequestLog log, TokenService tokens, Uri https)
    {
        var faults = new FaultRules(_folder);
        var cloud = new Cloud
        {
            Store = store,
            Types = ArmTypeIndex.Default,
            Catalog = AzureCatalog.Default,
            Identity = identity,
            Tokens = tokens,
            Quotas = new QuotaFile(_folder),
            Options = _options,
            Https = https,
        };
        var arm = new ArmRouter(cloud);
        IChatModel model = _options.Upstream is { } upstream ? Own(new UpstreamModel(upstream, _options.UpstreamKey, _options.UpstreamModel)) : new StandIn(_options.TimeProvider);
        var chat = new ChatEndpoint(cloud, model, new RateLimits(cloud.Catalog.Limits.Serverless, _options.TimeProvider), new PendingRequests());
        return new RequestPipeline(
            cloud,
            arm,
            new InferenceRouter(cloud, faults, new EndpointAuthentication(cloud, tokens), chat, arm.Settle),
            new Authority(identity, tokens, https, _options.TimeProvider),
            new Management(cloud, identity, faults, log, _stopping.Cancel),
            log);
    }

    private async Task<StorePorts> ListenAsync(Handler handler, X509Certificate2 certificate, CancellationToken cancellationToken)
    {
        var kept = StoreFolder.ReadJson<StorePorts>(_folder.Ports);
        var wanted = new StorePorts(_options.HttpsPort ?? kept?.Https ?? Draw(), _options.HttpPort ?? kept?.Http ?? Draw());
        for (var draw = 0; draw < Draws; draw++)
        {
            if (wanted.Https != wanted.Http && await TryListenAsync(handler, certificate, wanted, cancellationToken))
            {
                if (kept is not null && kept != wanted && _options is { HttpsPort: null, HttpPort: null })
                {
                    _notices.Add($"Another program has taken the ports {kept.Https} and {kept.Http} of this store; it now uses {wanted.Https} and {wanted.Http}. Addresses of endpoints changed with them.");
                }

                return wanted;
            }

            if (_options.HttpsPort is not null && _options.HttpPort is not null)
            {
                break;
            }

            wanted = new StorePorts(_options.HttpsPort ?? Draw(), _options.HttpPort ?? Draw());
        }

        throw new DeployException(EmulatorErrors.PortTaken.With($"The ports {wanted.Https} and {wanted.Http} on 127.0.0.1 cannot be opened: another program has one of them."));
    }

    private async Task<bool> TryListenAsync(Handler handler, X509Certificate2 certificate, StorePorts ports, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 2L * Protocol.JsonBody.LargestBytes;
            kestrel.Listen(IPAddress.Loopback, ports.Https, listen => listen.UseHttps(certificate));
            kestrel.Listen(IPAddress.Loopback, ports.Http);
        });
        var server = builder.Build();
        server.Run(handler.HandleAsync);
        try
        {
            await server.StartAsync(cancellationToken);
            _server = server;
            return true;
        }
        catch (IOException e) when (e.InnerException is AddressInUseException)
        {
            await server.DisposeAsync();
            return false;
        }
    }

    // Polled, because watchers do not report the removal of the watched folder on every system.
    private async Task WatchStoreAsync()
    {
        using var timer = new PeriodicTimer(StoreCheck);
        try
        {
            while (await timer.WaitForNextTickAsync(_stopping.Token))
            {
                if (!File.Exists(_folder.Lock))
                {
                    await _stopping.CancelAsync();
                }
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The host ends.
        }
    }

    private static int Draw() => FirstPort + RandomNumberGenerator.GetInt32(PortCount);

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }

    // The server has to listen before its address, and with it the pipeline, is known.
    private sealed class Handler
    {
        private readonly TaskCompletionSource<RequestPipeline> _pipeline = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Use(RequestPipeline pipeline) => _pipeline.SetResult(pipeline);

        public async Task HandleAsync(HttpContext context) => await (await _pipeline.Task.WaitAsync(context.RequestAborted)).HandleAsync(context);
    }
}
