using System.Globalization;
using Deploy.Catalog;
using Deploy.Emulator.Protocol;

namespace Deploy.Emulator.DataPlane.Throttling;

/// <summary>Requests and tokens per minute of serverless deployments, in windows that begin with the first request.</summary>
internal sealed class RateLimits(ServerlessLimits limits, TimeProvider clock)
{
    private static readonly TimeSpan Length = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);

    /// <summary>Takes a request and its prompt from what is left. Also says what is left, for the headers of the answer.</summary>
    public RateTicket Take(string key, int promptTokens)
    {
        lock (_gate)
        {
            var now = clock.GetUtcNow();
            if (!_windows.TryGetValue(key, out var window) || now - window.Began >= Length || now < window.Began)
            {
                DropEnded(now);
                _windows[key] = window = new Window(now);
            }

            var refused = window.Requests >= limits.RequestsPerMinute ? $"{limits.RequestsPerMinute} requests"
                : window.Tokens + promptTokens > limits.TokensPerMinute ? $"{limits.TokensPerMinute} tokens"
                : null;
            if (refused is null)
            {
                window.Requests++;
                window.Tokens += promptTokens;
            }

            return new RateTicket(refused, window.Began + Length - now, Math.Max(0, limits.RequestsPerMinute - window.Requests), Math.Max(0, limits.TokensPerMinute - window.Tokens));
        }
    }

    /// <summary>What an answer cost: known only when it has been made.</summary>
    public void AddTokens(string key, int completionTokens)
    {
        lock (_gate)
        {
            if (_windows.TryGetValue(key, out var window))
            {
                window.Tokens += completionTokens;
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            _windows.Clear();
        }
    }

    // So that a host that lives for weeks does not remember every endpoint it ever had.
    private void DropEnded(DateTimeOffset now)
    {
        foreach (var key in _windows.Where(pair => now - pair.Value.Began >= Length).Select(pair => pair.Key).ToList())
        {
            _windows.Remove(key);
        }
    }

    private sealed class Window(DateTimeOffset began)
    {
        public DateTimeOffset Began { get; } = began;

        public int Requests { get; set; }

        public int Tokens { get; set; }
    }
}

/// <param name="Refused">The limit that is used up; null when the request may go on.</param>
/// <param name="Remaining">Until the window ends.</param>
/// <param name="Requests">Requests left.</param>
/// <param name="Tokens">Tokens left.</param>
internal sealed record RateTicket(string? Refused, TimeSpan Remaining, int Requests, int Tokens)
{
    /// <summary>As Azure's newer hosts name them; for the hosts of serverless endpoints no document lists any.</summary>
    public IEnumerable<KeyValuePair<string, string>> Headers =>
    [
        new("x-ratelimit-remaining-requests", Requests.ToString(CultureInfo.InvariantCulture)),
        new("x-ratelimit-remaining-tokens", Tokens.ToString(CultureInfo.InvariantCulture)),
    ];

    public ArmResponse? Refusal => Refused is null ? null
        : InferenceErrors.TooManyRequests($"The deployment has used its {Refused} of this minute. Please retry after {Seconds} seconds.").With("Retry-After", Seconds);

    private string Seconds => Math.Max(1, (int)Math.Ceiling(Remaining.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
