using Deploy.Verification.Endpoints.Policies;
using Deploy.Verification.Endpoints.Wire;

namespace Deploy.Verification.Endpoints.Running;

/// <summary>Collects what an endpoint says about its limits over a whole conversation; the newest word of each kind counts.</summary>
internal sealed class LimitFacts
{
    private readonly SortedDictionary<string, RateLimit> _limits = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, string> _unreadable = new(StringComparer.Ordinal);
    private int _throttled;
    private int _throttledWithoutWait;
    private TimeSpan? _longestWait;

    public void Add(ProbeResponse? response, DateTimeOffset now)
    {
        if (response is null)
        {
            return;
        }

        foreach (var limit in RateLimits.Of(response))
        {
            _limits[limit.Name] = limit;
        }

        foreach (var (name, value) in RateLimits.Unreadable(response))
        {
            _unreadable[name] = value;
        }

        if (response.Status == 429)
        {
            AddThrottled(RetryAfter.Of(response, now));
        }
    }

    public LimitReading ToReading() => new()
    {
        Limits = [.. _limits.Values],
        Unreadable = [.. _unreadable.Where(item => !_limits.ContainsKey(item.Key)).Select(item => $"{item.Key}: {item.Value}")],
        Throttled = _throttled,
        ThrottledWithoutWait = _throttledWithoutWait,
        LongestWait = _longestWait,
    };

    private void AddThrottled(TimeSpan? wait)
    {
        _throttled++;
        if (wait is not { } asked)
        {
            _throttledWithoutWait++;
        }
        else if (_longestWait is null || asked > _longestWait)
        {
            _longestWait = asked;
        }
    }
}
