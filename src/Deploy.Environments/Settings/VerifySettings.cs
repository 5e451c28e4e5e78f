namespace Deploy.Environments.Settings;

/// <summary>How slow the environment's endpoints may be. The limits hold for the median of what is measured, in milliseconds, 1 to 600,000; null is no limit.</summary>
public sealed record VerifySettings
{
    /// <summary><c>phi:verify.connectMs</c>: name resolution, TCP and TLS.</summary>
    public int? ConnectMs { get; init; }

    /// <summary><c>phi:verify.firstTokenMs</c>: from sending to the first token.</summary>
    public int? FirstTokenMs { get; init; }

    /// <summary><c>phi:verify.betweenTokensMs</c>: between two tokens.</summary>
    public int? BetweenTokensMs { get; init; }

    /// <summary><c>phi:verify.totalMs</c>: the whole answer.</summary>
    public int? TotalMs { get; init; }

    /// <summary><c>phi:verify.tooSlow</c>; <see cref="Settings.TooSlow.Warn"/> when not given.</summary>
    public TooSlow TooSlow { get; init; }
}
