using System.Collections.Immutable;
using Cockpit.Domain.Alerts;

namespace Cockpit.Domain.Incidents;

/// <summary>An alert as it was told to the cockpit once.</summary>
/// <param name="Fingerprint">What identifies it; never empty.</param>
/// <param name="Name">Its rule's name, or a stand-in that says that it has none.</param>
/// <param name="Firing">False when it was told to be over.</param>
/// <param name="Labels">Its labels, cut to a sane size.</param>
/// <param name="Summary">What is wrong, as a sentence without its full stop.</param>
/// <param name="Severity">What its label says; null when it says nothing that is known.</param>
/// <param name="Service">Id of the service it speaks of; null when it names none.</param>
/// <param name="Card">Id of the card that fits; null when none is named.</param>
/// <param name="Runbook">Id of the runbook that fits; null when none is named.</param>
/// <param name="StartedAt">When it began by the sender's clock; null when that makes no sense.</param>
/// <param name="EndedAt">When it ended by the sender's clock; null while it fires or when that makes no sense.</param>
/// <param name="Problem">What in it could not be understood; null when everything could.</param>
public sealed record AlertSighting(
    string Fingerprint, string Name, bool Firing, ImmutableSortedDictionary<string, string> Labels, string Summary, Severity? Severity,
    string? Service, string? Card, string? Runbook, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, string? Problem);

/// <summary>An alert as an incident remembers it.</summary>
/// <param name="Fingerprint">What identifies it.</param>
/// <param name="Name">Its rule's name.</param>
/// <param name="Summary">What is wrong.</param>
/// <param name="Severity">What its label says; null when that is not known.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="Firing">Whether it fires.</param>
/// <param name="StartedAt">When it began by the sender's clock; null when unknown.</param>
/// <param name="SeenAt">When the cockpit first heard of it.</param>
/// <param name="ChangedAt">When the cockpit last heard something new of it.</param>
public sealed record IncidentAlert(
    string Fingerprint, string Name, string Summary, Severity? Severity, ImmutableSortedDictionary<string, string> Labels, bool Firing,
    DateTimeOffset? StartedAt, DateTimeOffset SeenAt, DateTimeOffset ChangedAt)
{
    /// <summary>How long after its end an alert that is told to have begun at the same instant is taken for one that arrives late.</summary>
    public static readonly TimeSpan LateWithin = TimeSpan.FromSeconds(30);

    /// <summary>Whether a sighting says something new about it.</summary>
    /// <remarks>
    /// Deliveries overtake one another: firing that arrives just after the end of the very same episode is old news. Later it is taken at its
    /// word, because a monitoring server that was away tells of the same episode again.
    /// </remarks>
    public bool IsNews(AlertSighting sighting, DateTimeOffset now)
    {
        if (sighting.Firing == Firing) return false;
        return !sighting.Firing || sighting.StartedAt is null || sighting.StartedAt != StartedAt || now - ChangedAt >= LateWithin;
    }
}
