namespace Cockpit.Domain.Slo;

/// <summary>What was counted, minute by minute, within one stretch of planned maintenance.</summary>
internal sealed class ExcludedSpan
{
    /// <summary>The longest stretch counted apart.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    private readonly Tally[] _minutes;
    private Tally _all;

    public ExcludedSpan(Period period)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(period.Length, Longest, nameof(period));
        Period = period;
        (First, End) = (CeilingMinute(period.StartAt), CeilingMinute(period.EndAt));
        _minutes = new Tally[End - First];
    }

    public Period Period { get; }

    /// <summary>The first minute inside.</summary>
    public long First { get; }

    /// <summary>The first minute after.</summary>
    public long End { get; }

    public ReadOnlySpan<Tally> Minutes => _minutes;

    public void Add(long minute, Tally tally)
    {
        if (minute < First || minute >= End) return;
        _minutes[minute - First] += tally;
        _all += tally;
    }

    public void Clear()
    {
        Array.Clear(_minutes);
        _all = Tally.None;
    }

    /// <summary>What was counted from that minute on; costs something only while the span straddles it.</summary>
    public Tally From(long minute)
    {
        if (minute <= First) return _all;
        var sum = Tally.None;
        for (var i = minute; i < End; i++) sum += _minutes[i - First];
        return sum;
    }

    private static long CeilingMinute(DateTimeOffset at) => (at.UtcTicks + TimeSpan.TicksPerMinute - 1) / TimeSpan.TicksPerMinute;
}
