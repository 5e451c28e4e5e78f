namespace Deploy.Azure.Arm;

/// <summary>Patience of an <see cref="ArmClient"/>.</summary>
public sealed record ArmClientOptions
{
    /// <summary>Repetitions of one request after 408, 429 and 5xx. Default 5; 0 = never.</summary>
    public int MaxRetries { get; init; } = 5;

    /// <summary>First wait between repetitions, doubled each time; ignored when the answer has <c>Retry-After</c>. Default 800 ms.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromMilliseconds(800);

    /// <summary>Longest wait between repetitions without <c>Retry-After</c>. Default 1 minute.</summary>
    public TimeSpan MaxRetryDelay { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>First wait between polls, growing by half each time; ignored when the answer has <c>Retry-After</c>. Default 50 ms.</summary>
    public TimeSpan PollDelay { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest wait between polls without <c>Retry-After</c>. Default 10 seconds.</summary>
    public TimeSpan MaxPollDelay { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Bounds one attempt of one request. Default 100 seconds.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(100);
}
