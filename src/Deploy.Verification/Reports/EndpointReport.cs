using Deploy.Environments.Settings;

namespace Deploy.Verification.Reports;

/// <summary>Which of the two request forms an endpoint understands.</summary>
public enum EndpointDialect
{
    /// <summary>Neither was understood, or none could be asked.</summary>
    None,

    /// <summary><c>/chat/completions?api-version=2024-05-01-preview</c>.</summary>
    AzureInference,

    /// <summary><c>/v1/chat/completions</c>.</summary>
    OpenAIV1,

    Both,
}

/// <summary>The verdict on one endpoint.</summary>
public sealed record EndpointReport
{
    public required string Name { get; init; }

    public string? Project { get; init; }

    /// <summary>The name within the environment: <c>project/name</c>, or the name alone.</summary>
    public string FullName => Project is null ? Name : $"{Project}/{Name}";

    /// <summary>The base URI that was asked; null when it could not be found out.</summary>
    public Uri? Uri { get; init; }

    /// <summary>The model that was expected; null when nothing was known.</summary>
    public string? Model { get; init; }

    public required ComputeKind Compute { get; init; }

    public EndpointDialect Dialect { get; init; }

    /// <summary>One entry for each of <see cref="CheckId.All"/>, in that order.</summary>
    public required IReadOnlyList<CheckReport> Checks { get; init; }

    /// <summary>Null when no chat request was answered.</summary>
    public LatencyReport? Latency { get; init; }

    /// <summary>Zero of everything for an endpoint that could not be asked.</summary>
    public CostReport Cost { get; init; } = new();

    public TimeSpan Duration { get; init; }

    /// <summary><c>fail</c> if any check fails, else <c>inconclusive</c> if any is or none was judged, else <c>warn</c> or <c>pass</c>.</summary>
    public CheckStatus Status => StatusRule.OfEndpoint(Checks);
}
