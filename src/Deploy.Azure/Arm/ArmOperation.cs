namespace Deploy.Azure.Arm;

/// <summary>How a service reports the progress of an accepted request.</summary>
public enum ArmOperationStyle
{
    /// <summary>Whatever the answer says: <c>Azure-AsyncOperation</c>, else <c>Location</c>, else the resource's <c>provisioningState</c>.</summary>
    Automatic,

    /// <summary>Poll the <c>Azure-AsyncOperation</c> address until its status ends, then read the resource.</summary>
    AzureAsyncOperation,

    /// <summary>Poll the <c>Location</c> address until it stops answering 202.</summary>
    Location,

    /// <summary>Poll the resource itself until <c>properties.provisioningState</c> ends.</summary>
    OriginalUri,

    /// <summary>The answer is final.</summary>
    None,
}

/// <summary>How one long-running request is followed.</summary>
public sealed record ArmOperationOptions
{
    public ArmOperationStyle Style { get; init; } = ArmOperationStyle.Automatic;

    /// <summary>Bounds the whole operation. Default 2 hours.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>Poll address of an operation that an earlier process started: nothing is sent but polls. Null = send the request.</summary>
    public Uri? ResumeFrom { get; init; }

    /// <summary>Called once when the poll address is known, before the first poll; the next poll waits for it.</summary>
    public Func<Uri, CancellationToken, Task>? Accepted { get; init; }
}

/// <summary>How a long-running request ended.</summary>
public enum ArmOperationStatus
{
    Succeeded,

    /// <summary>Refused before anything began.</summary>
    Rejected,

    /// <summary>Accepted, then failed: the resource may exist in part.</summary>
    Failed,

    /// <summary>Accepted, then cancelled by the service.</summary>
    Canceled,

    /// <summary>Accepted, and still running when <see cref="ArmOperationOptions.Timeout"/> ended.</summary>
    TimedOut,
}

/// <summary>The outcome of <see cref="IArmClient.RunAsync"/>.</summary>
public sealed record ArmOperationResult
{
    public required ArmOperationStatus Status { get; init; }

    /// <summary>The last answer; after success of a PUT it holds the resource when the service sent it.</summary>
    public required ArmResponse Response { get; init; }

    /// <summary>Null exactly when <see cref="Status"/> is <see cref="ArmOperationStatus.Succeeded"/>.</summary>
    public ArmError? Error { get; init; }

    /// <summary>The poll address, when the service gave one.</summary>
    public Uri? PollAddress { get; init; }

    public bool IsSuccess => Status == ArmOperationStatus.Succeeded;
}
