namespace Deploy.Emulator;

/// <summary>What can be done to a store from outside its host: <c>deploy emulator status | stop | reset</c>.</summary>
public static class LocalAzureControl
{
    /// <summary>Says whether a host runs, and what it holds.</summary>
    public static Task<LocalAzureStatus> StatusAsync(string storePath, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Asks the host to end and waits for it (10 s). False when none was running.</summary>
    /// <exception cref="Core.DeployException">DEP6006.</exception>
    public static Task<bool> StopAsync(string storePath, CancellationToken cancellationToken) => throw new NotSupportedException();

    /// <summary>Removes every resource, operation, key, fault rule and logged request; certificate, ports and credential stay. Works with and without a running host.</summary>
    public static Task ResetAsync(string storePath, CancellationToken cancellationToken) => throw new NotSupportedException();
}
