using Cockpit.Domain.Alerts;
using Cockpit.Domain.Health;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>How an objective stands, as colour and word, on every screen and for programs.</summary>
public static class ObjectiveStanding
{
    /// <summary>Below this share of the budget an objective is worth a look although nothing burns.</summary>
    public const double LittleLeft = 0.25;

    /// <summary>A budget that ends sooner than this at its pace is worth a look.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>Colour and word.</summary>
    public static (HealthStatus Status, string Word) Of(ObjectiveState state)
    {
        var budget = state.Assessment.Raw;
        if (state.Facts.UnmeasurableBecause is not null) return (HealthStatus.NotConfigured, "Not measured");
        if (!state.IsKnown) return (HealthStatus.Unknown, "Unknown");
        if (budget.State == BudgetState.NoTraffic) return (HealthStatus.Unknown, "No traffic");
        if (state is { IsFiring: true, Alert.Severity: Severity.P1 }) return (HealthStatus.Bad, "Burns fast");
        if (budget.State == BudgetState.Exhausted)
            return state.Assessment.Adjusted.State == BudgetState.Exhausted ? (HealthStatus.Bad, "Spent") : (HealthStatus.Warn, "Spent by maintenance");
        if (state.IsFiring) return (HealthStatus.Warn, "Burns");
        if (state.Assessment.Exhaustion is Exhaustion.Expected expected && expected.In < Soon) return (HealthStatus.Warn, "Runs out");
        return budget.RemainingShare < LittleLeft ? (HealthStatus.Warn, "Little left") : (HealthStatus.Good, "Holds");
    }
}
