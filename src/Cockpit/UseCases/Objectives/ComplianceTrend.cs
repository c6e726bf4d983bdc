using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Monthly compliance at the end of each day so far; recomputed once an hour from quarters of an hour.</summary>
internal sealed class ComplianceTrend
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private ImmutableArray<CompliancePoint> _days = [];
    private DateTimeOffset _at = DateTimeOffset.MinValue;

    public ImmutableArray<CompliancePoint> Take(IEnumerable<ObjectiveMeter> meters, MonthlyCompliance compliance, DateTimeOffset now)
    {
        if (now - _at >= Every || now < _at) (_days, _at) = (Days(meters, compliance.Month.StartAt, now), now);
        return compliance.Share is { } share ? _days.Add(new CompliancePoint(now, share)) : _days;
    }

    /// <summary>Look again at the next round: the past has changed.</summary>
    public void Forget() => _at = DateTimeOffset.MinValue;

    private static ImmutableArray<CompliancePoint> Days(IEnumerable<ObjectiveMeter> meters, DateTimeOffset month, DateTimeOffset now)
    {
        var days = (int)((now - month) / Day);
        var (met, evaluated) = (new int[days], new int[days]);
        foreach (var meter in meters)
        {
            var steps = meter.Steps(month, SeriesPlan.CoarseBucket);
            var (sum, next) = (Tally.None, 0);
            for (var day = 0; day < days; day++)
            {
                for (; next < steps.Length && steps[next].At < month + (Day * (day + 1)); next++) sum += steps[next].Counted;
                if (ErrorBudget.Meets(sum, meter.Facts.Objective.Target) is not { } meets) continue;
                evaluated[day]++;
                if (meets) met[day]++;
            }
        }

        return
        [
            .. Enumerable.Range(0, days).Where(day => evaluated[day] > 0)
                .Select(day => new CompliancePoint(month + (Day * (day + 1)), new Ratio((double)met[day] / evaluated[day]))),
        ];
    }
}
