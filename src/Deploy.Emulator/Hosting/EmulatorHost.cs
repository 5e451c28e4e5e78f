using Deploy.Emulator.Identity;
using Deploy.Emulator.Persistence;
using Microsoft.AspNetCore.Builder;

namespace Deploy.Emulator.Hosting;

/// <summary>The running server of one store, from taking the store's lock to giving it back.</summary>
internal sealed class EmulatorHost : IAsyncDisposable
{
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
        var certificate = Own(DevelopmentCertificate.ReadOrMake(_folder, now, _options.Listen));
        var clock = new EmulatorClock(_options.TimeProvider, _options.Clock ?? StoreFolder.ReadJson<ClockSetting>(_folder.Clock) ?? ClockSetting.RealTime);
        var options = _options with { TimeProvider = clock };
        var store = Own(new CloudStore(_folder.Database, clock));
        var log = Own(new RequestLog(_folder.Requests));
        var handler = new HostHandler();
        var listener = new HostListener(_folder, options, _notices);
        (_server, var ports) = await listener.ListenAsync(handler, certificate, cancellationToken);
        var https = new Uri($"https://{StorePorts.Authority(options.Listen)}:{ports.Https}/");
        var tokens = Own(new TokenService(identity, _folder, https, clock));
        handler.Use(new HostComposition(_folder, options, clock, _options.TimeProvider, Own<IDisposable>).Build(identity, store, log, tokens, https, _stopping));
        StoreFolder.WriteJson(_folder.Ports, ports);
        StoreFolder.WriteJson(_folder.Host, new HostRecord(Environment.ProcessId, ports.Https, ports.Http, now, _options.Lifecycle) { Listen = options.Listen?.ToString() });
        Connection = StoreConnection.Of(_folder, identity, ports, Environment.ProcessId, options.Listen);
        _watch = WatchStoreAsync();
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

    private T Own<T>(T disposable)
        where T : IDisposable
    {
        _owned.Add(disposable);
        return disposable;
    }
}
