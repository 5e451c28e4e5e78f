using Azure.Core.Pipeline;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints;

/// <summary>Asks endpoints the questions whose answers show whether they work, and judges the answers.</summary>
public sealed class EndpointVerifier
{
    private readonly HttpPipelineTransport _transport;
    private readonly TimeProvider _timeProvider;

    /// <param name="transport">
    /// How requests travel; <see cref="Wire.EndpointTransport"/> measures connections and keeps the rules about proxies and redirects. Any other
    /// transport works, but then a hang cannot be told from a connection that never came about.
    /// </param>
    /// <param name="timeProvider">Clock of every limit and measurement.</param>
    public EndpointVerifier(HttpPipelineTransport transport, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(timeProvider);
        _transport = transport;
        _timeProvider = timeProvider;
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
        CancellationToken cancellationToken) =>
        new VerificationRun(_transport, _timeProvider, options, progress).RunAsync(endpoints, cancellationToken);
}
