using System.Collections.Immutable;
using Cockpit.Domain.OnCall;

namespace Cockpit.Domain.Incidents;

/// <summary>Where an incident stands.</summary>
public enum IncidentState
{
    /// <summary>Nobody has taken it yet, or whoever had fell silent.</summary>
    Triggered,

    /// <summary>Somebody is on it.</summary>
    Acknowledged,

    /// <summary>Users no longer feel it; the cause may remain. Nobody is paged.</summary>
    Mitigated,

    /// <summary>It is over.</summary>
    Resolved,

    /// <summary>It is over and written up.</summary>
    Reviewed,

    /// <summary>It goes on as part of another incident.</summary>
    Merged,
}

/// <summary>What somebody does in an incident.</summary>
public enum IncidentRole
{
    /// <summary>Decides.</summary>
    Commander,

    /// <summary>Works on it.</summary>
    Responder,

    /// <summary>Tells everybody else.</summary>
    Communications,
}

/// <summary>What became of one attempt to reach somebody.</summary>
public enum DeliveryOutcome
{
    /// <summary>The provider took it.</summary>
    Sent,

    /// <summary>It failed and is tried again.</summary>
    Failed,

    /// <summary>It failed for good.</summary>
    GaveUp,

    /// <summary>The configuration knows no way to reach this person there.</summary>
    NotConfigured,
}

/// <summary>Kind of an entry on the timeline; decides its sign.</summary>
public enum TimelineKind
{
    Alert,
    State,
    Page,
    Delivery,
    Action,
    Note,
    Change,
    Link,
}

/// <summary>Something that happened, for people.</summary>
/// <param name="At">When.</param>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Text">What, as a sentence without its full stop.</param>
/// <param name="By">Who did it, by name; null when nobody did.</param>
public sealed record TimelineEntry(DateTimeOffset At, TimelineKind Kind, string Text, string? By = null);

/// <summary>Somebody was asked to come.</summary>
/// <param name="Number">1, 2, 3 ... within the incident; part of what deduplicates its messages.</param>
/// <param name="At">When.</param>
/// <param name="Level">The level of the policy.</param>
/// <param name="Role">Title of the role that was asked.</param>
/// <param name="Person">Id of the person.</param>
/// <param name="PersonName">The person's name.</param>
/// <param name="Why">Why now, as a sentence without its full stop.</param>
/// <param name="Duties">What the person is asked to do there; empty when the level has none.</param>
public sealed record Page(
    int Number, DateTimeOffset At, int Level, string Role, string Person, string PersonName, string Why, ImmutableArray<string> Duties);

/// <summary>What became of the messages of one page on one way.</summary>
/// <param name="Key">What deduplicates it at the receiver; the same for every attempt.</param>
/// <param name="Page">Number of the page.</param>
/// <param name="Channel">The way.</param>
/// <param name="Outcome">What became of the last attempt.</param>
/// <param name="Attempts">How often it was tried.</param>
/// <param name="At">When it was last tried.</param>
/// <param name="LeaveAlone">How long the provider wants to be left alone after that; null when it said nothing.</param>
public sealed record Delivery(
    string Key, int Page, ContactChannel Channel, DeliveryOutcome Outcome, int Attempts, DateTimeOffset At, TimeSpan? LeaveAlone = null)
{
    /// <summary>True when nothing more will be tried.</summary>
    public bool IsFinal => Outcome != DeliveryOutcome.Failed;
}

/// <summary>Something that changed on the platform shortly before or during the incident.</summary>
/// <param name="At">When it was seen.</param>
/// <param name="Subject">What changed.</param>
/// <param name="What">How.</param>
/// <param name="Related">True when it touches a service of the incident.</param>
public sealed record RelatedChange(DateTimeOffset At, string Subject, string What, bool Related);

/// <summary>What was left of an objective's error budget at one moment.</summary>
/// <param name="Objective">The objective's title.</param>
/// <param name="Remaining">Share of the budget that was left; 1 is all of it, below 0 it was overspent.</param>
public sealed record BudgetMark(string Objective, double Remaining);

/// <summary>Somebody ran an action while the incident was open.</summary>
/// <param name="Execution">Id of the execution.</param>
/// <param name="At">When it was asked for.</param>
/// <param name="Title">The action as an imperative.</param>
/// <param name="By">Who, by name.</param>
public sealed record IncidentAction(string Execution, DateTimeOffset At, string Title, string By);
