using Deploy.Emulator.Faults;

namespace Deploy.Emulator;

/// <summary>
/// A local Azure that this process hosts or is attached to. Disposing ends the host when this process hosts it, and only lets go otherwise.
/// </summary>
public sealed class LocalAzure : IAsyncDisposable
{
    public LocalAzureConnection Connection => throw new NotSupportedException();

    /// <summary>True when this process hosts the store.</summary>
    public bool IsHost => throw new NotSupportedException();

    /// <summary>What a user should know about this start, one sentence each: for instance that a port had to change.</summary>
    public IReadOnlyList<string> Notices => throw new NotSupportedException();

    /// <summary>Attaches to the host of the store when one runs, else hosts it in this process.</summary>
    /// <exception cref="Core.DeployException">DEP6001-DEP6003.</exception>
    public static Task<LocalAzure> AttachOrHostAsync(LocalAzureOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Hosts the store in this process.</summary>
    /// <exception cref="Core.DeployException">DEP6001 when another process hosts it; DEP6002, DEP6003.</exception>
    public static Task<LocalAzure> HostAsync(LocalAzureOptions options, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Attaches to the host of the store; null when none runs.</summary>
    public static Task<LocalAzure?> TryAttachAsync(string storePath, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>For a foreground host: ends when the host is stopped, its store disappears, or the token is cancelled.</summary>
    public Task WaitForShutdownAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Adds a fault rule to the store; takes effect with the next request.</summary>
    public Task AddFaultAsync(FaultRule rule, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes every fault rule from the store.</summary>
    public Task ClearFaultsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public ValueTask DisposeAsync() => throw new NotSupportedException();
}
