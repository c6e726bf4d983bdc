using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>The counted history of one objective: good and total events in every window of its plan, kept as running sums.</summary>
/// <remarks>
/// A sample costs the same whatever the history; a read adds two numbers. What leaves a window is subtracted when the series advances, so
/// nothing is ever
/// summed again on a read. Sums are exact (see <see cref="Tally"/>). Time comes in through <see cref="AdvanceTo"/>: a series owns no clock.
/// <para>Not thread-safe: one writer, and readers under the same lock.</para>
/// <para>A series without traffic answers <see cref="Tally.None"/>; <see cref="LastSampleAt"/> tells whether that was seen or is merely
/// unknown.</para>
/// </remarks>
public sealed partial class SloSeries
{
    /// <summary>How far ahead of the clock a sample may be dated.</summary>
    public static readonly TimeSpan FutureTolerance = TimeSpan.FromMinutes(2);

    private const long Minute = TimeSpan.TicksPerMinute;
    private const long MinutesPerDay = 24 * 60;

    private readonly long[] _good;
    private readonly long[] _total;
    private readonly BucketRing _fine;
    private readonly BucketRing _coarse;
    private readonly CalendarSum[] _calendars;
    private ImmutableArray<ExcludedSpan> _excluded = [];
    private RecentInstants? _recent;
    private long _head;
    private long _clock;
    private long? _unconfirmed;
    private bool _behind;
    private Tally _open;
    private Tallies _seen;

    /// <summary>Begins an empty series.</summary>
    /// <param name="plan">The windows to keep.</param>
    /// <param name="startAt">The time it begins at; a backfill begins at its oldest sample.</param>
    public SloSeries(SeriesPlan plan, DateTimeOffset startAt)
    {
        Plan = plan;
        _clock = startAt.UtcTicks;
        _head = _clock / Minute;
        _good = new long[plan.Windows.Length];
        _total = new long[plan.Windows.Length];
        _fine = new BucketRing(plan.FineBuckets, _head);
        _coarse = new BucketRing(plan.CoarseBuckets, _head / SeriesPlan.MinutesPerCoarse);
        _calendars = [.. plan.Calendars.Select(window => new CalendarSum(window))];
        foreach (var calendar in _calendars) calendar.Enter(_head);
    }

    /// <summary>The windows kept.</summary>
    public SeriesPlan Plan { get; }

    /// <summary>The time the series stands at: the clock as last told.</summary>
    public DateTimeOffset AsOf => At(_clock);

    /// <summary>Instant of the oldest sample ever counted; null before the first. A budget says little while this is younger than its
    /// window.</summary>
    public DateTimeOffset? FirstSampleAt { get; private set; }

    /// <summary>Instant of the newest sample counted; null before the first. Old means that what happened since is unknown, not
    /// good.</summary>
    public DateTimeOffset? LastSampleAt { get; private set; }

    /// <summary>What it met besides plain samples.</summary>
    public SeriesDiagnostics Diagnostics => _seen.ToDiagnostics();

    /// <summary>Tells the time. Whatever has left a window is subtracted from its sum.</summary>
    public ClockOutcome AdvanceTo(DateTimeOffset now)
    {
        var clock = now.UtcTicks;
        if (clock / Minute == _head && clock >= _clock)
        {
            (_clock, _behind, _unconfirmed) = (clock, false, null);
            return ClockOutcome.Followed;
        }

        if (Math.Abs((clock / Minute) - _head) > MinutesPerDay && !Confirmed(clock))
        {
            if (_unconfirmed is not { } first || clock < first || clock - first > MinutesPerDay * Minute) _unconfirmed = clock;
            _seen.ClockJumpsHeld++;
            return ClockOutcome.AwaitingConfirmation;
        }

        _unconfirmed = null;
        if (_head - (clock / Minute) > MinutesPerDay) return Restart(clock);
        if (_clock - clock > FutureTolerance.Ticks && !_behind)
        {
            _seen.ClockStepsBack++;
            _recent = null;
        }

        _clock = clock;
        if (clock / Minute > _head) MoveHead(clock / Minute);
        _behind = clock < (_head * Minute) - FutureTolerance.Ticks;
        return _behind ? ClockOutcome.WaitingForClock : ClockOutcome.Followed;
    }

    /// <summary>Tells a time that is known to be true however far it lies ahead: after a restart, or along a backfill with holes.</summary>
    public void ResumeAt(DateTimeOffset now)
    {
        _unconfirmed = now.UtcTicks - Minute;
        AdvanceTo(now);
    }

    /// <summary>Counts the events of one instant or of the short interval that ends there.</summary>
    /// <remarks>
    /// The instant identifies the sample, so a series takes one sample an instant: add several sources up first. The newest 32 instants
    /// are remembered; a late
    /// sample among them is counted where it belongs, or recognised as a duplicate, and one older than all of them is
    /// <see cref="SampleOutcome.Late"/>.
    /// A good count above the total is cut down to it.
    /// </remarks>
    public SampleOutcome RecordEvents(DateTimeOffset at, double good, double total)
    {
        if (!IsCount(good) || !IsCount(total)) return Saw(SampleOutcome.NotACount);
        if (IsFuture(at.UtcTicks)) return Saw(SampleOutcome.Future);
        if (!Fits(total)) return Saw(SampleOutcome.TooMany);

        _recent ??= new RecentInstants();
        if (_recent.Offer(at.UtcTicks) is var outcome and not SampleOutcome.Counted) return Saw(outcome);
        Place(at.UtcTicks / Minute, Clamp(good, total));
        return Saw(SampleOutcome.Counted, at.UtcTicks);
    }

    /// <summary>Good and total events within a rolling window of the plan, up to the time the series stands at.</summary>
    /// <exception cref="ArgumentException">The plan has no such window.</exception>
    public Tally Over(TimeSpan window)
    {
        var index = Plan.IndexOf(window);
        return new Tally(_good[index], _total[index]) + _open;
    }

    /// <summary>Good and total events of the budget's period: of the rolling window, or of the calendar period so far.</summary>
    public Tally OverBudget() => Plan.Budget is SloWindow.Rolling rolling ? Over(rolling.Length) : _calendars[^1].Sum + _open;

    /// <summary>Good and total events of the plan's month so far, whatever the budget's period.</summary>
    public Tally MonthToDate() => _calendars[0].Sum + _open;

    internal bool IsFuture(long ticks) => ticks > _clock + FutureTolerance.Ticks && ticks / Minute > _head;

    internal bool ClockIsBehind(DateTimeOffset at) => _clock + FutureTolerance.Ticks < at.UtcTicks;

    internal bool Fits(double total)
    {
        var most = _total.Length == 0 ? 0 : _total[^1];
        foreach (var calendar in _calendars) most = Math.Max(most, calendar.Sum.TotalUnits);
        return total <= Tally.MaxEvents - ((most + _open.TotalUnits) / Tally.UnitsPerEvent);
    }

    internal static bool IsCount(double value) => value >= 0 && double.IsFinite(value);

    internal Tally Clamp(double good, double total)
    {
        if (good > total)
        {
            good = total;
            _seen.Clamped++;
        }

        return new Tally(Tally.ToUnits(good), Tally.ToUnits(total));
    }

    internal void SawGap() => _seen.Gaps++;

    internal SampleOutcome Saw(SampleOutcome outcome, long ticks = 0)
    {
        _seen.Count(outcome);
        if (outcome is not (SampleOutcome.Counted or SampleOutcome.CountedAfterReset)) return outcome;
        if (FirstSampleAt is null || ticks < FirstSampleAt.Value.UtcTicks) FirstSampleAt = At(ticks);
        if (LastSampleAt is null || ticks > LastSampleAt.Value.UtcTicks) LastSampleAt = At(ticks);
        return outcome;
    }

    /// <summary>Counts in the bucket of that minute; while the clock is behind the series, in the newest one.</summary>
    internal void Place(long minute, Tally tally)
    {
        if (minute > _head) MoveHead(minute);
        if (minute == _head || _behind) _open += tally;
        else PlaceLate(minute, tally);
    }

    private void PlaceLate(long minute, Tally tally)
    {
        if (minute >= _fine.Oldest) _fine.Add(minute, tally);
        if (minute / SeriesPlan.MinutesPerCoarse >= _coarse.Oldest) _coarse.Add(minute / SeriesPlan.MinutesPerCoarse, tally);
        for (var i = 0; i < _good.Length; i++)
            if (minute >= Plan.FirstMinute(i, _head)) AddTo(i, tally);
        foreach (var calendar in _calendars) calendar.Add(minute, tally);
        foreach (var span in _excluded) span.Add(minute, tally);
    }

    private void MoveHead(long to)
    {
        Settle();
        for (var i = 0; i < _good.Length; i++) Expire(i, to);
        _fine.AdvanceTo(to);
        _coarse.AdvanceTo(to / SeriesPlan.MinutesPerCoarse);
        _head = to;
        foreach (var calendar in _calendars)
            if (to >= calendar.End) calendar.Enter(to);
    }

    private void Settle()
    {
        if (_open.IsEmpty) return;
        _fine.Add(_head, _open);
        _coarse.Add(_head / SeriesPlan.MinutesPerCoarse, _open);
        for (var i = 0; i < _good.Length; i++) AddTo(i, _open);
        foreach (var calendar in _calendars) calendar.Add(_head, _open);
        foreach (var span in _excluded) span.Add(_head, _open);
        _open = Tally.None;
    }

    private void Expire(int window, long to)
    {
        var first = Plan.FirstMinute(window, _head);
        var next = Plan.FirstMinute(window, to);
        if (next > _head)
        {
            (_good[window], _total[window]) = (0, 0);
            return;
        }

        var isFine = Plan.Minutes[window] <= SeriesPlan.FineMinutes;
        var (ring, scale) = isFine ? (_fine, 1) : (_coarse, SeriesPlan.MinutesPerCoarse);
        for (var bucket = first / scale; bucket < next / scale; bucket++)
        {
            var left = ring[bucket];
            _good[window] -= left.GoodUnits;
            _total[window] -= left.TotalUnits;
        }
    }

    private void AddTo(int window, Tally tally)
    {
        _good[window] += tally.GoodUnits;
        _total[window] += tally.TotalUnits;
    }

    private bool Confirmed(long clock) =>
        _unconfirmed is { } first && clock - first is >= Minute and <= MinutesPerDay * Minute;

    private ClockOutcome Restart(long clock)
    {
        Array.Clear(_good);
        Array.Clear(_total);
        (_head, _clock, _behind, _recent, _open) = (clock / Minute, clock, false, null, Tally.None);
        (FirstSampleAt, LastSampleAt) = (null, null);
        _fine.Restart(_head);
        _coarse.Restart(_head / SeriesPlan.MinutesPerCoarse);
        foreach (var span in _excluded) span.Clear();
        foreach (var calendar in _calendars) calendar.Enter(_head);
        _seen.ClockStepsBack++;
        return ClockOutcome.Followed;
    }

    private static DateTimeOffset At(long ticks) => new(ticks, TimeSpan.Zero);
}
