using Azure.Core.Pipeline;
using Deploy.Catalog;
using Deploy.Verification.Endpoints.Running;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints;

/// <summary>Asks endpoints the questions whose answers show whether they work, and judges the answers.</summary>
public sealed class EndpointVerifier
{
    private readonly HttpPipelineTransport _transport;
    private readonly TimeProvider _timeProvider;
    private readonly ModelCatalog _models;
    private readonly Random _random;

    /// <param name="transport">
    /// How requests travel; <see cref="Wire.EndpointTransport"/> measures connections and keeps the rules about proxies and redirects. Any other
    /// transport works, but then a hang cannot be told from a connection that never came about.
    /// </param>
    /// <param name="timeProvider">Clock of every limit and measurement.</param>
    /// <param name="models">Knows which models are retired; null takes the built-in catalog.</param>
    /// <param name="random">Draws the questions; null takes one without a seed.</param>
    public EndpointVerifier(HttpPipelineTransport transport, TimeProvider timeProvider, ModelCatalog? models = null, Random? random = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _transport = transport;
        _timeProvider = timeProvider;
        _models = models ?? AzureCatalog.Default.Models;
        _random = random ?? new Random();
    }

    /// <summary>Verifies all targets, at most <see cref="VerificationOptions.Parallel"/> at a time. What goes wrong is in the report, never an exception.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VerificationReport> VerifyAsync(
        IReadOnlyList<EndpointTarget> targets,
        VerificationOptions options,
        IVerificationProgress? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return VerifyAsync([.. targets.Select(ResolvedEndpoint.Found)], options, progress, cancellationToken);
    }

    /// <summary>As above, over what <c>EndpointResolver</c> found; an endpoint that could not be resolved keeps its report and its place.</summary>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public Task<VerificationReport> VerifyAsync(
        IReadOnlyList<ResolvedEndpoint> endpoints,
        VerificationOptions options,
        IVerificationProgress? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Parallel, 1);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(options.Timeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Wait, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostRequests, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MostTokens, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repeat, 1);
        return new VerificationRun(_transport, new(options, _timeProvider, _models, progress), _random).RunAsync(endpoints, cancellationToken);
    }
}
