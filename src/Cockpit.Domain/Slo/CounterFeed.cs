namespace Cockpit.Domain.Slo;

/// <summary>One reading of a pair of counters.</summary>
/// <param name="At">When it was read.</param>
/// <param name="Part">The good (or bad) counter, at least zero.</param>
/// <param name="Total">The counter of all events, at least zero.</param>
public sealed record CounterReading(DateTimeOffset At, double Part, double Total);

/// <summary>Turns the ever-growing counters of one source into the events of a series.</summary>
/// <remarks>
/// One feed a source (an instance, a pod), never the sum of several: when one of them restarts the sum falls, and would be taken for a
/// restart of all.
/// <list type="bullet">
/// <item>First reading: a baseline, no events. Keep <see cref="Last"/> across a restart and the events of the pause are counted.</item>
/// <item>Reset: a counter below its last value has started from zero, so its value is its events; what it counted before it died unread
/// is lost. Falls within
/// <see cref="Comparisons.Tolerance"/> are rounding and count nothing.</item>
/// <item>Gap: events of an interval of up to a minute count in the minute in which it ends; those of a longer one are spread evenly over
/// its minutes, in whole events. After more than
/// three days the reading is a new baseline.</item>
/// <item>Late: ignored, nothing is lost, the next reading holds its events. A repeated instant is a duplicate, whatever its values.</item>
/// <item>Clock stepped back: the next reading is held against the last one though it is dated earlier; its events count in the newest
/// bucket.</item>
/// <item>A good counter read a moment later than the total may run ahead: cut down to the total.</item>
/// </list>
/// </remarks>
public sealed class CounterFeed(SloSeries series, bool partIsBad = false, CounterReading? last = null)
{
    /// <summary>The longest pause over which the growth of a counter is still spread.</summary>
    public static readonly TimeSpan LongestGap = TimeSpan.FromDays(3);

    private static readonly TimeSpan NotableGap = TimeSpan.FromMinutes(5);

    /// <summary>The reading that the next one is held against; null before the first.</summary>
    public CounterReading? Last { get; private set; } = last;

    /// <summary>Counts what happened since the last reading.</summary>
    public SampleOutcome Record(CounterReading reading)
    {
        if (!SloSeries.IsCount(reading.Part) || !SloSeries.IsCount(reading.Total)) return series.Saw(SampleOutcome.NotACount);
        if (series.IsFuture(reading.At.UtcTicks)) return series.Saw(SampleOutcome.Future);
        if (Last is not { } last) return Rebase(reading, SampleOutcome.Baseline);
        if (reading.At == last.At) return series.Saw(SampleOutcome.Duplicate);
        if (reading.At < last.At && !series.ClockIsBehind(last.At)) return series.Saw(SampleOutcome.Late);
        if (reading.At - last.At > LongestGap) return Rebase(reading, SampleOutcome.GapTooLong);

        var part = Growth(last.Part, reading.Part, out var partReset);
        var total = Growth(last.Total, reading.Total, out var totalReset);
        if (!series.Fits(total)) return Rebase(reading, SampleOutcome.TooMany);

        var good = partIsBad ? Math.Max(0, total - part) : part;
        Spread(last.At.UtcTicks, reading.At.UtcTicks, series.Clamp(good, total));
        return Rebase(reading, partReset || totalReset ? SampleOutcome.CountedAfterReset : SampleOutcome.Counted);
    }

    private SampleOutcome Rebase(CounterReading reading, SampleOutcome outcome)
    {
        Last = reading;
        return series.Saw(outcome, reading.At.UtcTicks);
    }

    /// <summary>How far a counter has grown between two readings; one that fell has started from zero.</summary>
    public static double Growth(double before, double now) => Growth(before, now, out _);

    private static double Growth(double before, double now, out bool reset)
    {
        reset = now < before && before - now > Comparisons.Tolerance * before;
        return reset ? now : Math.Max(0, now - before);
    }

    private void Spread(long from, long to, Tally tally)
    {
        const long minute = TimeSpan.TicksPerMinute;
        if (to - from > NotableGap.Ticks) series.SawGap();
        if (to - from <= minute)
        {
            series.Place((to - 1) / minute, tally);
            return;
        }

        var bad = tally.TotalUnits - tally.GoodUnits;
        var (goodPlaced, badPlaced) = (0L, 0L);
        for (var bucket = from / minute; bucket <= (to - 1) / minute; bucket++)
        {
            var share = (double)(Math.Min((bucket + 1) * minute, to) - from) / (to - from);
            var (goodUpTo, badUpTo) = (UpTo(tally.GoodUnits, share), UpTo(bad, share));
            var good = goodUpTo - goodPlaced;
            series.Place(bucket, new Tally(good, good + badUpTo - badPlaced));
            (goodPlaced, badPlaced) = (goodUpTo, badUpTo);
        }
    }

    private static long UpTo(long units, double share)
    {
        if (share >= 1) return units;
        var whole = (long)(units / Tally.UnitsPerEvent * share);
        return whole << Tally.FractionBits;
    }
}
