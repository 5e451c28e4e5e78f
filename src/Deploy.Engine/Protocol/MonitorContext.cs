using Deploy.Engine.Execution;
using Deploy.Engine.State;

namespace Deploy.Engine.Protocol;

/// <summary>What the services of one run share.</summary>
internal sealed record MonitorContext
{
    public required RunSettings Settings { get; init; }

    public required string Organization { get; init; }

    public required int Parallel { get; init; }

    public required ProgramResources Resources { get; init; }

    public required EventStream Events { get; init; }

    public required WireValues Values { get; init; }

    public required Transforms Transforms { get; init; }

    public required StackStore Stack { get; init; }

    public required Func<string, ISecretsProvider>? OtherStackSecrets { get; init; }

    /// <summary>Gives up what is in flight.</summary>
    public required CancellationToken Abort { get; init; }
}
