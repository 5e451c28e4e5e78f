using System.Globalization;
using Azure.Core;
using Deploy.Environments.Settings;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Policies;

/// <summary>Decides whether a request is repeated, and when.</summary>
internal static class RetryPolicy
{
    private const string ModelStatus = "ms-azureml-model-error-statuscode";
    private const int MostAttempts = 6;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestReadinessDelay = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SecondChanceDelay = TimeSpan.FromMilliseconds(250);

    public static RetryDecision Decide(RetryState state)
    {
        var result = state.Last;
        if (result.Status == 429 || (result.Status == 503 && result.Response!.Header("Retry-After") is not null))
        {
            return Throttled(state);
        }

        if (state.WaitLeft > TimeSpan.Zero && (MayHeal(state) || IsNotReady(result, state.Request, state.Target)))
        {
            var text = result.Status is 401 or 403 ? string.Create(CultureInfo.InvariantCulture, $"the credential does not count yet ({result.Status})") : "the endpoint is not ready";
            return new(Shorter(Backoff(state.Attempt, LongestReadinessDelay), state.WaitLeft), RetryReason.NotReady, text);
        }

        // One second chance for what may be an accident; the verdict says that it was needed.
        return state.Attempt == 1 && MayBeAccident(result) && state.Remaining > SecondChanceDelay
            ? new(SecondChanceDelay, RetryReason.SecondChance, "the first attempt failed")
            : RetryDecision.Stop;
    }

    private static RetryDecision Throttled(RetryState state)
    {
        var asked = RetryAfter.Of(state.Last.Response!, state.Now);
        var delay = asked ?? Backoff(state.Attempt, LongestReadinessDelay);
        if (delay >= state.Remaining)
        {
            var wish = asked is null ? "no wait is named" : string.Create(CultureInfo.InvariantCulture, $"a wait of {asked.Value.TotalSeconds:0.#} s is asked for");
            return RetryDecision.Stop with { GaveUp = string.Create(CultureInfo.InvariantCulture, $"{wish}, {state.Remaining.TotalSeconds:0.#} s are left for the check") };
        }

        return state.Attempt >= MostAttempts
            ? RetryDecision.Stop with { GaveUp = string.Create(CultureInfo.InvariantCulture, $"still so after {state.Attempt} attempts") }
            : new(delay, RetryReason.Throttled, string.Create(CultureInfo.InvariantCulture, $"throttled ({state.Last.Status})"));
    }

    private static bool IsNotReady(ProbeResult result, ProbeRequest request, EndpointTarget target) => result.Failure?.Kind switch
    {
        ProbeFailureKind.NameNotResolved or ProbeFailureKind.NotConnected or ProbeFailureKind.ConnectTimedOut => true,
        // Only chat tells whether an endpoint is ready: many serve no /info at all, and its 404 or 502 would be waited for in vain.
        _ when request.Method == RequestMethod.Get => false,
        _ => result.Status is 502 or 503 or 504
            // The gateway alone answers 424 when nothing is ready behind it; with a status of the model's, the model has spoken.
            || (result.Status == 424 && result.Response!.Header(ModelStatus) is null or "502" or "503" or "504")
            || (result.Status == 404 && target.Compute == ComputeKind.Managed),
    };

    // A renewed key counts within seconds, a role within minutes: a wrong key need not cost the whole allowance.
    private static bool MayHeal(RetryState state) =>
        state.Last.Response is { Status: 401 or 403 } response
        && !state.Request.ExpectsRefusal
        && state.Request.Method != RequestMethod.Get
        && (state.Target.Auth != AuthMode.Key || state.Attempt < MostAttempts)
        && RefusalCause.MayHeal(response, state.Target);

    private static bool MayBeAccident(ProbeResult result) =>
        result.Status is 500 or 502 or 503 or 504 || (result.Response is null && result.Failure?.Kind == ProbeFailureKind.ConnectionLost);

    private static TimeSpan Backoff(int attempt, TimeSpan longest) => Shorter(FirstDelay * Math.Pow(2, Math.Min(attempt - 1, 10)), longest);

    private static TimeSpan Shorter(TimeSpan left, TimeSpan right) => left < right ? left : right;
}

internal enum RetryReason
{
    None,
    Throttled,
    NotReady,
    SecondChance,
}

/// <param name="Last">The attempt just made.</param>
/// <param name="Attempt">Its number, from 1.</param>
/// <param name="Remaining">Time left for the endpoint.</param>
/// <param name="WaitLeft">Allowance left for readiness.</param>
internal sealed record RetryState(EndpointTarget Target, ProbeRequest Request, ProbeResult Last, int Attempt, TimeSpan Remaining, TimeSpan WaitLeft, DateTimeOffset Now);

/// <param name="Delay">How long to wait before the next attempt; null for none.</param>
/// <param name="Reason">What kind of wait it is.</param>
/// <param name="Text">The reason as a clause.</param>
internal sealed record RetryDecision(TimeSpan? Delay, RetryReason Reason, string Text)
{
    public static readonly RetryDecision Stop = new(null, RetryReason.None, "");

    /// <summary>Why a throttled request is not repeated.</summary>
    public string? GaveUp { get; init; }
}
