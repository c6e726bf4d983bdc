using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

internal sealed partial class ObjectiveMeter
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan BurnStep = TimeSpan.FromMinutes(5);

    /// <summary>The past for charts.</summary>
    public ObjectiveHistory Draw(DateTimeOffset now, DateTimeOffset? simulatedUntil)
    {
        lock (_lock)
        {
            var period = Facts.Slo.Window.PeriodAt(now);
            var budget = BudgetOverTime(_series, Facts, now, (int)Math.Clamp((now - period.StartAt) / Hour, 1, 1000));
            var assessed = ErrorBudget.Of(_series.OverBudget(), Facts.Objective.Target, period, now);
            return new ObjectiveHistory(
                Facts.Key, period, assessed.Counted.IsEmpty ? [] : budget.Add(new BudgetPoint(now, assessed.RemainingShare)),
                _series.History(period.StartAt, Hour), _series.History(FineFrom(now, TimeSpan.FromHours(6)), SeriesPlan.FineBucket),
                [.. Policy.Accepted.Select(tier => Trace(tier, now))],
                [.. _exclusions.Where(exclusion => exclusion.Window.Declared.Intersect(period) is not null)],
                _series.FirstSampleAt, simulatedUntil);
        }
    }

    /// <summary>
    /// Budget left at points of the period, cumulated from the quarters of an hour since counting began: before that nothing is known, which is not
    /// a full budget. What leaves a rolling window meanwhile is not credited, so the line ends where the budget stands now.
    /// </summary>
    private static ImmutableArray<BudgetPoint> BudgetOverTime(SloSeries series, ObjectiveFacts facts, DateTimeOffset now, int points)
    {
        var period = facts.Slo.Window.PeriodAt(now);
        if (now - period.StartAt < SeriesPlan.CoarseBucket || series.FirstSampleAt is not { } firstAt) return [];
        var steps = series.History(period.StartAt, SeriesPlan.CoarseBucket);
        var total = series.OverBudget();
        var consumed = ErrorBudget.Of(total, facts.Objective.Target, period, now).ConsumedShare;
        var allBad = steps.Sum(step => step.Counted.Bad);
        var every = Math.Max(1, (int)Math.Ceiling(steps.Length / (double)Math.Max(1, points)));
        var bad = 0.0;
        var line = ImmutableArray.CreateBuilder<BudgetPoint>();
        for (var i = 0; i < steps.Length - 1; i++)
        {
            bad += steps[i].Counted.Bad;
            if ((i + 1) % every == 0 && steps[i + 1].At >= firstAt) line.Add(new BudgetPoint(steps[i + 1].At, 1 - (allBad > 0 ? consumed * bad / allBad : 0)));
        }

        return line.ToImmutable();
    }

    /// <summary>The oldest instant, at most that far back, of which minutes are kept.</summary>
    private DateTimeOffset FineFrom(DateTimeOffset now, TimeSpan back)
    {
        var newest = _series.LastSampleAt is { } last && last > now ? last : now;
        var longest = _plan.Windows.IsEmpty || Facts.Slo.Window.NominalLength > _plan.Windows[^1] ? Facts.Slo.Window.NominalLength : _plan.Windows[^1];
        var reach = longest < SeriesPlan.FineReach ? longest : SeriesPlan.FineReach;
        return newest - (back < reach ? back : reach) + SeriesPlan.FineBucket;
    }

    private BurnTrace Trace(BurnRateTier tier, DateTimeOffset now)
    {
        var from = FineFrom(now, SeriesPlan.FineReach);
        var (fine, coarse) = (new RunningSum(_series.History(from, SeriesPlan.FineBucket)), new RunningSum(_series.History(from - tier.LongWindow, SeriesPlan.CoarseBucket)));
        var points = ImmutableArray.CreateBuilder<BurnPoint>();
        for (var at = now; at - BurnStep > from; at -= BurnStep)
            points.Add(new BurnPoint(at, Rate(tier.LongWindow, at), Rate(tier.ShortWindow, at)));
        points.Reverse();
        return new BurnTrace(tier, points.DrainToImmutable());

        double? Rate(TimeSpan window, DateTimeOffset at)
        {
            var sum = at - window >= from ? fine : coarse;
            return BurnRate.Of(sum.Between(at - window, at), Facts.Objective.Target).Value;
        }
    }

    /// <summary>Sums over any stretch of a history in two look-ups.</summary>
    private sealed class RunningSum
    {
        private readonly ImmutableArray<HistoryStep> _steps;
        private readonly Tally[] _upTo;

        public RunningSum(ImmutableArray<HistoryStep> steps)
        {
            _steps = steps;
            _upTo = new Tally[steps.Length + 1];
            for (var i = 0; i < steps.Length; i++) _upTo[i + 1] = _upTo[i] + steps[i].Counted;
        }

        public Tally Between(DateTimeOffset from, DateTimeOffset to) => _upTo[CountBefore(to)] - _upTo[CountBefore(from)];

        private int CountBefore(DateTimeOffset at)
        {
            if (_steps.Length < 2) return _steps.Length == 1 && _steps[0].At < at ? 1 : 0;
            var width = _steps[1].At - _steps[0].At;
            return (int)Math.Clamp(Math.Ceiling((at - _steps[0].At) / width), 0, _steps.Length);
        }
    }
}
