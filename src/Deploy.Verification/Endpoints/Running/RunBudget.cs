using System.Globalization;
using Deploy.Verification.Endpoints.Wire;
using Deploy.Verification.Reports;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>What all endpoints of a run may take together. A request takes its share before it is sent, so that many at a time cannot overdraw it.</summary>
internal sealed class RunBudget(VerificationOptions options, TimeProvider timeProvider)
{
    // A token is about four characters of English; a prompt's template adds some.
    private const int CharactersPerToken = 4;
    private const int TemplateTokens = 32;

    private readonly Lock _lock = new();
    private readonly long _start = timeProvider.GetTimestamp();
    private long _requests;
    private long _tokens;
    private long _reserved;

    /// <summary>Null when the run's time has no limit.</summary>
    public TimeSpan? TimeLeft => options.RunTime - timeProvider.GetElapsedTime(_start);

    /// <summary>What is spent, as a sentence; null while something is left.</summary>
    public string? Spent
    {
        get
        {
            lock (_lock)
            {
                return TimeLeft <= TimeSpan.Zero ? string.Create(CultureInfo.InvariantCulture, $"The run's budget of {options.RunTime!.Value.TotalSeconds:0.#} s is spent.")
                    : _requests >= options.RunRequests ? string.Create(CultureInfo.InvariantCulture, $"The run's budget of {options.RunRequests:#,0} requests is spent.")
                    : _tokens >= options.RunTokens ? string.Create(CultureInfo.InvariantCulture, $"The run's budget of {options.RunTokens:#,0} tokens is spent.")
                    : null;
            }
        }
    }

    /// <summary>Takes a request and what its answer may have at most.</summary>
    /// <param name="request">The request to send.</param>
    /// <param name="reserved">Tokens to give back to <see cref="Settle"/>.</param>
    /// <returns>Why it must not be sent, as a sentence; null when it may.</returns>
    public string? Take(ProbeRequest request, out long reserved)
    {
        reserved = Most(request);
        lock (_lock)
        {
            if (Spent is { } spent)
            {
                return spent;
            }

            if (_tokens + _reserved + reserved > options.RunTokens)
            {
                return string.Create(CultureInfo.InvariantCulture,
                    $"The run's budget of {options.RunTokens:#,0} tokens has no room for a request that may take {reserved:#,0}: {_tokens:#,0} are spent and {_reserved:#,0} are being asked for.");
            }

            _requests++;
            _reserved += reserved;
            return null;
        }
    }

    /// <summary>Replaces what was reserved by what was used.</summary>
    public void Settle(long reserved, long used)
    {
        lock (_lock)
        {
            _reserved -= reserved;
            _tokens += used;
        }
    }

    /// <summary>Null when the run has no limit of its own.</summary>
    public BudgetReport? ToReport()
    {
        lock (_lock)
        {
            return options is { RunRequests: null, RunTokens: null, RunTime: null } ? null : new()
            {
                Requests = _requests,
                MostRequests = options.RunRequests,
                Tokens = _tokens,
                MostTokens = options.RunTokens,
                Time = timeProvider.GetElapsedTime(_start),
                MostTime = options.RunTime,
            };
        }
    }

    // Without a limit of its own an answer may be as long as the longest that is asked for anywhere.
    private long Most(ProbeRequest request) => request.Body is not { } body ? 0
        : ((long?)(int?)body["max_tokens"] ?? options.LongAnswerTokens) + TemplateTokens + (body["messages"]?.ToJsonString().Length / CharactersPerToken ?? 0);
}
