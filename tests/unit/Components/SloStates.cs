using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Tests.Components;

/// <summary>Objectives as they would stand, built by hand.</summary>
internal static class SloStates
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    public static readonly BurnRateTier Page = new(14.4, TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), new Ratio(0.02), BurnUrgency.Page);

    public static readonly BurnRateTier Ticket = new(1, TimeSpan.FromDays(3), TimeSpan.FromHours(6), new Ratio(0.1), BurnUrgency.Ticket);

    private static readonly SloWindow.Rolling Month = new(TimeSpan.FromDays(30));

    private static readonly Indicator Requests = new Indicator.EventRatio("""http_requests_total{status=~"[23].."}""", null, """http_requests_total{status!~"4.."}""", true);

    public static readonly Indicator Latency = new Indicator.EventRatio("""bucket{le="0.2"}""", null, "count", true, "histogram_quantile(0.95, bucket)");

    /// <summary>An objective with so much of its budget spent; 99.95 % of a million requests in 30 days unless told otherwise.</summary>
    public static ObjectiveState State(
        string key = "trading", double target = 0.9995, double spent = 0.38, double burn = 0.4, AlertPhase phase = AlertPhase.Inactive,
        BurnRateTier? tier = null, Exhaustion? exhaustion = null, string? unknown = null, double total = 1_000_000, bool critical = false,
        Indicator? indicator = null, SloWindow? window = null, string? group = "Availability", string? unmeasurable = null, TimeSpan excluded = default)
    {
        var objective = new Objective(new Ratio(target));
        var slo = new SloDefinition(
            new SloId(key), key, "platform-engineer", $"{Capital(key)}: availability", "What is promised.", [objective], BudgetingMethod.Occurrences,
            window ?? Month, indicator ?? Requests);
        var bad = Math.Round(total * (1 - target) * spent);
        var period = slo.Window.PeriodAt(Now);
        var raw = ErrorBudget.Of(Tally.Of(total - bad, total), objective.Target, period, Now);
        var adjusted = excluded > TimeSpan.Zero
            ? ErrorBudget.Of(Tally.Of(total - (bad / 2), total), objective.Target, period, Now, excluded, excluded)
            : raw;
        var progress = phase == AlertPhase.Inactive ? AlertProgress.Inactive : new AlertProgress(phase, Now.AddMinutes(-14), Now.AddMinutes(-14), null, null);
        var alert = new BurnAlert(slo.Id, objective.Target, tier ?? Page, new BurnRate(burn, null), new BurnRate(burn, null), total / 720, true, progress, unknown);
        var assessment = new SloAssessment(
            slo, objective, raw, adjusted, [], [alert], exhaustion ?? new Exhaustion.NotAtThisRate(null), period.StartAt, Now, unknown, Now);
        return new ObjectiveState(
            new ObjectiveFacts(key, slo, objective, Capital(key), critical, group, null, 0, TimeSpan.Zero, unmeasurable),
            assessment, [], null, null, unknown, Now.AddSeconds(-2), [new BudgetPoint(Now.AddDays(-30), 1), new BudgetPoint(Now, 1 - spent)], new SeriesDiagnostics());
    }

    public static Exhaustion In(double days, double soonest = 0) =>
        new Exhaustion.Expected(TimeSpan.FromDays(days), TimeSpan.FromDays(soonest == 0 ? days : soonest), null);

    /// <summary>All of them together, with the month judged by their budgets.</summary>
    public static ObjectivesState All(params ObjectiveState[] states)
    {
        var standings = states.Select(state => MonthlyStanding.Of(state.Facts.Slo, state.Facts.Objective, state.Assessment.Raw.Counted, state.Assessment.UnknownBecause));
        var month = MonthlyCompliance.Of(SeriesPlan.UtcMonth.PeriodAt(Now), [.. standings]);
        return ObjectivesState.Nothing with
        {
            At = Now,
            SampledAt = Now,
            Objectives = [.. states],
            Month = new MonthState(month, null, []),
        };
    }

    public static OpenAlert Alert(string id, Severity severity = Severity.P1, AlertPhase phase = AlertPhase.Firing, string? objective = null, string? service = null) =>
        new(id, id, LabelSet.Empty, phase, severity, Now.AddMinutes(-14), null, "Orders fail", service, objective, null, null, null);

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
