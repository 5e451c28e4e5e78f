using Deploy.Core;

namespace Deploy.Emulator;

/// <summary>Errors of the local Azure itself (not the ones it answers as Azure would).</summary>
public static class EmulatorErrors
{
    public static readonly ErrorDefinition StoreBusy = new(
        "DEP6001", "The store of the local Azure is held by a process that does not answer",
        "Run `deploy emulator stop`, or end the process named in the message.", ExitCode.Generic, Retryable: true);

    public static readonly ErrorDefinition StoreUnusable = new(
        "DEP6002", "The store of the local Azure cannot be used",
        "Check the folder's permissions, or remove the folder to start afresh.", ExitCode.Generic);

    public static readonly ErrorDefinition PortTaken = new(
        "DEP6003", "The port asked for is taken by another program",
        "Ask for another port, or for none: then a free one is drawn.", ExitCode.Generic, Retryable: true);

    public static readonly ErrorDefinition FaultsInvalid = new(
        "DEP6004", "The fault rules cannot be read",
        "Correct faults.json in the store, or remove it.", ExitCode.Configuration);

    public static readonly ErrorDefinition QuotaInvalid = new(
        "DEP6005", "The quota file of the local Azure cannot be read",
        "Correct quota.json in the store, or remove it.", ExitCode.Configuration);

    public static readonly ErrorDefinition StopFailed = new(
        "DEP6006", "The local Azure did not stop",
        "End the process named in the message.", ExitCode.Generic, Retryable: true);

    public static readonly ErrorDefinition ClockInvalid = new(
        "DEP6007", "The clock of the local Azure cannot be set so",
        "Use realtime, instant, a factor such as 60x, or a span of time such as 14d to put it forward.", ExitCode.Configuration);

    public static readonly ErrorDefinition SnapshotInvalid = new(
        "DEP6008", "The file is no snapshot of a local Azure",
        "Restore what `deploy emulator snapshot` wrote.", ExitCode.Configuration);

    public static readonly ErrorDefinition SeedFailed = new(
        "DEP6009", "A resource of the seed was refused",
        "Correct the resource that the message names; those before it are there.", ExitCode.Configuration);

    public static readonly ErrorDefinition RemoteNotAllowed = new(
        "DEP6010", "The local Azure listens on loopback only",
        "Add --allow-remote if everybody who reaches the address may use this local Azure.", ExitCode.Configuration);

    public static readonly ErrorDefinition NotAnswered = new(
        "DEP6011", "The local Azure did not do what it was asked",
        "Run `deploy emulator status`; `requests.log` in the store says more.", ExitCode.Generic, Retryable: true);
}
