namespace Cockpit.Domain.Slo;

/// <summary>What was counted in the calendar period that contains the newest minute.</summary>
internal sealed class CalendarSum(SloWindow.Calendar window)
{
    public SloWindow.Calendar Window { get; } = window;

    /// <summary>The first minute of the period.</summary>
    public long Start { get; private set; }

    /// <summary>The first minute after it.</summary>
    public long End { get; private set; }

    public Tally Sum { get; private set; }

    /// <summary>Counts what belongs to the period.</summary>
    public void Add(long minute, Tally tally)
    {
        if (minute >= Start) Sum += tally;
    }

    /// <summary>Begins the period of that minute, with what is known of it.</summary>
    public void Enter(long minute, Tally sum = default)
    {
        var period = Window.PeriodAt(new DateTimeOffset(((minute + 1) * TimeSpan.TicksPerMinute) - 1, TimeSpan.Zero));
        (Start, End) = (period.StartAt.UtcTicks / TimeSpan.TicksPerMinute, period.EndAt.UtcTicks / TimeSpan.TicksPerMinute);
        Sum = sum;
    }
}
