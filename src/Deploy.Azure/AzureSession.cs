using Azure.Core;
using Azure.Core.Pipeline;

namespace Deploy.Azure;

/// <summary>One signed-in connection to one cloud: everything that a client of it needs.</summary>
public sealed record AzureSession
{
    public required AzureCloud Cloud { get; init; }

    /// <summary>Gives tokens of <see cref="AzureCloud.ResourceManagerScope"/> and of the cloud's other audiences.</summary>
    public required TokenCredential Credential { get; init; }

    /// <summary>The subscription that paths without one refer to.</summary>
    public required string SubscriptionId { get; init; }

    /// <summary>The Entra tenant; null when the credential alone knows it.</summary>
    public string? TenantId { get; init; }

    /// <summary>The application or identity that signed in; null for users.</summary>
    public string? ClientId { get; init; }

    /// <summary>Sends the requests: trusts the cloud's certificate, follows no redirect, no proxy for loopback.</summary>
    public required HttpPipelineTransport Transport { get; init; }
}
