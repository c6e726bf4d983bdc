using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.OnCall;

namespace Cockpit.Domain.Incidents;

/// <summary>A fact about an incident. The stream of them is the incident; nothing else is stored.</summary>
public abstract record IncidentEvent
{
    private IncidentEvent() { }

    /// <summary>It began.</summary>
    /// <param name="Title">What is wrong, as a sentence without its full stop.</param>
    /// <param name="Severity">How urgent it is.</param>
    /// <param name="Because">Where that severity comes from, as a sentence without its full stop.</param>
    /// <param name="Source">Who told: Alertmanager, the estate, the cockpit, a person.</param>
    /// <param name="GroupKey">Key under which further alerts join it; null for a declared one.</param>
    /// <param name="Services">Ids of the services concerned.</param>
    /// <param name="Card">Id of the card that fits; null when none is known.</param>
    /// <param name="Runbook">Id of the runbook that fits; null when none is known.</param>
    /// <param name="Scenario">Id of the row of the escalation matrix by scenario; null when none fits.</param>
    /// <param name="AcknowledgeWithin">Time to acknowledge.</param>
    /// <param name="RespondWithin">Time to the first response.</param>
    /// <param name="Changes">What changed shortly before, related ones first.</param>
    /// <param name="Budgets">What was left of the concerned objectives' budgets.</param>
    /// <param name="IsStorm">True when it holds together what would have been too many incidents.</param>
    public sealed record Opened(
        string Title, Severity Severity, string Because, string Source, string? GroupKey, ImmutableArray<string> Services, string? Card,
        string? Runbook, string? Scenario, TimeSpan AcknowledgeWithin, TimeSpan RespondWithin, ImmutableArray<RelatedChange> Changes,
        ImmutableArray<BudgetMark> Budgets, bool IsStorm) : IncidentEvent;

    /// <summary>Alerts joined or changed.</summary>
    /// <param name="Alerts">Those of which something new was heard.</param>
    /// <param name="Truncated">Alerts that the sender held back.</param>
    public sealed record AlertsSeen(ImmutableArray<AlertSighting> Alerts, long Truncated) : IncidentEvent;

    /// <summary>Something changed on the platform while it was open.</summary>
    public sealed record ChangesSeen(ImmutableArray<RelatedChange> Changes) : IncidentEvent;

    /// <summary>It is more or less urgent than thought.</summary>
    public sealed record SeverityChanged(Severity Severity, string Because, TimeSpan AcknowledgeWithin, TimeSpan RespondWithin) : IncidentEvent;

    /// <summary>Somebody is on it.</summary>
    /// <param name="Way">How they said so.</param>
    public sealed record Acknowledged(string Way) : IncidentEvent;

    /// <summary>Whoever was on it fell silent: it counts as not acknowledged again.</summary>
    /// <param name="Timer">The timer that fired.</param>
    /// <param name="Who">Who fell silent, by name.</param>
    /// <param name="SilentFor">For how long.</param>
    public sealed record AcknowledgementLapsed(string Timer, string Who, TimeSpan SilentFor) : IncidentEvent;

    /// <summary>Users no longer feel it.</summary>
    public sealed record Mitigated(string? Note) : IncidentEvent;

    /// <summary>It is over.</summary>
    /// <param name="Note">What a person said; null when the alerts ended by themselves.</param>
    /// <param name="Budgets">What is left of the concerned objectives' budgets.</param>
    public sealed record Resolved(string? Note, ImmutableArray<BudgetMark> Budgets) : IncidentEvent;

    /// <summary>It was not over.</summary>
    public sealed record Reopened(string Because) : IncidentEvent;

    /// <summary>It is written up.</summary>
    /// <param name="Markdown">The review as it now reads.</param>
    /// <param name="Final">True when the incident counts as reviewed from here on.</param>
    public sealed record ReviewWritten(string Markdown, bool Final) : IncidentEvent;

    /// <summary>Somebody takes a part.</summary>
    /// <param name="Part">Which.</param>
    /// <param name="Person">Their id.</param>
    /// <param name="Name">Their name.</param>
    public sealed record PartTaken(IncidentRole Part, string Person, string Name) : IncidentEvent;

    /// <summary>Somebody wrote something down.</summary>
    public sealed record NoteAdded(string Text) : IncidentEvent;

    /// <summary>Somebody did a step by hand.</summary>
    public sealed record StepDone(string Step) : IncidentEvent;

    /// <summary>It is a major incident.</summary>
    public sealed record DeclaredMajor(string Because) : IncidentEvent;

    /// <summary>Somebody is asked to come. Stored before any message goes out.</summary>
    /// <param name="Timer">The timer that fired; null when a person asked.</param>
    /// <param name="Level">Level of the policy.</param>
    /// <param name="Role">Title of the role.</param>
    /// <param name="Person">Id of the person.</param>
    /// <param name="PersonName">The person's name.</param>
    /// <param name="Why">Why now.</param>
    /// <param name="Duties">What they are asked to do.</param>
    public sealed record Paged(
        string? Timer, int Level, string Role, string Person, string PersonName, string Why, ImmutableArray<string> Duties) : IncidentEvent;

    /// <summary>Nobody stands behind a step: it is passed over at once.</summary>
    public sealed record StepSkipped(string Timer, int Level, string Role, string Because) : IncidentEvent;

    /// <summary>Everybody was asked and nobody answered.</summary>
    /// <param name="Timer">The timer that fired.</param>
    /// <param name="Text">What happens now.</param>
    public sealed record Exhausted(string Timer, string Text) : IncidentEvent;

    /// <summary>A message to somebody went out, or did not.</summary>
    /// <param name="Key">What deduplicates it.</param>
    /// <param name="Page">Number of the page.</param>
    /// <param name="Person">Id of the person.</param>
    /// <param name="Channel">The way.</param>
    /// <param name="Outcome">What became of it.</param>
    /// <param name="Attempt">From 1.</param>
    /// <param name="Detail">The provider's words.</param>
    /// <param name="After">How long the provider wants to be left alone; null when it said nothing.</param>
    public sealed record Notified(
        string Key, int Page, string Person, ContactChannel Channel, DeliveryOutcome Outcome, int Attempt, string Detail, TimeSpan? After = null) : IncidentEvent;

    /// <summary>It goes on as part of another.</summary>
    public sealed record MergedInto(string Incident) : IncidentEvent;

    /// <summary>Another goes on as part of this one.</summary>
    /// <param name="Incident">The other's id.</param>
    /// <param name="Alerts">Its alerts.</param>
    public sealed record TookOver(string Incident, ImmutableArray<AlertSighting> Alerts) : IncidentEvent;

    /// <summary>Some of its alerts are another incident now.</summary>
    public sealed record SplitOff(string Incident, ImmutableArray<string> Fingerprints) : IncidentEvent;

    /// <summary>Another incident has to do with it.</summary>
    public sealed record Linked(string Incident, string Why) : IncidentEvent;
}
