namespace Deploy.Engine.Providers.AzureNative;

/// <summary>What the caller decides about the provider's behaviour.</summary>
public sealed record AzureNativeProviderOptions
{
    /// <summary>
    /// Whether a delete also gives up the name that Azure holds for a soft-deleted workspace, key vault, Log Analytics workspace or AI services account.
    /// True for local and dev; never for staging and prod, where the deleted data must stay recoverable. Default false.
    /// </summary>
    public bool PurgeSoftDeleted { get; init; }

    /// <summary>Whether to trust the answer of a write instead of reading the resource once more. Default false; the key <c>skipReadOnUpdate</c> sets it too.</summary>
    public bool SkipReadOnUpdate { get; init; }

    /// <summary>Bounds one operation on one resource when the resource has no <c>customTimeouts</c>. Default 2 hours.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromHours(2);

    /// <summary>First wait before repeating a request that met another operation on the same resource, doubled each time. Default 500 ms.</summary>
    public TimeSpan ConflictDelay { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Longest such wait. Default 30 seconds.</summary>
    public TimeSpan MaxConflictDelay { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long such repetitions go on. Default 10 minutes.</summary>
    public TimeSpan ConflictPatience { get; init; } = TimeSpan.FromMinutes(10);
}
