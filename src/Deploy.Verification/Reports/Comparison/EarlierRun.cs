namespace Deploy.Verification.Reports.Comparison;

/// <summary>What an earlier run came to, as far as later ones are compared with it.</summary>
public sealed record EarlierRun
{
    public string? Stack { get; init; }

    /// <summary>Null when the file does not say.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>Null when nothing was verified.</summary>
    public CheckStatus? Status { get; init; }

    public required IReadOnlyList<EarlierEndpoint> Endpoints { get; init; }

    public EarlierEndpoint? Find(string fullName) => Endpoints.FirstOrDefault(endpoint => endpoint.FullName == fullName);

    internal EarlierRun Map(Func<string, string> change) => this with
    {
        Endpoints = [.. Endpoints.Select(endpoint => endpoint with { FullName = change(endpoint.FullName), Model = endpoint.Model is { } model ? change(model) : null })],
    };
}

/// <summary>An endpoint of an earlier run.</summary>
public sealed record EarlierEndpoint
{
    /// <summary>As <see cref="EndpointReport.FullName"/>.</summary>
    public required string FullName { get; init; }

    public string? Model { get; init; }

    public required CheckStatus Status { get; init; }

    /// <summary>Verdicts by the name of the check.</summary>
    public IReadOnlyDictionary<string, CheckStatus> Checks { get; init; } = new Dictionary<string, CheckStatus>();

    /// <summary>Null when nothing was measured.</summary>
    public LatencyReport? Latency { get; init; }
}
