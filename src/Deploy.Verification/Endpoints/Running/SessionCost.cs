using Deploy.Verification.Endpoints.Answers;
using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Counts what a conversation costs, and says when its budget is spent.</summary>
internal sealed class SessionCost(VerificationOptions options, RunBudget run)
{
    private int _requests;
    private int _waiting;
    private long _tokens;
    private long _reserved;
    private string? _refused;

    public CostReport Report => new() { Requests = _requests, Tokens = _tokens };

    /// <summary>What is spent, as a sentence; null when there is something left.</summary>
    public string? Spent =>
        _requests - _waiting >= options.MostRequests ? $"The budget of {options.MostRequests} requests is spent."
        : _tokens >= options.MostTokens ? $"The budget of {options.MostTokens} tokens is spent."
        : _refused ?? run.Spent;

    /// <summary>Takes a request from the run's budget; false when it must not be sent, which <see cref="Spent"/> then explains.</summary>
    public bool TryTake(ProbeRequest request) => (_refused = run.Take(request, out _reserved)) is null;

    /// <param name="result">What a request brought.</param>
    /// <param name="next">What is done about it: an attempt that only waits for an endpoint to start takes nothing from the budget.</param>
    public void Add(ProbeResult result, RetryDecision next)
    {
        _requests++;
        _waiting += next.Reason == RetryReason.NotReady ? 1 : 0;
        var tokens = Tokens(result.Response);
        _tokens += tokens;
        run.Settle(_reserved, tokens);
    }

    // What the service says it counted; text without counts is estimated from its length, so that silence about cost is not free.
    private static long Tokens(ProbeResponse? response)
    {
        const int CharactersPerToken = 4;
        if (response is not { Status: 200 })
        {
            return 0;
        }

        var (usage, content) = response.IsEventStream
            ? StreamBody.Read(response.Events) is var stream ? (stream.Usage, stream.Content) : default
            : ChatBody.Read(response.Body) is { } body ? (body.Usage, body.Content ?? "") : (TokenUsage.Missing, "");
        var counted = usage.Total ?? (usage.Prompt ?? 0) + (usage.Completion ?? 0);
        return counted > 0 ? counted : (content.Length + CharactersPerToken - 1) / CharactersPerToken;
    }
}
