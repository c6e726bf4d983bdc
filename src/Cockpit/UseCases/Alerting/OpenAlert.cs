using Cockpit.Domain.Alerts;

namespace Cockpit.UseCases.Alerting;

/// <summary>An alert as a person reads it.</summary>
/// <param name="Id">The same as long as it is the same alert: its labels, or the objective and tier.</param>
/// <param name="Name">The rule's name, or <c>ErrorBudgetBurn</c>.</param>
/// <param name="Labels">What identifies it.</param>
/// <param name="Phase">Pending, firing or resolved.</param>
/// <param name="Severity">P1 or P2; null when its labels name none that is known.</param>
/// <param name="Since">When it began to fire, or, while pending, when its condition began to hold.</param>
/// <param name="ResolvedAt">When it was resolved; null before.</param>
/// <param name="Summary">What is wrong, as a sentence without its full stop.</param>
/// <param name="Service">Id of the service it speaks of; null when it names none.</param>
/// <param name="ObjectiveKey">The objective whose budget burns; null for an alert of a rule.</param>
/// <param name="Card">Id of the quick-action card that fits; null when none is named.</param>
/// <param name="Runbook">Id of the runbook that fits; null when none is named.</param>
/// <param name="HeldBecause">Why it stands as it stood, when its condition cannot be told now; null when it can.</param>
public sealed record OpenAlert(
    string Id, string Name, LabelSet Labels, AlertPhase Phase, Severity? Severity, DateTimeOffset Since, DateTimeOffset? ResolvedAt,
    string Summary, string? Service, string? ObjectiveKey, string? Card, string? Runbook, string? HeldBecause);
