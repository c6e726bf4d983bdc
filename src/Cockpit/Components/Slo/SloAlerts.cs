using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Impact;
using Cockpit.Domain.Incidents;
using Cockpit.UseCases.Alerting;
using Cockpit.UseCases.Incidents;
using Cockpit.UseCases.Objectives;

namespace Cockpit.Components.Slo;

/// <summary>Alerts beside an objective.</summary>
public static class SloAlerts
{
    /// <summary>Its own burns first, then what else is wrong with its service.</summary>
    public static ImmutableArray<OpenAlert> Of(ObjectiveState state, ObjectivesState all) =>
    [
        .. all.Alerts.Where(alert => alert.ObjectiveKey == state.Key),
        .. all.Alerts.Where(alert => alert.ObjectiveKey is null && alert.Service == state.Facts.Slo.Service),
    ];

    /// <summary>This month's outages of its service, or of every service for the platform's availability.</summary>
    public static IEnumerable<Outage> OutagesOf(ObjectiveState state, ObjectivesState all) =>
        (all.Executive.Revenue?.Outages ?? []).Where(outage => outage.Cause == state.Facts.ServiceTitle || state.Key == all.Month?.PlatformAvailability?.Key);

    /// <summary>Incidents of its service, or of every service for the platform's availability, the newest first.</summary>
    public static ImmutableArray<Incident> IncidentsOf(ObjectiveState state, ObjectivesState all, ImmutableArray<IncidentStanding> incidents) =>
    [
        .. incidents.Select(standing => standing.Incident).Where(incident => incident.State != IncidentState.Merged
            && (incident.Opening.Services.Contains(state.Facts.Slo.Service) || state.Key == all.Month?.PlatformAvailability?.Key)),
    ];

    public static HealthStatus Status(OpenAlert alert) => alert.Phase switch
    {
        AlertPhase.Firing => alert.Severity == Severity.P1 ? HealthStatus.Bad : HealthStatus.Warn,
        AlertPhase.Pending => HealthStatus.Warn,
        _ => HealthStatus.Good,
    };

    public static string Word(OpenAlert alert) => alert.Phase switch
    {
        AlertPhase.Firing => alert.Severity?.ToString() ?? "Fires",
        AlertPhase.Pending => "About to fire",
        _ => "Over",
    };
}
