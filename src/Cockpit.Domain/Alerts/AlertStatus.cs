using System.Collections.Immutable;

namespace Cockpit.Domain.Alerts;

/// <summary>One alert of a rule.</summary>
/// <param name="Rule">The rule's name.</param>
/// <param name="Labels">The element's labels with the rule's own laid over them, without the metric name: the alert's identity.</param>
/// <param name="Severity">Its severity; null when its labels name none that is known.</param>
/// <param name="Progress">Where it stands.</param>
/// <param name="Value">The figure last seen; null when the last answer had none for it.</param>
public sealed record Alert(string Rule, LabelSet Labels, Severity? Severity, AlertProgress Progress, double? Value);

/// <summary>A rule and its alerts at one evaluation.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Alerts">Its alerts that are pending, firing or resolved a short while ago, ordered by labels; empty when nothing is wrong
/// or nothing is known.</param>
/// <param name="UnknownBecause">Why the alerts stand as they stood before; null when the query answered.</param>
/// <param name="EvaluatedAt">When it was evaluated.</param>
public sealed record AlertStatus(AlertRule Rule, ImmutableArray<Alert> Alerts, string? UnknownBecause, DateTimeOffset EvaluatedAt)
{
    /// <summary>A rule that was never evaluated.</summary>
    public static AlertStatus NeverEvaluated(AlertRule rule) => new(rule, [], "not evaluated yet", DateTimeOffset.MinValue);

    /// <summary>The worst phase of its alerts, firing before pending before resolved.</summary>
    public AlertPhase Phase =>
        Has(AlertPhase.Firing) ? AlertPhase.Firing
        : Has(AlertPhase.Pending) ? AlertPhase.Pending
        : Has(AlertPhase.Resolved) ? AlertPhase.Resolved
        : AlertPhase.Inactive;

    /// <summary>The rule's status after one more reading.</summary>
    /// <remarks>Two elements with the same labels cannot be told apart: such an answer counts as none.</remarks>
    public AlertStatus Next(AlertReading reading, DateTimeOffset now) => reading switch
    {
        AlertReading.Answered answered => After(answered.Figures, now),
        AlertReading.Missing missing => Hold(missing.Why, now),
        _ => throw new ArgumentOutOfRangeException(nameof(reading), reading, "No such reading."),
    };

    /// <inheritdoc/>
    public bool Equals(AlertStatus? other) =>
        other is not null && Rule == other.Rule && UnknownBecause == other.UnknownBecause && EvaluatedAt == other.EvaluatedAt
        && Alerts.SequenceEqual(other.Alerts);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Rule.Name, EvaluatedAt, Alerts.Length);

    private AlertStatus After(ImmutableArray<LabelledValue> figures, DateTimeOffset now)
    {
        var found = new Dictionary<LabelSet, double>();
        foreach (var figure in figures)
            if (!found.TryAdd(IdentityOf(figure.Labels), figure.Value))
                return Hold("the source answered with two figures for the same labels", now);

        var known = Alerts.ToDictionary(alert => alert.Labels);
        var next = found.Keys.Union(known.Keys)
            .Select(labels => Advance(labels, known.GetValueOrDefault(labels), found.TryGetValue(labels, out var value) ? value : null, now))
            .Where(alert => alert.Progress.Phase != AlertPhase.Inactive)
            .OrderBy(alert => alert.Labels.ToString(), StringComparer.Ordinal);
        return new AlertStatus(Rule, [.. next], null, now);
    }

    private Alert Advance(LabelSet labels, Alert? before, double? value, DateTimeOffset now)
    {
        var holds = value is { } figure && (Rule.Condition is null || Rule.Condition.Holds(figure));
        var progress = (before?.Progress ?? AlertProgress.Inactive).Next(holds, Rule.For, Rule.KeepFiringFor, now);
        return new Alert(Rule.Name, labels, Severities.FromLabel(labels["severity"]), progress, value);
    }

    private AlertStatus Hold(string why, DateTimeOffset now) => this with
    {
        UnknownBecause = why,
        EvaluatedAt = now,
        Alerts =
        [
            .. Alerts.Select(alert => alert with { Progress = alert.Progress.Next(null, Rule.For, Rule.KeepFiringFor, now) })
                .Where(alert => alert.Progress.Phase != AlertPhase.Inactive),
        ],
    };

    private LabelSet IdentityOf(LabelSet element) => element.Without("__name__").With(Rule.Labels).With(new LabelSet(("alertname", Rule.Name)));

    private bool Has(AlertPhase phase) => Alerts.Any(alert => alert.Progress.Phase == phase);
}
