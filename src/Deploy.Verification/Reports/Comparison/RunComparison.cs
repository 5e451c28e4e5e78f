namespace Deploy.Verification.Reports.Comparison;

/// <summary>What differs between an earlier run and this one.</summary>
public sealed record RunComparison
{
    /// <summary>When the earlier run began; null when its file does not say.</summary>
    public DateTimeOffset? BaselineStartedAt { get; init; }

    /// <summary>In the order of the endpoints; empty when nothing differs.</summary>
    public required IReadOnlyList<Difference> Differences { get; init; }

    internal RunComparison Map(Func<string, string> change) => this with
    {
        Differences = [.. Differences.Select(item => new Difference(change(item.Endpoint), item.What, change(item.Before), change(item.Now), item.IsWorse))],
    };
}

/// <param name="Endpoint">As <see cref="EndpointReport.FullName"/>.</param>
/// <param name="What">A check, a latency measure, <c>model</c> or <c>endpoint</c>.</param>
/// <param name="Before">What the earlier run says.</param>
/// <param name="Now">What this run says.</param>
/// <param name="IsWorse">Whether it should worry someone.</param>
public sealed record Difference(string Endpoint, string What, string Before, string Now, bool IsWorse);
