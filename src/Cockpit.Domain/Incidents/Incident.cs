using System.Collections.Immutable;
using Cockpit.Domain.Alerts;

namespace Cockpit.Domain.Incidents;

/// <summary>An incident, folded from its events. Immutable.</summary>
/// <param name="Id">Its number as text; what people call it.</param>
/// <param name="Opening">How it began.</param>
/// <param name="OpenedAt">When the cockpit opened it.</param>
public sealed partial record Incident(string Id, IncidentEvent.Opened Opening, DateTimeOffset OpenedAt)
{
    /// <summary>For how long alerts that come back open a resolved incident again rather than a new one.</summary>
    public static readonly TimeSpan ReopensWithin = TimeSpan.FromMinutes(30);

    /// <summary>What is wrong.</summary>
    public string Title { get; init; } = Opening.Title;

    /// <summary>How urgent it is.</summary>
    public Severity Severity { get; init; } = Opening.Severity;

    /// <summary>Where the severity comes from.</summary>
    public string SeverityBecause { get; init; } = Opening.Because;

    /// <summary>Where it stands.</summary>
    public IncidentState State { get; init; } = IncidentState.Triggered;

    /// <summary>Time to acknowledge.</summary>
    public TimeSpan AcknowledgeWithin { get; init; } = Opening.AcknowledgeWithin;

    /// <summary>Time to the first response.</summary>
    public TimeSpan RespondWithin { get; init; } = Opening.RespondWithin;

    /// <summary>True when it was declared major.</summary>
    public bool IsMajor { get; init; }

    /// <summary>Id and name of whoever is on it; null when nobody is.</summary>
    public (string Id, string Name)? AcknowledgedBy { get; init; }

    /// <summary>When it was first acknowledged; null before.</summary>
    public DateTimeOffset? FirstAcknowledgedAt { get; init; }

    /// <summary>When it was last acknowledged; null before.</summary>
    public DateTimeOffset? LastAcknowledgedAt { get; init; }

    /// <summary>When users stopped feeling it; null before.</summary>
    public DateTimeOffset? MitigatedAt { get; init; }

    /// <summary>When it was over; null before.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What was left of the budgets when it was over; empty before.</summary>
    public ImmutableArray<BudgetMark> BudgetsAfter { get; init; } = [];

    /// <summary>Id of the incident that it goes on in; null when it stands alone.</summary>
    public string? MergedInto { get; init; }

    /// <summary>Names of those who took a part.</summary>
    public ImmutableSortedDictionary<IncidentRole, string> Parts { get; init; } = ImmutableSortedDictionary<IncidentRole, string>.Empty;

    /// <summary>Its alerts by fingerprint.</summary>
    public ImmutableDictionary<string, IncidentAlert> Alerts { get; init; } = ImmutableDictionary.Create<string, IncidentAlert>(StringComparer.Ordinal);

    /// <summary>How many of its alerts fire.</summary>
    public int Firing { get; init; }

    /// <summary>Alerts that the sender held back, as of the last delivery.</summary>
    public long Truncated { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public ImmutableArray<TimelineEntry> Timeline { get; init; } = [];

    /// <summary>Who was asked to come, oldest first.</summary>
    public ImmutableArray<Page> Pages { get; init; } = [];

    /// <summary>What became of the messages, by key.</summary>
    public ImmutableDictionary<string, Delivery> Deliveries { get; init; } = ImmutableDictionary.Create<string, Delivery>(StringComparer.Ordinal);

    /// <summary>Actions that were run meanwhile, oldest first.</summary>
    public ImmutableArray<IncidentAction> Actions { get; init; } = [];

    /// <summary>Ids of incidents that have to do with it.</summary>
    public ImmutableSortedSet<string> Links { get; init; } = ImmutableSortedSet.Create<string>(StringComparer.Ordinal);

    /// <summary>The review; null before it was first written.</summary>
    public string? Review { get; init; }

    /// <summary>The last thing that counts as progress; what silence is counted from.</summary>
    public DateTimeOffset SilentSince { get; init; } = OpenedAt;

    /// <summary>Timers that have fired since then.</summary>
    public ImmutableHashSet<string> Fired { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Highest level that was asked.</summary>
    public int Level { get; init; }

    /// <summary>Steps that were passed over since then, by timer.</summary>
    public ImmutableHashSet<string> Skipped { get; init; } = ImmutableHashSet.Create<string>(StringComparer.Ordinal);

    /// <summary>Events of its own stream that were folded: the version to write after.</summary>
    public long Version { get; init; }

    /// <summary>True until it is resolved.</summary>
    public bool IsOpen => State is IncidentState.Triggered or IncidentState.Acknowledged or IncidentState.Mitigated;

    /// <summary>True while silence is paged.</summary>
    public bool IsWatched => State is IncidentState.Triggered or IncidentState.Acknowledged;

    /// <summary>When the trouble began: the earliest plausible start of an alert, else when it was opened.</summary>
    public DateTimeOffset StartedAt { get; init; } = OpenedAt;

    /// <summary>What to do about it first; null when the catalog names no card.</summary>
    public string? Card => Opening.Card;

    /// <summary>Changes before it began, related ones first, then the latest first.</summary>
    public ImmutableArray<RelatedChange> Changes => Opening.Changes;

    /// <summary>Changes since it began, in the order in which they were seen.</summary>
    public ImmutableArray<RelatedChange> ChangedMeanwhile { get; init; } = [];

    /// <summary>By when somebody must have acknowledged; null when somebody has or nobody need.</summary>
    public DateTimeOffset? AcknowledgeBy => State == IncidentState.Triggered ? SilentSince + AcknowledgeWithin : null;

    /// <summary>Where it stands, as a sentence fragment.</summary>
    public string StateText => State switch
    {
        IncidentState.Triggered when FirstAcknowledgedAt is not null => "not acknowledged any more",
        IncidentState.Triggered => "not acknowledged",
        IncidentState.Acknowledged => $"acknowledged by {AcknowledgedBy?.Name ?? "somebody"}",
        IncidentState.Mitigated => "mitigated",
        IncidentState.Resolved => "resolved",
        IncidentState.Reviewed => "resolved and reviewed",
        _ => $"goes on as {MergedInto}",
    };
}
