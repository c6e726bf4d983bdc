using System.Collections.Immutable;
using Cockpit.Domain.Maintenance;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>The past of one objective, for charts. Computed when asked: call it from a page that shows it, not from a loop.</summary>
public interface IObjectiveHistory
{
    /// <summary>The past of an objective; null when there is none of that key.</summary>
    /// <param name="key">The objective's key, <see cref="ObjectiveFacts.Key"/>.</param>
    ObjectiveHistory? BurnDown(string key);
}

/// <summary>The past of one objective.</summary>
/// <param name="Key">The objective's key.</param>
/// <param name="Period">The budget's period; a rolling one ends now.</param>
/// <param name="Budget">
/// Budget left over the period, oldest first, one point an hour and one now: 100 % less what was consumed between the period's start and
/// each point. A period that begins with bad events does not begin at 100 %.
/// </param>
/// <param name="Counts">Good and total events (or slices) of the period, an hour a step.</param>
/// <param name="Recent">Good and total events (or slices) of the last six hours, a minute a step.</param>
/// <param name="Burns">Burn rates of the last three days, one trace a tier that applies, a point every five minutes.</param>
/// <param name="Exclusions">Planned maintenance that touches the period: what of it is taken out of the budget, and why not more.</param>
/// <param name="FirstSampleAt">When counting began; the period before it is unknown, not good.</param>
/// <param name="SimulatedUntil">Everything before this instant was generated, not measured; null when nothing was.</param>
public sealed record ObjectiveHistory(
    string Key, Period Period, ImmutableArray<BudgetPoint> Budget, ImmutableArray<HistoryStep> Counts, ImmutableArray<HistoryStep> Recent,
    ImmutableArray<BurnTrace> Burns, ImmutableArray<Exclusion> Exclusions, DateTimeOffset? FirstSampleAt, DateTimeOffset? SimulatedUntil);

/// <summary>Burn rates of one tier over time.</summary>
/// <param name="Tier">The tier, with the factor to draw as its threshold.</param>
/// <param name="Points">Oldest first.</param>
public sealed record BurnTrace(BurnRateTier Tier, ImmutableArray<BurnPoint> Points);

/// <summary>Burn rates of a tier's two windows that end at an instant.</summary>
/// <param name="At">The instant.</param>
/// <param name="Long">Over the long window; null without traffic.</param>
/// <param name="Short">Over the short window; null without traffic.</param>
public sealed record BurnPoint(DateTimeOffset At, double? Long, double? Short);
