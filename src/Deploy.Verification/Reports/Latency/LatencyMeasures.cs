namespace Deploy.Verification.Reports.Latency;

/// <summary>What is measured of a chat request, by the names that reports and settings use.</summary>
public static class LatencyMeasures
{
    public const string Connect = "connectMs";
    public const string FirstToken = "firstTokenMs";
    public const string BetweenTokens = "betweenTokensMs";
    public const string Total = "totalMs";

    /// <summary>In the order in which they happen.</summary>
    public static IReadOnlyList<string> All { get; } = [Connect, FirstToken, BetweenTokens, Total];

    /// <summary>The measure for people: <c>first token</c>.</summary>
    public static string Words(string measure) => measure switch
    {
        Connect => "connect",
        FirstToken => "first token",
        BetweenTokens => "between tokens",
        Total => "total",
        _ => throw new ArgumentOutOfRangeException(nameof(measure), measure, "no measure"),
    };
}
