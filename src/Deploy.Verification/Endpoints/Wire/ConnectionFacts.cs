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

    public TimeSpan? ConnectTime(TimeProvider timeProvider)
    {
        var (started, ready) = (Interlocked.Read(ref _started), Interlocked.Read(ref _ready));
        return started >= 0 && ready >= 0 ? timeProvider.GetElapsedTime(started, ready) : null;
    }

    public void Observe() => _observed = true;

    public void Started(long timestamp) => Interlocked.Exchange(ref _started, timestamp);

    public void Ready(long timestamp) => Interlocked.Exchange(ref _ready, timestamp);
}
