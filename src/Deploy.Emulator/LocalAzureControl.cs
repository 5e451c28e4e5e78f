using System.Diagnostics;
using Deploy.Core;
using Deploy.Emulator.Hosting;

namespace Deploy.Emulator;

/// <summary>What can be done to a store from outside its host: <c>deploy emulator status | stop | reset</c>.</summary>
public static class LocalAzureControl
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>Says whether a host runs, and what it holds.</summary>
    public static async Task<LocalAzureStatus> StatusAsync(string storePath, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(storePath);
        return await StoreConnection.FindAsync(folder, cancellationToken) is { } found
            ? new LocalAzureStatus
            {
                StorePath = folder.Root,
                IsRunning = true,
                Connection = found.Connection,
                StartedAt = found.Host.StartedAt,
                Resources = (int?)found.Status["resources"],
                Faults = (int?)found.Status["faults"],
                Operations = (int?)found.Status["operations"],
                Clock = (string?)found.Status["clock"]?["speed"],
                Upstream = (string?)found.Status["upstream"],
            }
            : new LocalAzureStatus { StorePath = folder.Root, IsRunning = false };
    }

    /// <summary>Asks the host to end and waits for it (10 s). False when none was running.</summary>
    /// <exception cref="DeployException">DEP6006.</exception>
    public static async Task<bool> StopAsync(string storePath, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(storePath);
        if (await StoreConnection.FindAsync(folder, cancellationToken) is not { } found)
        {
            return false;
        }

        var since = Stopwatch.GetTimestamp();
        await StoreConnection.AskAsync(found.Connection, HttpMethod.Post, "stop", cancellationToken);
        while (File.Exists(folder.Host))
        {
            if (Stopwatch.GetElapsedTime(since) > StopWithin)
            {
                throw new DeployException(EmulatorErrors.StopFailed.With($"Process {found.Host.ProcessId} still hosts '{folder.Root}' {StopWithin.TotalSeconds:0} s after it was asked to end."));
            }

            await Task.Delay(LookAgain, cancellationToken);
        }

        return true;
    }

    /// <summary>Removes every resource, operation, key, fault rule and logged request; certificate, ports and credential stay. Works with and without a running host.</summary>
    public static async Task ResetAsync(string storePath, CancellationToken cancellationToken)
    {
        var folder = new StoreFolder(storePath);
        if (!folder.Exists)
        {
            return;
        }

        await using var azure = await LocalAzure.AttachOrHostAsync(new LocalAzureOptions { StorePath = storePath }, cancellationToken);
        if (await StoreConnection.AskAsync(azure.Connection, HttpMethod.Post, "reset", cancellationToken) is null)
        {
            throw new DeployException(EmulatorErrors.StoreBusy.With($"Process {azure.Connection.ProcessId} did not reset '{folder.Root}'."));
        }
    }
}
