using Deploy.Environments.Settings;

namespace Deploy.Verification.Quota;

/// <summary>One environment that quota is reported for.</summary>
public sealed record QuotaEnvironment
{
    /// <summary>The plan.</summary>
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>The subscription that it lives in; the names of its endpoints in Azure follow from it.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>Whether rows name its stack, because the report is about several.</summary>
    public bool IsNamed { get; init; }

    /// <summary>What it already has.</summary>
    public required EnvironmentHoldings Holdings { get; init; }

    /// <summary>What its endpoints said about their rates when they were verified; empty when they were not.</summary>
    public IReadOnlyList<LiveRate> Rates { get; init; } = [];
}

/// <summary>What a serverless endpoint's own headers said about its rates.</summary>
/// <param name="Project">In the settings.</param>
/// <param name="Endpoint">In the settings.</param>
public sealed record LiveRate(string Project, string Endpoint)
{
    public long? TokensLimit { get; init; }

    public long? TokensLeft { get; init; }

    public long? RequestsLimit { get; init; }

    public long? RequestsLeft { get; init; }
}
