using Deploy.Core;

namespace Deploy.Engine.Programs;

/// <summary>Runs a Pulumi program against the engine's address, and returns when it has ended.</summary>
public interface IProgramLauncher
{
    /// <summary>
    /// Runs the program to its end. Cancelling ends the program and everything it started before the task ends with an
    /// <see cref="OperationCanceledException"/>.
    /// </summary>
    Task<ProgramResult> RunAsync(ProgramLaunch launch, CancellationToken cancellationToken);
}

/// <summary>What a program is told.</summary>
public sealed record ProgramLaunch
{
    /// <summary>Loopback <c>host:port</c> of the monitor and engine services.</summary>
    public required string Address { get; init; }

    public required string Project { get; init; }

    public required string Stack { get; init; }

    public required string Organization { get; init; }

    /// <summary>Folder of Pulumi.yaml.</summary>
    public required string RootDirectory { get; init; }

    /// <summary>Folder the program runs in.</summary>
    public required string ProgramDirectory { get; init; }

    /// <summary>Configuration by <c>namespace:key</c>; goes by environment, never by arguments.</summary>
    public required IReadOnlyDictionary<string, string> Config { get; init; }

    public required IReadOnlySet<string> ConfigSecretKeys { get; init; }

    public required bool DryRun { get; init; }

    public required int Parallel { get; init; }

    public required IReadOnlyDictionary<string, string?> Environment { get; init; }

    /// <summary>Receives each line the program prints; the flag says whether it came from standard error.</summary>
    public required Action<string, bool> OnOutput { get; init; }
}

/// <summary>How a program ended.</summary>
public sealed record ProgramResult
{
    /// <summary>0: it ended well. 32: it failed and has told the engine why.</summary>
    public required int ExitCode { get; init; }

    /// <summary>Set when the program could not be built or started.</summary>
    public DeployError? Error { get; init; }
}
