namespace Cockpit.Domain.Slo;

/// <summary>Turns events into slices of time, each of which weighs the same in a series whatever its traffic.</summary>
/// <remarks>
/// Slices are half-open and aligned to the epoch; each is judged when a sample or the time passes its end, and counts at its start.
/// <list type="bullet">
/// <item><see cref="BudgetingMethod.Timeslices"/>: one good slice when its share of good events reaches the slice target, else one
/// bad.</item>
/// <item><see cref="BudgetingMethod.RatioTimeslices"/>: its share of good events, of one.</item>
/// <item>A slice that was observed without a single event is good: nobody was refused. A slice that was never observed counts neither
/// way: unknown is not good.</item>
/// <item>A sample of a closed slice is late and changes nothing; one of an instant already counted is a duplicate. While a clock that
/// stepped back catches up, slices already judged stay judged; after a jump back of more than a day it starts anew.</item>
/// </list>
/// A gauge is fed with one event a sample: good while it keeps its bound.
/// </remarks>
public sealed class SliceFeed
{
    private readonly SloSeries _series;
    private readonly bool _isRatio;
    private readonly double _target;
    private readonly long _length;
    private readonly HashSet<long> _instants = [];
    private long _slice = -1;
    private double _good;
    private double _total;

    /// <summary>Creates a feed of slices.</summary>
    /// <param name="series">Where the slices count.</param>
    /// <param name="method">One of the two methods that count slices.</param>
    /// <param name="length">Length of a slice, above zero.</param>
    /// <param name="target">The share of good events that makes a slice good; ignored by ratio slices.</param>
    /// <exception cref="ArgumentOutOfRangeException">The method counts no slices, or the length is not above zero.</exception>
    public SliceFeed(SloSeries series, BudgetingMethod method, TimeSpan length, Ratio target)
    {
        if (method == BudgetingMethod.Occurrences)
            throw new ArgumentOutOfRangeException(nameof(method), method, "This method counts events, not slices.");
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        (_series, _isRatio, _length, _target) = (series, method == BudgetingMethod.RatioTimeslices, length.Ticks, target.Value);
    }

    /// <summary>
    /// The feed of an objective. Without a slice length of its own a slice is a minute; without a slice target every event, or every look
    /// at a gauge, must be good.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The SLO counts events, not slices.</exception>
    public static SliceFeed For(SloSeries series, SloDefinition slo, Objective objective) =>
        new(series, slo.Method, objective.TimeSliceWindow ?? TimeSpan.FromMinutes(1), objective.TimeSliceTarget ?? Ratio.One);

    /// <summary>Counts events into their slice.</summary>
    public SampleOutcome Record(DateTimeOffset at, double good, double total)
    {
        if (!SloSeries.IsCount(good) || !SloSeries.IsCount(total)) return _series.Saw(SampleOutcome.NotACount);
        if (_series.IsFuture(at.UtcTicks)) return _series.Saw(SampleOutcome.Future);

        var slice = at.UtcTicks / _length;
        if (_slice * _length > _series.AsOf.UtcTicks + TimeSpan.TicksPerDay) Forget();
        if (slice < _slice) return _series.Saw(SampleOutcome.Late);
        if (slice > _slice) Open(slice);
        if (!_instants.Add(at.UtcTicks)) return _series.Saw(SampleOutcome.Duplicate);
        _good += Math.Min(good, total);
        _total += total;
        return SampleOutcome.Counted;
    }

    /// <summary>Counts one look at a gauge: good while it keeps its bound.</summary>
    public SampleOutcome Record(DateTimeOffset at, bool keepsBound) => Record(at, keepsBound ? 1 : 0, 1);

    /// <summary>Judges the slice that has ended by now, if it has not been yet.</summary>
    public void CloseUpTo(DateTimeOffset now)
    {
        if (now.UtcTicks / _length > _slice) Open(now.UtcTicks / _length);
    }

    private void Open(long slice)
    {
        if (_instants.Count > 0)
        {
            _series.Place(_slice * _length / TimeSpan.TicksPerMinute, Tally.Of(Verdict(), 1));
            _series.Saw(SampleOutcome.Counted, _slice * _length);
        }

        Forget();
        _slice = slice;
    }

    private void Forget()
    {
        _instants.Clear();
        (_slice, _good, _total) = (-1, 0, 0);
    }

    private double Verdict()
    {
        var share = _total == 0 ? 1 : _good / _total;
        if (_isRatio) return share;
        return Comparison.GreaterOrEqual.Holds(share, _target) ? 1 : 0;
    }
}
