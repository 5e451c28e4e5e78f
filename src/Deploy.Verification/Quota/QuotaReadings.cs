using Deploy.Azure.MachineLearning;

namespace Deploy.Verification.Quota;

/// <summary>What Azure said; each read stands for itself, so that one refusal does not hide the others.</summary>
public sealed record QuotaReadings
{
    public required ReadResult<IReadOnlyList<QuotaUsage>> Usages { get; init; }

    public required ReadResult<IReadOnlyList<OfferedVmSize>> VmSizes { get; init; }

    /// <summary>Every online endpoint of the subscription.</summary>
    public required ReadResult<IReadOnlyList<TrackedResource>> OnlineEndpoints { get; init; }

    /// <summary>Every deployment behind an online endpoint of the subscription.</summary>
    public required ReadResult<IReadOnlyList<TrackedResource>> OnlineDeployments { get; init; }
}
