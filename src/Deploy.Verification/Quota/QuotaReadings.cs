using Deploy.Azure.MachineLearning;
using Deploy.Core;

namespace Deploy.Verification.Quota;

/// <summary>What Azure said; each read stands for itself, so that one refusal does not hide the others. Null is what was not asked.</summary>
public sealed record QuotaReadings
{
    public ReadResult<IReadOnlyList<QuotaUsage>>? Usages { get; init; }

    public ReadResult<IReadOnlyList<OfferedVmSize>>? VmSizes { get; init; }

    /// <summary>Every online endpoint of the subscription.</summary>
    public ReadResult<IReadOnlyList<TrackedResource>>? OnlineEndpoints { get; init; }

    /// <summary>Every deployment behind an online endpoint of the subscription.</summary>
    public ReadResult<IReadOnlyList<TrackedResource>>? OnlineDeployments { get; init; }

    /// <summary>Every serverless endpoint of the subscription.</summary>
    public ReadResult<IReadOnlyList<TrackedResource>>? ServerlessEndpoints { get; init; }

    /// <summary>The serverless endpoints in the environments' own projects that no state holds, one by one.</summary>
    public IReadOnlyList<ReadResult<ServerlessEndpointReading>> Strangers { get; init; } = [];

    /// <summary>Every read failed for the same reason: there is no way to Azure.</summary>
    public static QuotaReadings Failed(DeployError error) => new()
    {
        Usages = ReadResult.Without<IReadOnlyList<QuotaUsage>>(ReadStatus.Failed, error),
        VmSizes = ReadResult.Without<IReadOnlyList<OfferedVmSize>>(ReadStatus.Failed, error),
        OnlineEndpoints = ReadResult.Without<IReadOnlyList<TrackedResource>>(ReadStatus.Failed, error),
        OnlineDeployments = ReadResult.Without<IReadOnlyList<TrackedResource>>(ReadStatus.Failed, error),
        ServerlessEndpoints = ReadResult.Without<IReadOnlyList<TrackedResource>>(ReadStatus.Failed, error),
    };
}
