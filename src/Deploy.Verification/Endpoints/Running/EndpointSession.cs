using Azure.Core;
using Deploy.Core;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>One endpoint's conversation: its clock, its time limit, its credential, and repetition where a policy wants it.</summary>
internal sealed class EndpointSession
{
    private readonly InferenceClient _client;
    private readonly TimeProvider _timeProvider;
    private readonly VerificationOptions _options;
    private readonly IVerificationProgress? _progress;
    private readonly RunBudget _budget;
    private readonly SessionCost _cost;
    private readonly LimitFacts _limits = new();
    private readonly long _start;
    private readonly Dictionary<string, DateTimeOffset> _notBefore = new(StringComparer.Ordinal);
    private readonly EndpointSlot _slot;
    private TimeSpan _waited;
    private TimeSpan _queued;

    public EndpointSession(EndpointTarget target, InferenceClient client, RunSettings settings, EndpointSlot slot, RunBudget budget)
    {
        Target = target;
        _client = client;
        _timeProvider = settings.TimeProvider;
        _options = settings.Options;
        _progress = settings.Progress;
        _slot = slot;
        _budget = budget;
        _cost = new SessionCost(settings.Options, budget);
        _start = _timeProvider.GetTimestamp();
    }

    public EndpointTarget Target { get; }

    public TimeSpan Elapsed => _timeProvider.GetElapsedTime(_start);

    /// <summary>Time left for checks; waiting for readiness, and for other endpoints of the run, does not count.</summary>
    public TimeSpan Remaining => Within(_options.Timeout + _waited + _queued - Elapsed);

    public CostReport Cost => _cost.Report;

    public LimitReading Limits => _limits.ToReading();

    /// <summary>Why nothing can be asked any more, as a sentence; null while something can.</summary>
    public string? Exhausted => _cost.Spent ?? (Remaining <= TimeSpan.Zero ? "No time was left." : null);

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

    /// <summary>Sends a request, again where <see cref="RetryPolicy"/> says so; null when it cannot be sent at all, see <see cref="Exhausted"/>.</summary>
    /// <param name="share">What it may take of the time limit, waiting for <c>Retry-After</c> included; waiting for readiness has its own allowance.</param>
    public async Task<Exchange?> ExchangeAsync(ProbeRequest request, TimeSpan share, CancellationToken cancellationToken)
    {
        var attempts = new List<ProbeResult>();
        string? earlierFailure = null;
        var (started, waitedBefore) = (Elapsed, _waited + _queued);
        if (!await IsLetInAsync(request, share, cancellationToken).ConfigureAwait(false))
        {
            return null;
        }

        while (Exhausted is null && _cost.TryTake(request))
        {
            var limit = Remaining < share ? Remaining : share;
            var result = await _client.SendAsync(request, limit, cancellationToken).ConfigureAwait(false);
            attempts.Add(result);
            var decision = RetryPolicy.Decide(new(Target, request, result, attempts.Count, Left(), Within(_options.Wait - _waited), _timeProvider.GetUtcNow()));
            _cost.Add(result, decision);
            _limits.Add(result.Response, _timeProvider.GetUtcNow());
            if (decision.Delay is not { } delay)
            {
                KeepAway(request, result);
                return Finish(limit, decision.GaveUp);
            }

            if (decision.Reason == RetryReason.SecondChance)
            {
                earlierFailure = result.Status is { } status ? $"status {status}" : result.Failure!.Kind.ToString();
            }

            await WaitAsync(decision, delay, result, cancellationToken).ConfigureAwait(false);
        }

        return attempts.Count == 0 ? null : Finish(TimeSpan.Zero, _cost.Spent is null ? "the time limit passed" : "the budget is spent");

        TimeSpan Left()
        {
            var ofShare = share - (Elapsed - started) + (_waited + _queued - waitedBefore);
            return ofShare < Remaining ? ofShare : Remaining;
        }

        Exchange Finish(TimeSpan limit, string? gaveUp) => new()
        {
            Attempts = attempts,
            GaveUp = gaveUp,
            EarlierFailure = earlierFailure,
            IsCutShort = limit < share && limit < _options.Timeout / 2,
        };
    }

    /// <summary>So much of a time as the run's budget has.</summary>
    private TimeSpan Within(TimeSpan time) => _budget.TimeLeft is { } left && left < time ? left : time;

    // A service that was left because its wait is too long is not asked the same again before that time.
    private void KeepAway(ProbeRequest request, ProbeResult result)
    {
        if (result.Response is { Status: 429 or 503 } response && RetryAfter.Of(response, _timeProvider.GetUtcNow()) is { } wait)
        {
            _notBefore[Place(request)] = _timeProvider.GetUtcNow() + wait;
        }
    }

    // A deployment that is asked by name has limits of its own.
    private static string Place(ProbeRequest request) =>
        request.Headers.TryGetValue(ChatRequests.DeploymentHeader, out var deployment) ? $"{request.Uri.AbsolutePath} {deployment}" : request.Uri.AbsolutePath;

    private async Task<bool> IsLetInAsync(ProbeRequest request, TimeSpan share, CancellationToken cancellationToken)
    {
        if (!_notBefore.TryGetValue(Place(request), out var allowed) || allowed - _timeProvider.GetUtcNow() is not { Ticks: > 0 } wait)
        {
            return true;
        }

        if (wait >= Remaining || wait >= share)
        {
            return false;
        }

        _progress?.Waiting(Target, wait, "throttled before");
        _queued += await _slot.WaitAsync(wait, _timeProvider, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task WaitAsync(RetryDecision decision, TimeSpan delay, ProbeResult result, CancellationToken cancellationToken)
    {
        if (decision.Reason == RetryReason.NotReady)
        {
            // The attempt itself was spent on waiting as well.
            _waited += delay + result.Timings.Total;
        }

        _progress?.Waiting(Target, delay, decision.Text);
        _queued += await _slot.WaitAsync(delay, _timeProvider, cancellationToken).ConfigureAwait(false);
    }
}
