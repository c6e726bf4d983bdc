namespace Cockpit.Estate;

/// <summary>
/// The estate's own time: starts at the wall clock's instant and runs 1 to 120 times as fast. A change of speed changes the pace
/// from then on and never the time already passed.
/// </summary>
public sealed class EstateClock
{
    public const double SlowestSpeed = 1;
    public const double FastestSpeed = 120;

    private static readonly TimeSpan LongestCatchUp = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _time;
    private readonly Lock _lock = new();
    private DateTimeOffset _base;
    private long _baseTimestamp;
    private double _speed;

    public EstateClock(TimeProvider time, double speed)
    {
        _time = time;
        _base = time.GetUtcNow();
        _baseTimestamp = time.GetTimestamp();
        _speed = Checked(speed);
    }

    /// <summary>Simulated seconds a real second, in [1, 120].</summary>
    public double Speed
    {
        get { lock (_lock) return _speed; }
    }

    /// <summary>The simulated instant.</summary>
    public DateTimeOffset Now
    {
        get { lock (_lock) return Now_NeedsLock(); }
    }

    /// <exception cref="ArgumentOutOfRangeException">The speed is outside [1, 120].</exception>
    public void SetSpeed(double speed)
    {
        lock (_lock)
        {
            Restart_NeedsLock(Now_NeedsLock());
            _speed = Checked(speed);
        }
    }

    /// <summary>Brings the simulation up to now; what a machine slept through, its estate sleeps through too.</summary>
    /// <returns>False when the machine had slept and nothing was moved.</returns>
    public bool Drive(EstateSimulation simulation)
    {
        DateTimeOffset due;
        lock (_lock)
        {
            due = Now_NeedsLock();
            if (due - simulation.Now > LongestCatchUp * _speed)
            {
                Restart_NeedsLock(simulation.Now);
                return false;
            }
        }

        simulation.AdvanceTo(due);
        return true;
    }

    private static double Checked(double speed) => speed is >= SlowestSpeed and <= FastestSpeed
        ? speed
        : throw new ArgumentOutOfRangeException(nameof(speed), speed, "The estate runs at 1 to 120 times real time.");

    private DateTimeOffset Now_NeedsLock() => _base + (_time.GetElapsedTime(_baseTimestamp) * _speed);

    private void Restart_NeedsLock(DateTimeOffset instant)
    {
        _base = instant;
        _baseTimestamp = _time.GetTimestamp();
    }
}
