namespace Cockpit.Domain.Slo;

/// <summary>What became of a sample.</summary>
public enum SampleOutcome
{
    /// <summary>Counted.</summary>
    Counted,

    /// <summary>The first reading of a counter: remembered as what the next one is held against; it counts nothing itself.</summary>
    Baseline,

    /// <summary>Counted from zero, because a counter stood lower than before: the process behind it had started anew.</summary>
    CountedAfterReset,

    /// <summary>A sample of that instant had already been counted. The first one stands.</summary>
    Duplicate,

    /// <summary>Too old to be told from a duplicate, or its slice is closed. A counter loses nothing: its next reading holds the
    /// events.</summary>
    Late,

    /// <summary>Dated further ahead of the clock than <see cref="SloSeries.FutureTolerance"/>.</summary>
    Future,

    /// <summary>Not a count: NaN, infinite or negative.</summary>
    NotACount,

    /// <summary>More events than a series can hold (<see cref="Tally.MaxEvents"/>).</summary>
    TooMany,

    /// <summary>A counter was not read for longer than three days: what happened in between is unknown and this reading is a new
    /// baseline.</summary>
    GapTooLong,
}

/// <summary>What became of the clock's reading.</summary>
public enum ClockOutcome
{
    /// <summary>The series now stands at that time.</summary>
    Followed,

    /// <summary>
    /// The clock stepped back. A series never does: until the clock catches up, samples count in its newest bucket, and its windows stand
    /// still.
    /// </summary>
    WaitingForClock,

    /// <summary>
    /// The clock moved by more than a day at once. One such reading may be wrong and would cost the history, so it is believed only when
    /// a second one, at least
    /// a minute and at most a day later, confirms it. A confirmed jump back restarts the series empty.
    /// </summary>
    AwaitingConfirmation,
}

/// <summary>What a series met besides plain samples, counted since it began. All at least zero.</summary>
public sealed record SeriesDiagnostics
{
    /// <summary>Samples counted.</summary>
    public long Counted { get; init; }

    /// <summary>Samples ignored because their instant was already counted.</summary>
    public long Duplicates { get; init; }

    /// <summary>Samples that came too late.</summary>
    public long Late { get; init; }

    /// <summary>Samples dated in the future.</summary>
    public long Future { get; init; }

    /// <summary>Samples that were no counts or too large.</summary>
    public long Invalid { get; init; }

    /// <summary>Counters that started anew.</summary>
    public long Resets { get; init; }

    /// <summary>Times a counter was not read for longer than five minutes.</summary>
    public long Gaps { get; init; }

    /// <summary>Samples whose good count exceeded the total, cut down to it: the two were read a moment apart.</summary>
    public long Clamped { get; init; }

    /// <summary>Times the clock stepped back by more than <see cref="SloSeries.FutureTolerance"/>.</summary>
    public long ClockStepsBack { get; init; }

    /// <summary>Clock readings held for confirmation.</summary>
    public long ClockJumpsHeld { get; init; }
}
