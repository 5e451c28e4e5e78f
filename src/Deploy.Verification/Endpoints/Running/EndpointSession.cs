using Azure.Core;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>One endpoint's conversation: its clock, its time limit, its credential, and repetition where a policy wants it.</summary>
internal sealed class EndpointSession
{
    private readonly InferenceClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly VerificationOptions _options;
    private readonly IVerificationProgress? _progress;
    private readonly long _start;
    private TimeSpan _waited;

    public EndpointSession(EndpointTarget target, InferenceClient client, TimeProvider timeProvider, VerificationOptions options, IVerificationProgress? progress)
    {
        Target = target;
        _client = client;
        _timeProvider = timeProvider;
        _options = options;
        _progress = progress;
        _start = timeProvider.GetTimestamp();
    }

    public EndpointTarget Target { get; }

    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_start);

    /// <summary>Time left for checks; waiting for readiness does not count.</summary>
    public TimeSpan Remaining => _options.Timeout + _waited - Elapsed;

    /// <summary>A share of the time limit for a check that must not take it all.</summary>
    public TimeSpan SmallShare => _options.Timeout / 4;

    public TimeSpan WholeShare => _options.Timeout;

    /// <summary>The header that opens the endpoint.</summary>
    /// <exception cref="Exception">The token credential failed, in whatever way its library does.</exception>
    public async Task<Authorization> AuthorizeAsync(SecretScrubber scrubber, CancellationToken cancellationToken)
    {
        var credential = Target.Credential;
        if (credential.TokenCredential is not { } tokens)
        {
            return Authorization.ForKey(Target.Uri, credential.Secret!);
        }

        using var deadline = new CancellationTokenSource(Remaining, _timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        var token = await tokens.GetTokenAsync(new TokenRequestContext([credential.Scope!]), linked.Token).ConfigureAwait(false);
        scrubber.Add(token.Token);
        return Authorization.Bearer(token.Token);
    }

    /// <summary>Sends a request, again where <see cref="RetryPolicy"/> says so; null when no time is left to send it at all.</summary>
    public async Task<Exchange?> ExchangeAsync(ProbeRequest request, TimeSpan share, CancellationToken cancellationToken)
    {
        var attempts = new List<ProbeResult>();
        string? earlierFailure = null;
        while (Remaining > TimeSpan.Zero)
        {
            var limit = Remaining < share ? Remaining : share;
            var result = await _client.SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
            attempts.Add(result);
            var decision = RetryPolicy.Decide(new(Target, result, attempts.Count, Remaining, _options.Wait - _waited, _timeProvider.GetUtcNow()));
            if (decision.Delay is not { } delay)
            {
                return Finish(limit, decision.GaveUp);
            }

            if (decision.Reason == RetryReason.SecondChance)
            {
                earlierFailure = result.Status is { } status ? $"status {status}" : result.Failure!.Kind.ToString();
            }

            await WaitAsync(decision, delay, result, cancellationToken).ConfigureAwait(false);
        }

        return attempts.Count == 0 ? null : Finish(TimeSpan.Zero, "the time limit passed");

        Exchange Finish(TimeSpan limit, string? gaveUp) => new()
        {
            Attempts = attempts,
            GaveUp = gaveUp,
            EarlierFailure = earlierFailure,
            IsCutShort = limit < share && limit < _options.Timeout / 2,
        };
    }

    private async Task WaitAsync(RetryDecision decision, TimeSpan delay, ProbeResult result, CancellationToken cancellationToken)
    {
        if (decision.Reason == RetryReason.NotReady)
        {
            // The attempt itself was spent on waiting as well.
            _waited += delay + result.Timings.Total;
        }

        _progress?.Waiting(Target, delay, decision.Text);
        await Task.Delay(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
