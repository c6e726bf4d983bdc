using System.Collections.Immutable;
using Cockpit.Components.Primitives.Charts;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>An incident on the measured time line.</summary>
/// <param name="Id">Its number.</param>
/// <param name="From">When the trouble began.</param>
/// <param name="Until">When it was over, or now while it is open.</param>
public sealed record IncidentSpan(string Id, DateTimeOffset From, DateTimeOffset Until);

/// <summary>The pictures of an objective's past.</summary>
public static class SloCharts
{
    private const int PointsAtMost = 300;

    /// <summary>Outages named on the chart; the lesser ones are drawn without a name, which would only hide another.</summary>
    private const int NamedOutages = 3;

    /// <summary>How the budget went down, with maintenance, this month's outages of its service, incidents and alerts laid over it.</summary>
    public static Chart BurnDown(
        ObjectiveHistory history, ObjectiveState state, IEnumerable<OpenAlert> alerts, IEnumerable<Outage>? outages = null,
        IEnumerable<IncidentSpan>? incidents = null)
    {
        var points = history.Budget;
        var lowest = points.Length == 0 ? 0 : points.Min(point => point.Remaining);
        var summary = points.Length == 0
            ? "There is no history of this budget yet."
            : $"Budget left: {SloFigures.Left(points[0].Remaining)} at the start of the period, {SloFigures.Left(lowest)} at the lowest, {SloFigures.Left(points[^1].Remaining)} now.";
        return new Chart(
            summary, new ChartAxis("%", Math.Min(0, lowest * 105), 102),
            [new ChartSeries("Budget left", ToneOf(state), ChartForm.Area, [.. points.Select(point => new ChartPoint(point.At, point.Remaining * 100))])],
            [new ChartBound(0, "nothing left", ChartTone.Bad)],
            [
                .. Unknown(history), .. Excluded(history), .. Outages(history, outages ?? []), .. Incidents(history, incidents ?? []),
                .. alerts.Select(alert => SpanOf(alert, history.Period)).OfType<ChartSpan>(),
            ],
            history.Period);
    }

    /// <summary>Burn rates of one tier against its threshold.</summary>
    public static Chart Burn(BurnTrace trace)
    {
        var points = trace.Points;
        var tier = trace.Tier;
        var highest = points.Length == 0 ? 0 : points.Max(point => Math.Max(point.Long ?? 0, point.Short ?? 0));
        var last = points.LastOrDefault(new BurnPoint(default, null, null));
        var summary =
            $"Burn rate over {SloFigures.Span(tier.LongWindow)} and {SloFigures.Span(tier.ShortWindow)}: now {SloFigures.Burn(last.Long)} and {SloFigures.Burn(last.Short)}, at most {SloFigures.Burn(highest)}. "
            + $"Both above {SloFigures.Factor(tier.Factor)} {Effect(tier)}.";
        return new Chart(
            summary, new ChartAxis("×", 0, Math.Max(highest, tier.Factor) * 1.15),
            [
                new ChartSeries($"over {SloFigures.Span(tier.ShortWindow)}", ChartTone.Quiet, ChartForm.Dotted, Thinned(points, point => point.Short)),
                new ChartSeries($"over {SloFigures.Span(tier.LongWindow)}", ChartTone.Accent, ChartForm.Line, Thinned(points, point => point.Long)),
            ],
            [new ChartBound(tier.Factor, $"{SloFigures.Factor(tier.Factor)} {Effect(tier)}", tier.Urgency == BurnUrgency.Page ? ChartTone.Bad : ChartTone.Warn)],
            [],
            points.Length == 0 ? new Period(default, default(DateTimeOffset).AddDays(1)) : new Period(points[0].At, points[^1].At));
    }

    /// <summary>The good share of each step against the target, with all of what was counted behind it.</summary>
    public static Chart Counts(ImmutableArray<HistoryStep> steps, ObjectiveFacts facts, string step)
    {
        var target = facts.Objective.Target.Value * 100;
        var noun = SloText.EventNoun(facts);
        var sum = steps.Aggregate(Tally.None, (all, each) => all + each.Counted);
        var worst = steps.Select(each => each.Counted.GoodShare?.Value * 100).Where(share => share is not null).DefaultIfEmpty(100).Min() ?? 100;
        var room = (100 - Math.Min(worst, target)) * 1.2;
        return new Chart(
            sum.IsEmpty ? $"No {noun} were counted." : $"{SloFigures.Count(sum.Bad)} of {SloFigures.Count(sum.Total)} {noun} were bad; the worst {step} had {SloFigures.Number(worst, 5)}\u202F% good.",
            new ChartAxis("%", Math.Max(0, 100 - Math.Max(room, 1e-4)), 100 + (Math.Max(room, 1e-4) * 0.04)),
            [
                new ChartSeries($"all {noun}", ChartTone.Quiet, ChartForm.Bars, [.. steps.Select(each => new ChartPoint(each.At, each.Counted.Total))], true),
                new ChartSeries("good", ChartTone.Accent, ChartForm.Line,
                    [.. steps.Select(each => new ChartPoint(each.At, each.Counted.GoodShare?.Value * 100, $"{SloFigures.Count(each.Counted.Bad)} bad of {SloFigures.Count(each.Counted.Total)}"))]),
            ],
            [new ChartBound(target, $"target {SloFigures.Target(facts.Objective.Target)}", ChartTone.Warn, true)],
            [],
            steps.Length == 0 ? new Period(default, default(DateTimeOffset).AddDays(1)) : new Period(steps[0].At, steps[^1].At),
            new ChartAxis("", 0, steps.Select(each => each.Counted.Total).DefaultIfEmpty(0).Max() is var most && most > 0 ? most * 2.5 : 1, true));
    }

    private static string Effect(BurnRateTier tier) => tier.Urgency == BurnUrgency.Page ? "wakes somebody" : "opens a ticket";

    private static ChartTone ToneOf(ObjectiveState state) => ObjectiveStanding.Of(state).Status switch
    {
        Domain.Health.HealthStatus.Bad => ChartTone.Bad,
        Domain.Health.HealthStatus.Warn => ChartTone.Warn,
        Domain.Health.HealthStatus.Good => ChartTone.Good,
        _ => ChartTone.Quiet,
    };

    private static IEnumerable<ChartSpan> Unknown(ObjectiveHistory history)
    {
        if (history.FirstSampleAt is { } first && first > history.Period.StartAt)
            yield return new ChartSpan(new Period(history.Period.StartAt, first < history.Period.EndAt ? first : history.Period.EndAt), "not measured", ChartTone.Quiet);
    }

    private static IEnumerable<ChartSpan> Excluded(ObjectiveHistory history) => history.Exclusions
        .SelectMany(exclusion => exclusion.Counted.Select(counted => (exclusion.Window.Title, Part: counted.Intersect(history.Period))))
        .Where(each => each.Part is not null)
        .Select(each => new ChartSpan(each.Part!.Value, each.Title, ChartTone.Quiet));

    private static IEnumerable<ChartSpan> Outages(ObjectiveHistory history, IEnumerable<Outage> outages) => outages
        .Select(outage => (outage.FullDowntime, Part: outage.Period.Intersect(history.Period)))
        .Where(each => each.Part is not null)
        .OrderByDescending(each => each.FullDowntime)
        .Select((each, rank) => new ChartSpan(each.Part!.Value, rank < NamedOutages ? $"outage, {SloFigures.Time(each.Part.Value.Length)}" : "", ChartTone.Bad));

    private static IEnumerable<ChartSpan> Incidents(ObjectiveHistory history, IEnumerable<IncidentSpan> incidents) => incidents
        .Select(incident => (incident.Id, Part: incident.Until > incident.From ? new Period(incident.From, incident.Until).Intersect(history.Period) : null))
        .Where(each => each.Part is not null)
        .Select(each => new ChartSpan(each.Part!.Value, $"incident {each.Id}", ChartTone.Warn));

    private static ChartSpan? SpanOf(OpenAlert alert, Period period)
    {
        if (alert.Phase is AlertPhase.Pending or AlertPhase.Inactive) return null;
        var end = alert.ResolvedAt ?? period.EndAt;
        return end > alert.Since && new Period(alert.Since, end).Intersect(period) is { } part
            ? new ChartSpan(part, alert.Severity?.ToString() ?? "alert", alert.Severity == Severity.P1 ? ChartTone.Bad : ChartTone.Warn)
            : null;
    }

    /// <summary>Of neighbouring points the highest stays, so that no peak is lost.</summary>
    private static ImmutableArray<ChartPoint> Thinned(ImmutableArray<BurnPoint> points, Func<BurnPoint, double?> figure)
    {
        var each = Math.Max(1, (points.Length + PointsAtMost - 1) / PointsAtMost);
        return [.. points.Chunk(each).Select(chunk => new ChartPoint(chunk[^1].At, chunk.Select(figure).Max()))];
    }
}
