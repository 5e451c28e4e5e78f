using Azure.Core;
using Deploy.Core;

namespace Deploy.Azure.MachineLearning;

/// <summary>A serverless endpoint as Azure describes it now.</summary>
public sealed record ServerlessEndpointReading
{
    public required ResourceIdentifier Id { get; init; }

    /// <summary><c>inferenceEndpoint.uri</c>; null until Azure has assigned one.</summary>
    public Uri? Uri { get; init; }

    /// <summary>Such as <c>Online</c>, <c>Creating</c>, <c>Suspended</c>; null when Azure did not say.</summary>
    public string? EndpointState { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary>Such as <c>Key</c>.</summary>
    public string? AuthMode { get; init; }

    /// <summary>Such as <c>azureml://registries/azureml/models/Phi-4</c>.</summary>
    public string? ModelId { get; init; }

    /// <summary><c>Enabled</c> or <c>Disabled</c>.</summary>
    public string? ContentSafetyStatus { get; init; }
}

/// <summary>An online endpoint as Azure describes it now.</summary>
public sealed record OnlineEndpointReading
{
    public required ResourceIdentifier Id { get; init; }

    /// <summary>Ends in <c>/score</c>; null until Azure has assigned one.</summary>
    public Uri? ScoringUri { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary><c>Key</c>, <c>AMLToken</c> or <c>AADToken</c>.</summary>
    public string? AuthMode { get; init; }

    /// <summary>Percent of the requests per deployment; a deployment without traffic answers only to the header that names it.</summary>
    public required IReadOnlyDictionary<string, int> Traffic { get; init; }

    /// <summary>The base of the inference routes: the scoring URI without <c>/score</c>, and without a slash at its end.</summary>
    public Uri? BaseUri
    {
        get
        {
            if (ScoringUri is null)
            {
                return null;
            }

            var text = ScoringUri.GetLeftPart(UriPartial.Path).TrimEnd('/');
            return new Uri(text.EndsWith("/score", StringComparison.OrdinalIgnoreCase) ? text[..^"/score".Length] : text);
        }
    }
}

/// <summary>A deployment behind an online endpoint as Azure describes it now.</summary>
public sealed record OnlineDeploymentReading
{
    public required ResourceIdentifier Id { get; init; }

    public string? ProvisioningState { get; init; }

    /// <summary>The VM size.</summary>
    public string? InstanceType { get; init; }

    /// <summary><c>sku.capacity</c>: its instances.</summary>
    public int? Instances { get; init; }

    /// <summary>Such as <c>azureml://registries/azureml/models/Phi-4/versions/8</c>.</summary>
    public string? ModelId { get; init; }
}

/// <summary>The keys of an endpoint.</summary>
public sealed record EndpointKeys(SecretText Primary, SecretText? Secondary);

/// <summary>A short-lived token of an online endpoint.</summary>
/// <param name="Value">Sent as a bearer token.</param>
/// <param name="ExpiresAt">From then on it is refused; null when Azure did not say.</param>
/// <param name="RefreshAfter">From then on a new one should be fetched; null when Azure did not say.</param>
public sealed record EndpointToken(SecretText Value, DateTimeOffset? ExpiresAt, DateTimeOffset? RefreshAfter);
