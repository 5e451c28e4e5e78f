using Azure.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>One row of a location's usages.</summary>
public sealed record QuotaUsage
{
    /// <summary>Such as <c>Microsoft.MachineLearningServices/vmFamily/usages</c>.</summary>
    public required string Type { get; init; }

    /// <summary>What is counted, such as <c>Standard NCADSA100v4 Family Cluster Dedicated vCPUs</c>.</summary>
    public required string Name { get; init; }

    public required long CurrentValue { get; init; }

    /// <summary>-1 = no limit.</summary>
    public required long Limit { get; init; }

    /// <summary>The row's ID; null when Azure sent none.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the row counts a VM family of the whole subscription, not one workspace's or compute's share of it.</summary>
    public bool IsVmFamily => Type.EndsWith("/vmFamily/usages", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the row counts one workspace's share of a family.</summary>
    public bool IsWorkspaceShare =>
        Type.EndsWith("/workspaces/usages", StringComparison.OrdinalIgnoreCase) || Type.EndsWith("/workspace/usages", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the row counts one compute's share of a family.</summary>
    public bool IsComputeShare => Type.EndsWith("/computes/usages", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the row counts all dedicated cores of the location.</summary>
    public bool IsDedicatedTotal => Type.EndsWith("/dedicatedCores/usages", StringComparison.OrdinalIgnoreCase);
}

/// <summary>One row of a location's quotas.</summary>
public sealed record QuotaRow
{
    public required string Type { get; init; }

    public required string Name { get; init; }

    /// <summary>-1 = no limit.</summary>
    public required long Limit { get; init; }

    public string? Id { get; init; }
}

/// <summary>A VM size as a location offers it.</summary>
public sealed record OfferedVmSize
{
    public required string Name { get; init; }

    public required string Family { get; init; }

    public required int VCpus { get; init; }

    public required int Gpus { get; init; }

    /// <summary>Such as <c>AmlCompute</c>, <c>ComputeInstance</c>, <c>MIR</c>; empty when Azure did not say.</summary>
    public required IReadOnlyList<string> SupportedComputeTypes { get; init; }

    /// <summary>Whether managed online endpoints can run on it: null when Azure did not say.</summary>
    public bool? CarriesOnlineEndpoints =>
        SupportedComputeTypes.Count == 0 ? null : SupportedComputeTypes.Contains("MIR", StringComparer.OrdinalIgnoreCase);
}

/// <summary>A resource as subscription-wide lists show it.</summary>
public sealed record TrackedResource(ResourceIdentifier Id, AzureLocation? Location);
