using System.Collections.Immutable;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>Finds this month's outages in what was counted, and what they cost.</summary>
/// <remarks>
/// An outage is a stretch of minutes (of quarters of an hour where minutes are not kept) in which at least <see cref="Notable"/> of a
/// service's requests failed; what fails on an ordinary day is no outage.
/// </remarks>
internal sealed class OutageBook(ImpactPlan plan)
{
    /// <summary>Share of failing requests from which a minute counts as outage: the bound of the platform's error alert.</summary>
    public const double Notable = 0.01;

    private static readonly string Definition =
        FormattableString.Invariant($"A minute counts as outage when at least {Notable * 100:0.#} % of a service's requests fail.");

    private ImmutableArray<Outage> _past = [];
    private ImmutableArray<Outage> _recent = [];
    private DateTimeOffset _pastAt = DateTimeOffset.MinValue;
    private DateTimeOffset _recentAt = DateTimeOffset.MinValue;

    public RevenueFigures Assess(IReadOnlyDictionary<string, ObjectiveMeter> meters, DateTimeOffset now, TimeSpan staleAfter)
    {
        Refresh(meters, now);
        var worst = (Service: (EarningService?)null, Affected: 0.0);
        var silent = ImmutableArray.CreateBuilder<string>();
        foreach (var service in plan.Services)
        {
            if (service.AvailabilityKey is null || !meters.TryGetValue(service.AvailabilityKey, out var meter) || meter.Lately(now, staleAfter) is not { } lately)
            {
                silent.Add(service.Title);
                continue;
            }

            var failing = lately.BadShare?.Value ?? 0;
            if (failing >= Notable && failing * service.Share > worst.Affected) worst = (service, failing * service.Share);
        }

        var month = SeriesPlan.UtcMonth.PeriodAt(now);
        var outages = _past.Concat(_recent).ToImmutableArray();
        var inside = Cost(outages.SelectMany(outage => Within(outage, true)), 1, month);
        var outside = Cost(outages.SelectMany(outage => Within(outage, false)), plan.OutsideShare, month);
        var perMinute = plan.RevenuePerMinute * (decimal)(plan.Trading.Contains(now) ? 1 : plan.OutsideShare);
        return new RevenueFigures(
            plan.Currency, Math.Round(perMinute * (decimal)worst.Affected, 2), inside.Lost + outside.Lost, inside.Downtime + outside.Downtime,
            new Ratio(worst.Affected), worst.Service?.Title, perMinute,
            [.. outages.OrderByDescending(outage => outage.Period.StartAt)], [.. plan.Assumptions, Definition], silent.ToImmutable())
        {
            IsToldNow = silent.Count < plan.Services.Length,
            IsToldThisMonth = plan.Services.Any(service =>
                service.AvailabilityKey is { } key && meters.TryGetValue(key, out var meter) && !meter.MonthToDate().IsEmpty),
        };
    }

    private void Refresh(IReadOnlyDictionary<string, ObjectiveMeter> meters, DateTimeOffset now)
    {
        if (now - _recentAt < SeriesPlan.FineBucket && now >= _recentAt) return;
        var month = SeriesPlan.UtcMonth.PeriodAt(now).StartAt;
        var fineFrom = Aligned(now - SeriesPlan.FineReach + SeriesPlan.CoarseBucket, SeriesPlan.CoarseBucket);
        if (now - _pastAt >= SeriesPlan.CoarseBucket || now < _pastAt)
        {
            _past = fineFrom <= month ? [] : Find(meters, month, fineFrom, SeriesPlan.CoarseBucket);
            _pastAt = now;
        }

        // Between two looks at the past its edge stays where it was, so that nothing is counted twice or dropped.
        var edge = Aligned(_pastAt - SeriesPlan.FineReach + SeriesPlan.CoarseBucket, SeriesPlan.CoarseBucket);
        var recentFrom = edge > month ? edge : month;
        _recent = Find(meters, recentFrom, Aligned(now, SeriesPlan.FineBucket), SeriesPlan.FineBucket);
        _recentAt = now;
    }

    private ImmutableArray<Outage> Find(IReadOnlyDictionary<string, ObjectiveMeter> meters, DateTimeOffset from, DateTimeOffset to, TimeSpan step)
    {
        var found = ImmutableArray.CreateBuilder<Outage>();
        foreach (var service in plan.Services)
        {
            if (service.AvailabilityKey is null || !meters.TryGetValue(service.AvailabilityKey, out var meter)) continue;
            (DateTimeOffset Start, DateTimeOffset End, double Bad, double Total)? open = null;
            foreach (var (at, counted) in meter.Steps(from, step))
            {
                if (at < from || at >= to) continue;
                var bad = counted.BadShare?.Value >= Notable;
                if (open is { } running && (!bad || running.End != at))
                {
                    found.Add(Close(running, service, to));
                    open = null;
                }

                if (bad) open = open is { } going
                    ? (going.Start, at + step, going.Bad + counted.Bad, going.Total + counted.Total)
                    : (at, at + step, counted.Bad, counted.Total);
            }

            if (open is { } last) found.Add(Close(last, service, to));
        }

        return found.ToImmutable();
    }

    private static Outage Close((DateTimeOffset Start, DateTimeOffset End, double Bad, double Total) stretch, EarningService service, DateTimeOffset to) =>
        new(new Period(stretch.Start, stretch.End), new Ratio(stretch.Bad / stretch.Total * service.Share), stretch.End >= to, service.Title);

    private IEnumerable<Outage> Within(Outage outage, bool trading)
    {
        var (start, at) = (outage.Period.StartAt, outage.Period.StartAt);
        while (at < outage.Period.EndAt)
        {
            var matches = plan.Trading.Contains(at) == trading;
            at += SeriesPlan.FineBucket;
            if (matches) continue;
            if (at - SeriesPlan.FineBucket > start) yield return outage with { Period = new Period(start, at - SeriesPlan.FineBucket) };
            start = at;
        }

        if (start < outage.Period.EndAt) yield return outage with { Period = new Period(start, outage.Period.EndAt) };
    }

    private RevenueImpact Cost(IEnumerable<Outage> outages, double share, Period month) => RevenueImpact.Of(
        [.. outages], month, new ImpactAssumptions(plan.RevenuePerMinute * 60 * (decimal)share, plan.Currency, plan.Recovered, plan.Assumptions));

    private static DateTimeOffset Aligned(DateTimeOffset at, TimeSpan to) => new(at.UtcTicks / to.Ticks * to.Ticks, TimeSpan.Zero);
}
