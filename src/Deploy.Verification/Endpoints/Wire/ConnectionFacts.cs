namespace Deploy.Verification.Endpoints.Wire;

/// <summary>What happened to the connection of one request. Written by the transport's threads, read when the request is over.</summary>
internal sealed class ConnectionFacts
{
    private long _started = -1;
    private long _ready = -1;
    private volatile bool _observed;
    private volatile bool _proxied;
    private volatile bool _isReady;

    /// <summary>
    /// Whether a connection to the endpoint stood, TLS included: a new one became ready, or none was opened because one stood already. False as well
    /// when nobody can tell: with a foreign transport, or behind a proxy that keeps its connections to itself.
    /// </summary>
    public bool ConnectionStood => _isReady || (_observed && !_proxied && Interlocked.Read(ref _started) < 0);

    /// <summary>Null when no connection was opened for the request, or none came about.</summary>
    public TimeSpan? ConnectTime => Interlocked.Read(ref _ready) is >= 0 and var ticks ? TimeSpan.FromTicks(ticks) : null;

    public void Observe(bool proxied)
    {
        _proxied = proxied;
        _observed = true;
    }

    public void Started(long timestamp) => Interlocked.Exchange(ref _started, timestamp);

    /// <summary>The connection stands, TLS included.</summary>
    public void Ready(TimeProvider timeProvider)
    {
        // Through a proxy the beginning belongs to the proxy's own request and is not seen here.
        if (Interlocked.Read(ref _started) is >= 0 and var started)
        {
            Interlocked.Exchange(ref _ready, timeProvider.GetElapsedTime(started).Ticks);
        }

        _isReady = true;
    }
}
