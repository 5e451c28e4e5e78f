using Azure.Core;
using Deploy.Azure.MachineLearning;
using Deploy.Core;
using Deploy.Environments;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Running;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints;

/// <summary>
/// Turns what a stack promises into what can be asked: reads the live URI and the key or token from Azure by resource ID, with the caller's own rights.
/// What cannot be read becomes a report that says why.
/// </summary>
public sealed class EndpointResolver
{
    private const int Parallel = 8;

    private readonly IMachineLearningReads _reads;
    private readonly TokenCredential _credential;
    private readonly string _scope;

    /// <param name="reads">Reads endpoints and their keys.</param>
    /// <param name="credential">Signs in at endpoints that want Entra tokens.</param>
    /// <param name="scope">Audience of those tokens, with <c>/.default</c>.</param>
    public EndpointResolver(IMachineLearningReads reads, TokenCredential credential, string scope = EndpointCredential.DefaultScope)
    {
        ArgumentNullException.ThrowIfNull(reads);
        ArgumentNullException.ThrowIfNull(credential);
        ArgumentException.ThrowIfNullOrWhiteSpace(scope);
        _reads = reads;
        _credential = credential;
        _scope = scope;
    }

    /// <summary>Resolves every item, in order, several at a time.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<IReadOnlyList<ResolvedEndpoint>> ResolveAsync(IReadOnlyList<EndpointContract> endpoints, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        using var slots = new SemaphoreSlim(Parallel);
        return await Task.WhenAll(endpoints.Select(endpoint => ResolveAsync(endpoint, slots, cancellationToken))).ConfigureAwait(false);
    }

    private async Task<ResolvedEndpoint> ResolveAsync(EndpointContract endpoint, SemaphoreSlim slots, CancellationToken cancellationToken)
    {
        await slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (!ResourceIdentifier.TryParse(endpoint.ResourceId, out var id) || id is null)
            {
                return Unresolved(endpoint, Finding.Of(EndpointErrors.ReadFailed, $"The stack output names '{endpoint.ResourceId}', which is no resource ID.", "Run `deploy up` to write the outputs anew."));
            }

            var uri = await ReadUriAsync(endpoint, id, cancellationToken).ConfigureAwait(false);
            if (uri.Fault is { } uriFault)
            {
                return Unresolved(endpoint, uriFault);
            }

            var credential = await ReadCredentialAsync(endpoint, id, cancellationToken).ConfigureAwait(false);
            return credential.Fault is { } fault ? Unresolved(endpoint, fault, uri.Value) : Found(endpoint, id, uri.Value!, credential.Value!);
        }
        finally
        {
            slots.Release();
        }
    }

    private async Task<Reading<Uri>> ReadUriAsync(EndpointContract endpoint, ResourceIdentifier id, CancellationToken cancellationToken)
    {
        Uri? uri;
        string? state;
        if (endpoint.Compute == ComputeKind.Managed)
        {
            var read = await _reads.GetOnlineEndpointAsync(id, cancellationToken).ConfigureAwait(false);
            if (!read.HasValue)
            {
                return new(null, Explain(read.Status, read.Error, "read the endpoint", id));
            }

            (uri, state) = (read.Value.BaseUri, read.Value.ProvisioningState);
        }
        else
        {
            var read = await _reads.GetServerlessEndpointAsync(id, cancellationToken).ConfigureAwait(false);
            if (!read.HasValue)
            {
                return new(null, Explain(read.Status, read.Error, "read the endpoint", id));
            }

            (uri, state) = (read.Value.Uri, read.Value.EndpointState ?? read.Value.ProvisioningState);
        }

        return uri is not null
            ? new(uri, null)
            : new(null, Finding.Of(EndpointErrors.NotReady, $"Azure has not given the endpoint a URI yet; its state is {state ?? "unknown"}."));
    }

    private async Task<Reading<EndpointCredential>> ReadCredentialAsync(EndpointContract endpoint, ResourceIdentifier id, CancellationToken cancellationToken)
    {
        switch (endpoint.Auth)
        {
            case AuthMode.Entra:
                return new(EndpointCredential.FromToken(_credential, _scope), null);
            case AuthMode.AmlToken:
                var token = await _reads.GetTokenAsync(id, cancellationToken).ConfigureAwait(false);
                return token.HasValue
                    ? new(EndpointCredential.FromAmlToken(token.Value.Value.Reveal()), null)
                    : new(null, Explain(token.Status, token.Error, "get a token of the endpoint", id));
            default:
                var keys = await _reads.ListKeysAsync(id, cancellationToken).ConfigureAwait(false);
                return keys.HasValue
                    ? new(EndpointCredential.FromKey(keys.Value.Primary.Reveal()), null)
                    : new(null, Explain(keys.Status, keys.Error, "list the keys of the endpoint", id));
        }
    }

    private static Finding Explain(ReadStatus status, DeployError error, string action, ResourceIdentifier id) => status switch
    {
        ReadStatus.Forbidden => Finding.Of(EndpointErrors.ReadForbidden, $"The caller may not {action} ({id.Name}). {error.Message}"),
        ReadStatus.NotFound or ReadStatus.Empty => Finding.Of(EndpointErrors.EndpointNotFound, $"Azure has no endpoint {id.Name} any more. {error.Message}"),
        _ => Finding.Of(EndpointErrors.ReadFailed, $"It was not possible to {action} ({id.Name}). {error.Message}", error.Suggestion),
    };

    private static ResolvedEndpoint Found(EndpointContract endpoint, ResourceIdentifier id, Uri uri, EndpointCredential credential) =>
        ResolvedEndpoint.Found(new()
        {
            Name = endpoint.Name,
            Project = endpoint.Project,
            Uri = uri,
            Model = new ModelName(endpoint.Model),
            ModelVersion = endpoint.ModelVersion,
            Compute = endpoint.Compute,
            Auth = endpoint.Auth,
            ContentSafety = endpoint.Compute == ComputeKind.Serverless ? endpoint.ContentSafety == ContentSafety.Enabled : null,
            Deployments = endpoint.Deployments,
            Credential = credential,
            ResourceId = id,
        });

    private static ResolvedEndpoint Unresolved(EndpointContract endpoint, Finding finding, Uri? uri = null) =>
        ResolvedEndpoint.Unresolved(new()
        {
            Name = endpoint.Name,
            Project = endpoint.Project,
            Uri = uri is null ? null : InferenceRoutes.Of(uri).Base,
            Model = endpoint.Model,
            Compute = endpoint.Compute,
            Checks = Verdicts.OfUnreached(finding),
        });

    private sealed record Reading<T>(T? Value, Finding? Fault)
        where T : class;
}
