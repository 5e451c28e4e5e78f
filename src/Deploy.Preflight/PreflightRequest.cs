using Deploy.Azure.Arm;
using Deploy.Azure.MachineLearning;
using Deploy.Environments.Settings;
using Deploy.Verification.Quota;

namespace Deploy.Preflight;

/// <summary>What preflight looks at.</summary>
public sealed record PreflightRequest
{
    public required EnvironmentSettings Settings { get; init; }

    /// <summary>What the environment already has; <see cref="EnvironmentHoldings.None"/> for a new one.</summary>
    public required EnvironmentHoldings Holdings { get; init; }

    /// <summary>The way to Azure; null when there is none (no sign-in, no network), which leaves every question to Azure unverified.</summary>
    public PreflightAzure? Azure { get; init; }
}

/// <param name="SubscriptionId">The subscription to deploy into.</param>
/// <param name="MachineLearning">Reads of Azure Machine Learning.</param>
/// <param name="Client">The control plane, for what other providers know.</param>
public sealed record PreflightAzure(string SubscriptionId, IMachineLearningReads MachineLearning, IArmClient Client);
