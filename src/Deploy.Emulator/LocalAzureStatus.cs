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

    /// <summary>Number of long-running operations in progress; null unless running.</summary>
    public int? Operations { get; init; }

    /// <summary>The speed of its clock, as <see cref="ClockSetting.Parse"/> reads it; null unless running.</summary>
    public string? Clock { get; init; }

    /// <summary>The server whose model answers; null when it is the local one, or nothing runs.</summary>
    public string? Upstream { get; init; }
}
