using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Incidents;

/// <summary>
/// Writes into every open incident what changes on the platform meanwhile: what only a screen remembers is gone after a restart, and missing
/// from the review.
/// </summary>
public sealed class IncidentChanges(
    ILeadership leadership, IncidentBook book, IncidentSurroundings surroundings, IEventStore store, TimeProvider clock,
    ILogger<IncidentChanges> logger) : LeaderLoop(leadership, clock, logger)
{
    protected override Task RoundAsync(CancellationToken cancellationToken) => LookAsync(cancellationToken);

    /// <summary>Looks at every open incident once. Whoever was faster has changed its version: then the next look decides again.</summary>
    internal async Task LookAsync(CancellationToken cancellationToken)
    {
        foreach (var incident in book.Open)
            if (surroundings.ChangesSince(incident) is { IsEmpty: false } changes)
                await store.AppendAsync(IncidentLedger.StreamOf(incident.Id), incident.Version,
                    [IncidentLedger.Write(new IncidentEvent.ChangesSeen(changes), Actor.System)], cancellationToken);
    }
}
