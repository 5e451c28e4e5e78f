namespace Deploy.Verification.Endpoints.Wire;

/// <summary>What happened to the connection of one request. Written by the transport's threads, read when the request is over.</summary>
internal sealed class ConnectionFacts
{
    private long _started = -1;
    private long _ready = -1;
    private volatile bool _observed;

    /// <summary>
    /// Whether a connection stood, TLS included: a new one became ready, or none was opened because one stood already. False as well
    /// when the transport does not tell.
    /// </summary>
    public bool ConnectionStood => _observed && (Interlocked.Read(ref _started) < 0 || Interlocked.Read(ref _ready) >= 0);

    /// <summary>Null when no connection was opened for the request, or none came about.</summary>
    public TimeSpan? ConnectTime => Interlocked.Read(ref _ready) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    public void Observe() => _observed = true;

    public void Started(long timestamp) => Interlocked.Exchange(ref _started, timestamp);

    /// <summary>The connection stands, TLS included.</summary>
    public void Ready(TimeProvider timeProvider)
    {
        var elapsed = timeProvider.GetElapsedTime(Interlocked.Read(ref _started));
        Interlocked.Exchange(ref _ready, elapsed.Ticks);
    }
}
