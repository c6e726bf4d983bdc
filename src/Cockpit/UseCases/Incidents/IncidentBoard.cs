using System.Collections.Immutable;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.OnCall;

namespace Cockpit.UseCases.Incidents;

/// <summary>An incident and whom silence wakes next.</summary>
/// <param name="Incident">The incident.</param>
/// <param name="Next">The next page if nobody does anything; null when none will come.</param>
public sealed record IncidentStanding(Incident Incident, UpcomingPage? Next);

/// <summary>Incidents as screens show them.</summary>
public sealed class IncidentBoard(IncidentBook book, IncidentSurroundings surroundings, OnCallBook onCall, TimeProvider clock)
{
    private const int FinishedShown = 30;

    /// <summary>Every open incident and the latest that are over, the newest first.</summary>
    public ImmutableArray<IncidentStanding> Current =>
    [
        .. book.Recent.Where(incident => incident.IsOpen).Concat(book.Recent.Where(incident => !incident.IsOpen).Take(FinishedShown))
            .Select(StandingOf),
    ];

    /// <summary>One incident as it stands now; null when there is none of that id.</summary>
    public IncidentStanding? Find(string id) => book.Find(id) is { } incident ? StandingOf(incident) : null;

    private IncidentStanding StandingOf(Incident incident) => new(incident, surroundings.PolicyFor(incident) is { } policy
        ? Escalation.Next(incident, policy, onCall.Schedule, clock.GetUtcNow()) : null);
}
