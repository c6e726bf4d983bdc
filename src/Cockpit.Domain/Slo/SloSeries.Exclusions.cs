using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

public sealed partial class SloSeries
{
    /// <summary>The stretches whose events are also counted apart, so that a budget can be shown with and without them.</summary>
    public ImmutableArray<Period> Exclusions => [.. _excluded.Select(span => span.Period)];

    /// <summary>Names the stretches whose events are counted apart. The sums themselves keep every event.</summary>
    /// <param name="periods">Disjoint, each at most 31 days long; those given before and not now are dropped.</param>
    /// <remarks>
    /// Maintenance is declared days ahead, so its events are normally counted apart as they come, minute by minute and exactly. A minute
    /// belongs to the
    /// stretch that contains its start. A stretch named after the fact is read back from the buckets: exactly within three days, beyond
    /// that each quarter of an hour
    /// is spread evenly over its minutes.
    /// </remarks>
    public void Exclude(ImmutableArray<Period> periods)
    {
        Settle();
        var known = _excluded.ToDictionary(span => span.Period);
        _excluded =
        [
            .. periods.Distinct()
                .Select(period => known.TryGetValue(period, out var span) ? span : ReadBack(new ExcludedSpan(period))),
        ];
    }

    /// <summary>The part of <see cref="Over"/> that fell within excluded stretches.</summary>
    /// <exception cref="ArgumentException">The plan has no such window.</exception>
    public Tally ExcludedOver(TimeSpan window) => ExcludedFrom(Plan.FirstMinute(Plan.IndexOf(window), _head));

    /// <summary>The part of <see cref="OverBudget"/> that fell within excluded stretches.</summary>
    public Tally ExcludedOverBudget() =>
        Plan.Budget is SloWindow.Rolling rolling ? ExcludedOver(rolling.Length) : ExcludedFrom(_calendars[^1].Start);

    /// <summary>The part of <see cref="MonthToDate"/> that fell within excluded stretches.</summary>
    public Tally ExcludedMonthToDate() => ExcludedFrom(_calendars[0].Start);

    private Tally ExcludedFrom(long minute)
    {
        var sum = Tally.None;
        foreach (var span in _excluded)
        {
            if (span.End <= minute) continue;
            sum += span.From(minute);
            if (_head >= span.First && _head < span.End) sum += _open;
        }

        return sum;
    }

    private ExcludedSpan ReadBack(ExcludedSpan span)
    {
        for (var minute = Math.Max(span.First, 0); minute < Math.Min(span.End, _head + 1); minute++)
            span.Add(minute, minute >= _fine.Oldest ? _fine[minute] : ShareOfCoarse(minute));
        return span;
    }

    private Tally ShareOfCoarse(long minute)
    {
        var quarter = _coarse[minute / SeriesPlan.MinutesPerCoarse];
        var place = minute % SeriesPlan.MinutesPerCoarse;
        var total = Share(quarter.TotalUnits, place);
        return new Tally(total - Share(quarter.TotalUnits - quarter.GoodUnits, place), total);
    }

    private static long Share(long units, long place) =>
        (units * (place + 1) / SeriesPlan.MinutesPerCoarse) - (units * place / SeriesPlan.MinutesPerCoarse);
}
