using Cockpit.Domain.Executions;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.OnCall;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Escalating;

/// <summary>
/// Looks at every open incident once a second and records whom silence wakes. What is due follows from what is stored alone, and it is written
/// after just the version it was decided on: no timer fires twice, and none is lost by a restart.
/// </summary>
public sealed partial class EscalationSupervisor(
    ILeadership leadership, IncidentBook book, IncidentSurroundings surroundings, OnCallBook onCall, IEventStore store, LedgerReader ledger,
    TimeProvider clock, ILogger<EscalationSupervisor> logger) : LeaderLoop(leadership, clock, logger)
{
    private long _lastRound;

    /// <summary>When this instance last looked at every incident; null when it has not, or does not lead.</summary>
    public DateTimeOffset? LastRoundAt => Interlocked.Read(ref _lastRound) is > 0 and var ticks ? new DateTimeOffset(ticks, TimeSpan.Zero) : null;

    protected override Task RoundAsync(CancellationToken cancellationToken) => EscalateAsync(cancellationToken);

    /// <summary>Looks at every open incident once.</summary>
    internal async Task EscalateAsync(CancellationToken cancellationToken)
    {
        // A leader that has not read what was recorded before it would decide on an old state and be refused; so it waits.
        await ledger.ReachedAsync((await store.ReadHeadAsync(cancellationToken)).Position, cancellationToken);
        foreach (var incident in book.Open)
        {
            try
            {
                if (surroundings.PolicyFor(incident) is not { } policy) continue;
                var due = Escalation.Due(incident, policy, onCall.Schedule, Clock.GetUtcNow());
                if (due.IsEmpty) continue;
                await store.AppendAsync(IncidentLedger.StreamOf(incident.Id), incident.Version,
                    [.. due.Select(fact => IncidentLedger.Write(fact, Actor.System))], cancellationToken);
            }
            catch (Exception exception) when (exception is not (StorageUnavailableException or OperationCanceledException))
            {
                OneFailed(logger, exception, incident.Id);
            }
        }

        Interlocked.Exchange(ref _lastRound, Clock.GetUtcNow().UtcTicks);
    }

    [LoggerMessage(2, LogLevel.Error, "Incident {Incident} cannot be escalated; the others are")]
    private static partial void OneFailed(ILogger logger, Exception exception, string incident);
}
