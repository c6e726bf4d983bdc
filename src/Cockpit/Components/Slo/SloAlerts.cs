using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Alerting;
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
