namespace Deploy.Emulator;

/// <summary>What is known of a store and its host: the answer of <c>deploy emulator status</c>.</summary>
public sealed record LocalAzureStatus
{
    public required string StorePath { get; init; }

    /// <summary>Whether a host answers for this store.</summary>
    public required bool IsRunning { get; init; }

    /// <summary>Null unless running.</summary>
    public LocalAzureConnection? Connection { get; init; }

    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Number of resources the store holds, resource groups included; null unless running.</summary>
    public int? Resources { get; init; }

    /// <summary>Number of active fault rules; null unless running.</summary>
    public int? Faults { get; init; }
}
