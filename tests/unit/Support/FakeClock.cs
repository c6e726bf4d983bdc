namespace Cockpit.Tests.Support;

/// <summary>
/// A clock that moves when told to. <see cref="Advance"/> fires due timers in order of their due time, each at its own
/// instant, on the caller's thread; continuations of awaits then run wherever their awaiters put them.
/// </summary>
public sealed class FakeClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FakeTimer> _timers = [];
    private DateTimeOffset _now = start;
    private TimeSpan _jumped;

    public FakeClock() : this(new DateTimeOffset(2026, 11, 22, 3, 12, 0, TimeSpan.Zero)) { }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>Timers that are waiting; lets a test wait until the code under test has gone to sleep.</summary>
    public int PendingTimers
    {
        get { lock (_lock) return _timers.Count(timer => timer.DueAt is not null); }
    }

    /// <summary>Time until the next timer fires; null when none waits.</summary>
    public TimeSpan? NextDueIn
    {
        get { lock (_lock) return _timers.Min(timer => timer.DueAt) - _now; }
    }

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock) return _now + _jumped;
    }

    /// <summary>What never goes back: jumps do not move it, and timers heed it alone.</summary>
    public override long GetTimestamp()
    {
        lock (_lock) return _now.UtcTicks;
    }

    /// <summary>Moves the clock without firing anything, as a machine's clock jumps; may go back.</summary>
    public void Jump(TimeSpan by)
    {
        lock (_lock) _jumped += by;
    }

    public void Advance(TimeSpan by)
    {
        var end = new DateTimeOffset(GetTimestamp(), TimeSpan.Zero) + by;
        while (TakeDue_NeedsNoLock(end) is { } timer) timer.Fire();
        lock (_lock) _now = end;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private FakeTimer? TakeDue_NeedsNoLock(DateTimeOffset end)
    {
        lock (_lock)
        {
            var next = _timers.Where(timer => timer.DueAt <= end).MinBy(timer => timer.DueAt);
            if (next is null) return null;
            if (next.DueAt > _now) _now = next.DueAt!.Value;
            next.DueAt = next.Period > TimeSpan.Zero ? _now + next.Period : null;
            return next;
        }
    }

    private sealed class FakeTimer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        public DateTimeOffset? DueAt { get; set; }

        public TimeSpan Period { get; private set; }

        public void Fire() => callback(state);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                Period = period;
                DueAt = dueTime < TimeSpan.Zero ? null : clock._now + dueTime;
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
