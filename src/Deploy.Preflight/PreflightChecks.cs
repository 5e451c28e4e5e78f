namespace Deploy.Preflight;

/// <summary>The ids of the checks, in the order of the report.</summary>
public static class PreflightChecks
{
    /// <summary>Retired, deprecated and legacy models.</summary>
    public const string Lifecycle = "lifecycle";

    /// <summary>Whether the settings mean the signed-in subscription.</summary>
    public const string Subscription = "subscription";

    /// <summary>Whether the region offers the models.</summary>
    public const string Region = "region";

    /// <summary>Whether VM sizes exist in the region and carry online endpoints.</summary>
    public const string VmSize = "vmSize";

    /// <summary>Whether endpoint names are free.</summary>
    public const string Names = "names";

    /// <summary>Whether names are held by soft-deleted resources.</summary>
    public const string SoftDeleted = "softDeleted";

    /// <summary>Whether the identity may do what the deployment does.</summary>
    public const string Permissions = "permissions";

    /// <summary>Whether the quota suffices. Never fails the deployment: at most a warning.</summary>
    public const string Quota = "quota";
}
