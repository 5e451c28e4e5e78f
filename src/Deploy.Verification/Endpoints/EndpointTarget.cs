using Azure.Core;
using Deploy.Core;
using Deploy.Environments.Settings;

namespace Deploy.Verification.Endpoints;

/// <summary>One endpoint to verify: where it is, what it should be, and what to show to get in.</summary>
public sealed record EndpointTarget
{
    /// <summary>The name the user knows it by; the heading of its report.</summary>
    public required string Name { get; init; }

    /// <summary>The project it belongs to; null for an endpoint that was given by its URI alone.</summary>
    public string? Project { get; init; }

    /// <summary>
    /// The base to which <c>/info</c> and <c>/chat/completions</c> are appended. A trailing <c>/v1</c>, <c>/score</c> or <c>/chat/completions</c> is
    /// recognised and reported. <c>https</c>, or <c>http</c> on a loopback address.
    /// </summary>
    public required Uri Uri { get; init; }

    /// <summary>The model that should answer; null when nothing is known, which makes <c>info</c> a plain statement.</summary>
    public ModelName? Model { get; init; }

    /// <summary>Null for serverless endpoints, where Azure takes the newest.</summary>
    public string? ModelVersion { get; init; }

    public required ComputeKind Compute { get; init; }

    public required AuthMode Auth { get; init; }

    /// <summary>Whether content safety is on; null when unknown or not offered.</summary>
    public bool? ContentSafety { get; init; }

    /// <summary>Deployments behind a managed endpoint; empty for serverless.</summary>
    public IReadOnlyList<string> Deployments { get; init; } = [];

    public required EndpointCredential Credential { get; init; }

    /// <summary>Null for an endpoint that was given by its URI alone.</summary>
    public ResourceIdentifier? ResourceId { get; init; }

    /// <summary>What a host name says about the kind of compute: <c>*.inference.ml.azure.com</c> is managed, everything else counts as serverless.</summary>
    public static ComputeKind ComputeOf(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return uri.Host.EndsWith(".inference.ml.azure.com", StringComparison.OrdinalIgnoreCase) ? ComputeKind.Managed : ComputeKind.Serverless;
    }
}
