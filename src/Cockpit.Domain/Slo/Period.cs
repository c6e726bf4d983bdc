namespace Cockpit.Domain.Slo;

/// <summary>A stretch of time, half-open: the start belongs to it, the end does not. An empty one contains nothing.</summary>
/// <remarks>Instants compare by the moment they name, whatever their offset.</remarks>
public readonly record struct Period
{
    /// <summary>Creates a period.</summary>
    /// <param name="startAt">The first instant inside.</param>
    /// <param name="endAt">The first instant outside; not before the start.</param>
    /// <exception cref="ArgumentOutOfRangeException">The end is before the start.</exception>
    public Period(DateTimeOffset startAt, DateTimeOffset endAt)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(endAt, startAt);
        (StartAt, EndAt) = (startAt, endAt);
    }

    /// <summary>The first instant inside.</summary>
    public DateTimeOffset StartAt { get; }

    /// <summary>The first instant outside.</summary>
    public DateTimeOffset EndAt { get; }

    /// <summary>Time that truly passes between the two; a day with a clock change has 23 or 25 hours.</summary>
    public TimeSpan Length => EndAt - StartAt;

    /// <summary>True when the instant lies inside.</summary>
    public bool Contains(DateTimeOffset at) => StartAt <= at && at < EndAt;

    /// <summary>What two periods share, or nothing when they share no instant.</summary>
    public Period? Intersect(Period other)
    {
        var start = StartAt > other.StartAt ? StartAt : other.StartAt;
        var end = EndAt < other.EndAt ? EndAt : other.EndAt;
        return start < end ? new Period(start, end) : null;
    }
}
