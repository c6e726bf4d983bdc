using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Objectives;

namespace Cockpit.UseCases.Alerting;

/// <summary>Evaluates the rules round by round, and tells what they and the burning budgets say.</summary>
internal sealed class AlertRounds(ImmutableArray<PlannedRule> rules)
{
    public const string BurnName = "ErrorBudgetBurn";

    private ImmutableArray<AlertStatus> _statuses = [.. rules.Select(planned => AlertStatus.NeverEvaluated(planned.Rule))];

    public IEnumerable<string> Queries => rules.Select(planned => planned.Query);

    public ImmutableArray<RememberedAlert> Remembered =>
    [
        .. _statuses.SelectMany(status => status.Alerts.Select(alert =>
            new RememberedAlert(status.Rule.Name, alert.Labels.ToImmutableSortedDictionary(StringComparer.Ordinal), alert.Progress, alert.Value))),
    ];

    public ImmutableArray<UnknownRule> Unknown =>
        [.. _statuses.Where(status => status.UnknownBecause is not null).Select(status => new UnknownRule(status.Rule.Name, status.UnknownBecause!))];

    /// <summary>Alerts as they stood in the run before.</summary>
    public void Remember(ImmutableArray<RememberedAlert> remembered) => _statuses =
    [
        .. _statuses.Select(status => status with
        {
            Alerts =
            [
                .. remembered.Where(alert => alert.Rule == status.Rule.Name).Select(alert =>
                {
                    var labels = new LabelSet(alert.Labels);
                    return new Alert(alert.Rule, labels, Severities.FromLabel(labels["severity"]), alert.Progress, alert.Value);
                }),
            ],
        }),
    ];

    public void Take(SliRound round) => _statuses =
    [
        .. rules.Zip(_statuses, (planned, status) => status.Next(SliAnswers.Rule(round[planned.Query], planned.Rule.Condition is not null), round.At)),
    ];

    /// <summary>Every alert that is not quiet: firing first, then the most severe, then the oldest.</summary>
    public ImmutableArray<OpenAlert> Open(IEnumerable<ObjectiveState> objectives) =>
    [
        .. _statuses.SelectMany(OfRule).Concat(objectives.SelectMany(OfObjective))
            .OrderBy(alert => alert.Phase switch { AlertPhase.Firing => 0, AlertPhase.Pending => 1, _ => 2 })
            .ThenBy(alert => alert.Severity ?? (Severity)9)
            .ThenBy(alert => alert.Since)
            .ThenBy(alert => alert.Id, StringComparer.Ordinal),
    ];

    /// <summary>What speaks against green: a P1 of a rule or a page on a critical objective is red; a P2, another burn or an
    /// unknown critical objective is yellow.</summary>
    public static ImmutableArray<Concern> Concerns(ImmutableArray<OpenAlert> alerts, IReadOnlyCollection<ObjectiveState> objectives)
    {
        var firing = alerts.Where(alert => alert.Phase == AlertPhase.Firing).ToList();
        var rules = firing.Where(alert => alert.ObjectiveKey is null && alert.Severity is Severity.P1 or Severity.P2)
            .Select(alert => new Concern(alert.Severity == Severity.P1 ? OverallStatus.Red : OverallStatus.Yellow, alert.Summary));
        var burns = objectives.Where(objective => objective.IsFiring)
            .GroupBy(objective => objective.Facts.ServiceTitle)
            .Select(service => service.OrderBy(Weight).ThenByDescending(FastestBurn).First())
            .Select(worst => new Concern(Weight(worst) == 0 ? OverallStatus.Red : OverallStatus.Yellow, BurnSentence(worst)));
        var unknown = objectives.Where(objective => objective.Facts.IsCritical && !objective.IsKnown).ToList();
        IEnumerable<Concern> doubts = unknown switch
        {
            [] => [],
            [var only] => [new Concern(OverallStatus.Yellow, $"{only.Facts.Title} is unknown")],
            _ => [new Concern(OverallStatus.Yellow, FormattableString.Invariant($"{unknown.Count} critical objectives are unknown"))],
        };
        return [.. rules.Concat(burns).Concat(doubts).OrderByDescending(concern => concern.Weight).DistinctBy(concern => concern.Sentence)];
    }

    internal static string BurnSentence(ObjectiveState objective) => FastestBurn(objective) switch
    {
        >= 1.5 and var burn => FormattableString.Invariant($"{objective.Facts.ServiceTitle} burns its error budget {Math.Round(burn)} times too fast"),
        _ => $"{objective.Facts.ServiceTitle} burns its error budget too fast",
    };

    private static int Weight(ObjectiveState objective) => objective.Facts.IsCritical && objective.Alert?.Severity == Severity.P1 ? 0 : 1;

    private static double FastestBurn(ObjectiveState objective) =>
        objective.Assessment.Burns.Where(burn => burn.Progress.Phase == AlertPhase.Firing).Select(burn => burn.Long.Value ?? 0).DefaultIfEmpty(0).Max();

    private static IEnumerable<OpenAlert> OfRule(AlertStatus status) => status.Alerts.Select(alert => new OpenAlert(
        alert.Labels.ToString(), alert.Rule, alert.Labels, alert.Progress.Phase, alert.Severity,
        alert.Progress.FiringSince ?? alert.Progress.ActiveSince ?? status.EvaluatedAt, alert.Progress.ResolvedAt,
        AlertText.Fill(status.Rule.Annotations["summary"] ?? alert.Rule, alert.Labels, alert.Value),
        alert.Labels["service"], null, status.Rule.Annotations["card"], status.Rule.Annotations["runbook"], status.UnknownBecause));

    /// <summary>One alert an objective: its worst tier. Four tiers of one trouble are one trouble.</summary>
    private static IEnumerable<OpenAlert> OfObjective(ObjectiveState objective)
    {
        if (objective.Alert is not { } burn) yield break;
        var labels = new LabelSet(
            ("alertname", BurnName), ("slo", objective.Key), ("service", objective.Facts.Slo.Service),
            ("severity", burn.Severity == Severity.P1 ? "page" : "ticket"));
        yield return new OpenAlert(
            $"{BurnName}/{objective.Key}/{burn.Severity}", BurnName, labels, burn.Progress.Phase, burn.Severity,
            burn.Progress.FiringSince ?? burn.Progress.ActiveSince ?? objective.Assessment.AssessedAt, burn.Progress.ResolvedAt,
            $"{BurnSentence(objective)} ({objective.Facts.Title})", objective.Facts.Slo.Service, objective.Key, null, null, burn.UnknownBecause);
    }
}
