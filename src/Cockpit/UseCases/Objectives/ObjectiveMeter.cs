using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Counts one objective and says how it stands. One writer, the sampling loop; charts read under the same lock.</summary>
internal sealed partial class ObjectiveMeter
{
    private const int TrendPoints = 120;

    private readonly Lock _lock = new();
    private readonly SeriesPlan _plan;
    private SloSeries _series;
    private SliceFeed? _slices;
    private CounterBank? _counters;
    private ImmutableArray<BurnAlert> _burns = [];
    private ImmutableArray<Exclusion> _exclusions = [];
    private ImmutableArray<Period> _excluded = [];
    private ImmutableArray<BudgetPoint> _trend = [];
    private DateTimeOffset _trendAt = DateTimeOffset.MinValue;
    private ObservedFigure? _p95;
    private ObservedFigure? _figure;
    private string? _gap;
    private DateTimeOffset? _readAt;

    public ObjectiveMeter(ObjectiveFacts facts, TimeSpan sampleInterval, DateTimeOffset now)
    {
        Facts = facts;
        Policy = BurnRatePolicy.For(facts.Slo.Window, facts.Objective.Target, SamplesApart(facts, sampleInterval), facts.MinimumEvents, facts.KeepFiringFor);
        Queries = ObjectiveQueries.Of(facts.Indicator);
        _plan = SeriesPlan.For(facts.Slo, Policy, AvailabilityNow);
        _series = new SloSeries(_plan, now);
        Attach(_series, new Dictionary<string, CounterReading>());
    }

    /// <summary>The window that "now" means where money is concerned.</summary>
    public static readonly TimeSpan AvailabilityNow = TimeSpan.FromMinutes(5);

    public ObjectiveFacts Facts { get; }

    public BurnRatePolicy Policy { get; }

    public ObjectiveQueries Queries { get; }

    /// <summary>True when nothing was ever counted.</summary>
    public bool IsEmpty
    {
        get { lock (_lock) return _series.FirstSampleAt is null; }
    }

    /// <summary>Takes a round of answers in.</summary>
    public void Take(SliRound round)
    {
        if (Facts.UnmeasurableBecause is not null) return;
        lock (_lock)
        {
            _series.AdvanceTo(round.At);
            _gap = Record(round);
            if (_gap is null) _readAt = round.At;
            _slices?.CloseUpTo(round.At);
            if (Queries.P95 is { } p95) _p95 = Shown(SliAnswers.Figure(round[p95]));
        }
    }

    /// <summary>Names what planned maintenance takes out.</summary>
    public void Exclude(ImmutableArray<Exclusion> exclusions)
    {
        lock (_lock)
        {
            _exclusions = exclusions;
            ImmutableArray<Period> counted = [.. exclusions.SelectMany(exclusion => exclusion.Counted)];
            if (counted.SequenceEqual(_excluded)) return;
            _series.Exclude(counted);
            _excluded = counted;
        }
    }

    /// <summary>How it stands.</summary>
    /// <param name="now">The source's clock.</param>
    /// <param name="staleAfter">Age from which the last answer no longer speaks for now.</param>
    public ObjectiveState Assess(DateTimeOffset now, TimeSpan staleAfter)
    {
        lock (_lock)
        {
            var assessment = SloAssessment.Of(Facts.Slo, Facts.Objective, Policy, _series, _exclusions, _burns, UnknownBecause(now, staleAfter), now);
            _burns = assessment.Burns;
            if (now - _trendAt >= SeriesPlan.CoarseBucket || now < _trendAt)
                (_trend, _trendAt) = (BudgetOverTime(_series, Facts, now, TrendPoints - 1), now);
            return new ObjectiveState(
                Facts, assessment, Policy.Refused, _p95, _figure, _gap, _readAt,
                assessment.Raw.Counted.IsEmpty ? [] : _trend.Add(new BudgetPoint(now, assessment.Raw.RemainingShare)), _series.Diagnostics);
        }
    }

    /// <summary>Where it stands in the month so far.</summary>
    public MonthlyStanding Standing(string? unknownBecause)
    {
        lock (_lock) return MonthlyStanding.Of(Facts.Slo, Facts.Objective, _series.MonthToDate(), unknownBecause);
    }

    public Tally MonthToDate()
    {
        lock (_lock) return _series.MonthToDate();
    }

    /// <summary>Good and total events of the last minutes, and null when they do not speak for now.</summary>
    public Tally? Lately(DateTimeOffset now, TimeSpan staleAfter)
    {
        lock (_lock) return UnknownBecause(now, staleAfter) is null ? _series.Over(AvailabilityNow) : null;
    }

    /// <summary>What was counted step by step.</summary>
    public ImmutableArray<HistoryStep> Steps(DateTimeOffset from, TimeSpan step)
    {
        lock (_lock)
        {
            var kept = step < SeriesPlan.CoarseBucket ? FineFrom(_series.AsOf, SeriesPlan.FineReach) : from;
            return _series.History(from > kept ? from : kept, step);
        }
    }

    /// <summary>Reads the series with nobody writing.</summary>
    public T With<T>(Func<SloSeries, ImmutableArray<Exclusion>, T> read)
    {
        lock (_lock) return read(_series, _exclusions);
    }

    private string? Record(SliRound round) => Facts.Indicator switch
    {
        Indicator.EventRatio ratio => RecordRatio(ratio, round),
        Indicator.RawRatio raw => RecordShare(raw, round),
        Indicator.Threshold => RecordFigure(round),
        _ => throw new InvalidOperationException($"{Facts.Key} has an indicator nobody knows."),
    };

    private string? RecordRatio(Indicator.EventRatio ratio, SliRound round)
    {
        var (pairs, gap) = SliAnswers.Pair(round[Queries.Part], round[Queries.Total!]);
        if (gap is not null) return gap;
        if (ratio.Counter)
        {
            _counters!.Record(round.At, pairs);
            return null;
        }

        var (part, total) = (pairs.Values.Sum(pair => pair.Part), pairs.Values.Sum(pair => pair.Total));
        Count(round.At, Math.Clamp(ratio.GoodQuery is null ? total - part : part, 0, total), total);
        return null;
    }

    private string? RecordShare(Indicator.RawRatio raw, SliRound round)
    {
        var measured = SliAnswers.Figure(round[Queries.Part]);
        _figure = Shown(measured);
        if (measured.Value is not { } share) return measured.Gap;
        if (share is < 0 or > 1) return "a share lies outside 0 to 1";
        Count(round.At, raw.Type == RawRatioType.Success ? share : 1 - share, 1);
        return null;
    }

    private string? RecordFigure(SliRound round)
    {
        var measured = SliAnswers.Figure(round[Queries.Part]);
        _figure = Shown(measured);
        if (measured.Value is not { } figure) return measured.Gap;
        if (Facts.Slo.KeepsBound(Facts.Objective, figure) is not { } keeps) return "the catalog gives it no bound";
        Count(round.At, keeps ? 1 : 0, 1);
        return null;
    }

    private void Count(DateTimeOffset at, double good, double total)
    {
        if (_slices is not null) _slices.Record(at, good, total);
        else _series.RecordEvents(at, good, total);
    }

    private string? UnknownBecause(DateTimeOffset now, TimeSpan staleAfter)
    {
        if (Facts.UnmeasurableBecause is { } why) return why;
        if (_readAt is not { } readAt) return _gap ?? "it has not been measured yet";
        return now - readAt <= staleAfter ? null : _gap ?? $"it was last measured {FigureText.Duration(now - readAt)} ago";
    }

    private void Attach(SloSeries series, IReadOnlyDictionary<string, CounterReading> last)
    {
        _series = series;
        _slices = Facts.Slo.Method == BudgetingMethod.Occurrences ? null : SliceFeed.For(series, Facts.Slo, Facts.Objective);
        _counters = null;
        if (Facts.Indicator is not Indicator.EventRatio { Counter: true } ratio) return;
        _counters = new CounterBank(series, _slices, ratio.GoodQuery is null);
        foreach (var (instance, reading) in last) _counters.Remember(instance, reading);
    }

    private static ObservedFigure Shown(Measurement measured) => new(measured.Value, measured.Gap);

    private static TimeSpan SamplesApart(ObjectiveFacts facts, TimeSpan sampleInterval) =>
        facts.Slo.Method != BudgetingMethod.Occurrences && facts.Objective.TimeSliceWindow is { } slice && slice > sampleInterval ? slice : sampleInterval;
}
