using System.Diagnostics;
using Deploy.Core;
using Deploy.Emulator.Faults;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator;

/// <summary>
/// A local Azure that this process hosts or is attached to. Disposing ends the host when this process hosts it, and only lets go otherwise.
/// </summary>
public sealed class LocalAzure : IAsyncDisposable
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    private readonly EmulatorHost? _host;
    private readonly FaultRules _faults;
    private readonly StoreFolder _folder;

    private LocalAzure(StoreFolder folder, LocalAzureConnection connection, EmulatorHost? host)
    {
        _host = host;
        _folder = folder;
        _faults = new FaultRules(folder);
        Connection = connection;
    }

    public LocalAzureConnection Connection { get; }

    /// <summary>True when this process hosts the store.</summary>
    public bool IsHost => _host is not null;

    /// <summary>What a user should know about this start, one sentence each: for instance that a port had to change.</summary>
    public IReadOnlyList<string> Notices => _host?.Notices ?? [];

    /// <summary>Attaches to the host of the store when one runs, else hosts it in this process.</summary>
    /// <exception cref="DeployException">DEP6001-DEP6003.</exception>
    public static async Task<LocalAzure> AttachOrHostAsync(LocalAzureOptions options, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(options.StorePath);
        var since = Stopwatch.GetTimestamp();
        while (true)
        {
            if (await EmulatorHost.TryStartAsync(folder, options, cancellationToken) is { } host)
            {
                return new LocalAzure(folder, host.Connection, host);
            }

            // The lock is taken before the server listens and given back after it stopped: in between, look again.
            if (await TryAttachAsync(options.StorePath, cancellationToken) is { } attached)
            {
                return attached;
            }

            if (Stopwatch.GetElapsedTime(since) > options.AttachTimeout)
            {
                throw new DeployException(Busy(folder, $"does not answer within {options.AttachTimeout.TotalSeconds:0} s"));
            }

            await Task.Delay(LookAgain, cancellationToken);
        }
    }

    /// <summary>Hosts the store in this process.</summary>
    /// <exception cref="DeployException">DEP6001 when another process hosts it; DEP6002, DEP6003.</exception>
    public static async Task<LocalAzure> HostAsync(LocalAzureOptions options, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(options.StorePath);
        return await EmulatorHost.TryStartAsync(folder, options, cancellationToken) is { } host
            ? new LocalAzure(folder, host.Connection, host)
            : throw new DeployException(Busy(folder, "hosts it already"));
    }

    /// <summary>Attaches to the host of the store; null when none runs.</summary>
    public static async Task<LocalAzure?> TryAttachAsync(string storePath, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(storePath);
        return await StoreConnection.FindAsync(folder, cancellationToken) is { } found ? new LocalAzure(folder, found.Connection, null) : null;
    }

    /// <summary>For a foreground host: ends when the host is stopped, its store disappears, or the token is cancelled.</summary>
    public async Task WaitForShutdownAsync(CancellationToken cancellationToken)
    {
        if (_host is null)
        {
            throw new InvalidOperationException("This process is attached to the local Azure and does not host it.");
        }

        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, _host.Stopping);
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = both.Token.Register(ended.SetResult);
        await ended.Task;
    }

    /// <summary>Adds a fault rule to the store; takes effect with the next request.</summary>
    /// <returns>The rule with its id.</returns>
    /// <exception cref="DeployException">DEP6004 when the rule is wrong.</exception>
    public Task<FaultRule> AddFaultAsync(FaultRule rule, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_faults.Add(rule));
    }

    /// <summary>Removes one fault rule; false when there is none of that id.</summary>
    public Task<bool> RemoveFaultAsync(string id, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(_faults.Remove(id));
    }

    /// <summary>What only a running host knows and does.</summary>
    public LocalAzureManagement Management => new(Connection);

    /// <summary>Removes every fault rule from the store.</summary>
    public Task ClearFaultsAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _faults.Clear();
        return Task.CompletedTask;
    }

    /// <summary>The lines of the request log, one JSON object each; see <c>requests.log</c> in the store.</summary>
    public string RequestLogPath => _folder.Requests;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.DisposeAsync();
        }
    }

    private static DeployError Busy(StoreFolder folder, string what)
    {
        var host = StoreFolder.ReadJson<HostRecord>(folder.Host);
        return EmulatorErrors.StoreBusy.With($"The store '{folder.Root}' is in use: {(host is null ? "another process" : $"process {host.ProcessId}")} {what}.");
    }
}
