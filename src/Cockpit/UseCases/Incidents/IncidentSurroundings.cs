using System.Collections.Immutable;
using Cockpit.Catalog;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Incidents;
using Cockpit.Domain.OnCall;
using Cockpit.Domain.Runbooks;
using Cockpit.Live;

namespace Cockpit.UseCases.Incidents;

/// <summary>How urgent something is, and why.</summary>
/// <param name="Severity">The severity.</param>
/// <param name="Because">Where it comes from, as a sentence without its full stop.</param>
/// <param name="AcknowledgeWithin">Time to acknowledge.</param>
/// <param name="RespondWithin">Time to the first response.</param>
public sealed record Urgency(Severity Severity, string Because, TimeSpan AcknowledgeWithin, TimeSpan RespondWithin);

/// <summary>What an incident takes from its surroundings at the moment: catalog, live figures, changes, budgets.</summary>
public sealed class IncidentSurroundings(PlatformCatalog catalog, SnapshotFeed feed, TimeProvider clock)
{
    private const int MostChanges = 12;
    private const int MostMeanwhile = 100;

    private static readonly TimeSpan Lately = TimeSpan.FromHours(2);
    private static readonly SeverityRule Fallback = new("P2", "High", null, TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(15), null);

    /// <summary>How urgent an alert makes an incident: as its runbook says where there is one, else as its label says.</summary>
    public Urgency UrgencyOf(AlertSighting alert)
    {
        var board = feed.Current.Health?.Board;
        if (RunbookOf(alert) is { Severities.IsEmpty: false } runbook)
        {
            var met = runbook.Severities.FirstOrDefault(each =>
                each.When is null || (board?[each.When.Signal].Fresh is { } value && each.When.HoldsAt(value)));
            var labelled = met ?? runbook.Severities.FirstOrDefault(each => each.Severity == alert.Severity?.ToString()) ?? runbook.Severities[^1];
            var severity = Enum.Parse<Severity>(labelled.Severity);
            var why = met?.When is { } when ? $"runbook “{runbook.Title}”: {when.Label}"
                : met is not null ? $"runbook “{runbook.Title}”"
                : $"runbook “{runbook.Title}”; its figures cannot be told now";
            return With(severity, why, labelled.RespondWithin);
        }

        if (alert.Severity is { } named) return With(named, $"alert {alert.Name}", null);
        return alert.Labels.GetValueOrDefault("severity") is { } word
            ? With(Severity.P2, $"the severity “{word}” is not known, so it is taken for P2", null)
            : With(Severity.P2, "the alert names no severity, so it is taken for P2", null);
    }

    /// <summary>The times of a severity that a person chose.</summary>
    public Urgency With(Severity severity, string because, TimeSpan? respondWithin)
    {
        var rule = catalog.Escalation?.Severity(severity.ToString()) ?? Fallback;
        var respond = respondWithin ?? rule.RespondWithin;
        return new Urgency(severity, because, rule.AcknowledgeWithin < respond ? rule.AcknowledgeWithin : respond, respond);
    }

    /// <summary>The catalog's own words about an alert, where its sender left them out.</summary>
    public AlertSighting Complete(AlertSighting alert)
    {
        var rule = catalog.Alerts.FirstOrDefault(rule => rule.Name == alert.Name);
        var card = alert.Card ?? rule?.Annotations.GetValueOrDefault("card");
        var runbook = alert.Runbook ?? rule?.Annotations.GetValueOrDefault("runbook");
        return alert with
        {
            Card = card is not null && catalog.Card(card) is not null ? card : null,
            Runbook = runbook is not null && catalog.Runbook(runbook) is not null ? runbook : null,
            Service = alert.Service ?? rule?.Labels.GetValueOrDefault("service"),
            Severity = alert.Severity ?? Severities.FromLabel(rule?.Labels.GetValueOrDefault("severity")),
        };
    }

    /// <summary>Id of the row of the escalation matrix that fits a card.</summary>
    public string? ScenarioOf(string? card) => card is null ? null : catalog.Card(card)?.EscalationScenario;

    /// <summary>Who is asked about an incident as time goes by; null when the catalog has no escalation.</summary>
    public EscalationPolicy? PolicyFor(Incident incident) =>
        catalog.Escalation is { } plan ? EscalationPolicy.For(plan, incident.Opening.Scenario, incident.Severity) : null;

    /// <summary>What changed lately, what touches the services first, then the latest first.</summary>
    public ImmutableArray<RelatedChange> ChangesFor(ImmutableArray<string> services, string? card)
    {
        var now = clock.GetUtcNow();
        var subjects = services.Concat(card is null ? [] : catalog.Card(card)?.Services ?? []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. (feed.Current.Health?.Changes ?? []).Where(change => now - change.At < Lately && !change.What.StartsWith('“'))
                .Select(change => new RelatedChange(change.At, change.Subject, change.What, subjects.Contains(change.Subject)))
                .OrderByDescending(change => change.Related).ThenByDescending(change => change.At).Take(MostChanges),
        ];
    }

    /// <summary>What changed since an incident began and does not stand in it yet, the earliest first. Beyond a limit an incident takes no more.</summary>
    public ImmutableArray<RelatedChange> ChangesSince(Incident incident)
    {
        var subjects = incident.Opening.Services.Concat(incident.Card is { } card ? catalog.Card(card)?.Services ?? [] : []).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var known = incident.Changes.Concat(incident.ChangedMeanwhile).Select(change => (change.At, change.Subject, change.What)).ToHashSet();
        return
        [
            .. (feed.Current.Health?.Changes ?? [])
                .Where(change => change.At >= incident.OpenedAt && !change.What.StartsWith('“') && !known.Contains((change.At, change.Subject, change.What)))
                .OrderBy(change => change.At).Take(Math.Max(0, MostMeanwhile - incident.ChangedMeanwhile.Length))
                .Select(change => new RelatedChange(change.At, change.Subject, change.What, subjects.Contains(change.Subject))),
        ];
    }

    /// <summary>What is left of the error budgets of the services' objectives.</summary>
    public ImmutableArray<BudgetMark> BudgetsFor(ImmutableArray<string> services) =>
    [
        .. feed.Current.Objectives.Objectives
            .Where(objective => objective.IsKnown && services.Contains(objective.Facts.Slo.Service))
            .Select(objective => new BudgetMark(objective.Facts.Title, objective.Assessment.Raw.RemainingShare)),
    ];

    /// <summary>Until when changes count as having come before.</summary>
    public static TimeSpan ChangesCountFor => Lately;

    private Runbook? RunbookOf(AlertSighting alert) => alert.Runbook is { } id ? catalog.Runbook(id) : null;
}
