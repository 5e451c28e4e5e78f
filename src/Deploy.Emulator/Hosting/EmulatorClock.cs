namespace Deploy.Emulator.Hosting;

/// <summary>The time inside the local Azure: runs as fast as it is told, and can be put forward. Operations, tokens, soft-deleted names and limits per minute go by it.</summary>
internal sealed class EmulatorClock : TimeProvider
{
    private readonly TimeProvider _real;
    private readonly Lock _gate = new();
    private DateTimeOffset _anchor;
    private DateTimeOffset _realAnchor;

    public EmulatorClock(TimeProvider real, ClockSetting setting)
    {
        _real = real;
        _realAnchor = real.GetUtcNow();
        _anchor = _realAnchor + setting.Offset;
        (Speed, IsInstant) = (setting.Speed, setting.IsInstant);
    }

    /// <summary>How many of its seconds pass in a real one; 0 when it stands still.</summary>
    public double Speed { get; private set; }

    /// <summary>Whether it jumps to the end of every operation in progress with the next request.</summary>
    public bool IsInstant { get; private set; }

    /// <summary>What a restart needs to go on.</summary>
    public ClockSetting Setting => new() { Offset = GetUtcNow() - _real.GetUtcNow(), Speed = Speed, IsInstant = IsInstant };

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
        {
            return _anchor + ((_real.GetUtcNow() - _realAnchor) * Speed);
        }
    }

    public override long TimestampFrequency => _real.TimestampFrequency;

    public override long GetTimestamp() => _real.GetTimestamp();

    /// <summary>Timers already running keep the speed they were started with.</summary>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _real.CreateTimer(callback, state, Scaled(dueTime), Scaled(period));

    public void Advance(TimeSpan by)
    {
        lock (_gate)
        {
            _anchor += by;
        }
    }

    /// <summary>Goes forward to a moment; never back.</summary>
    public void AdvanceTo(DateTimeOffset moment)
    {
        lock (_gate)
        {
            var left = moment - GetUtcNow();
            _anchor += left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }
    }

    public void SetSpeed(double speed, bool isInstant)
    {
        lock (_gate)
        {
            var now = GetUtcNow();
            (_anchor, _realAnchor) = (now, _real.GetUtcNow());
            (Speed, IsInstant) = (speed, isInstant);
        }
    }

    /// <summary>As outside again.</summary>
    public void Restart()
    {
        lock (_gate)
        {
            _anchor = _realAnchor = _real.GetUtcNow();
            (Speed, IsInstant) = (1, false);
        }
    }

    private TimeSpan Scaled(TimeSpan span) => span == Timeout.InfiniteTimeSpan || span == TimeSpan.Zero ? span : Speed == 0 ? Timeout.InfiniteTimeSpan : span / Speed;
}
