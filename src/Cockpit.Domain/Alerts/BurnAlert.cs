using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Alerts;

/// <summary>One tier of an objective's burn-rate policy at one evaluation.</summary>
/// <param name="Slo">The objective's id.</param>
/// <param name="Target">The target, which tells the objectives of one SLO apart.</param>
/// <param name="Tier">The tier.</param>
/// <param name="Long">Burn rate over its long window.</param>
/// <param name="Short">Burn rate over its short window.</param>
/// <param name="Events">Events in its long window.</param>
/// <param name="HasEnoughEvents">False when the long window holds fewer events than the policy's minimum; then the tier does not
/// burn.</param>
/// <param name="Progress">Where it stands.</param>
/// <param name="UnknownBecause">Why it stands as it stood before; null when the series is fresh.</param>
public sealed record BurnAlert(
    SloId Slo, Ratio Target, BurnRateTier Tier, BurnRate Long, BurnRate Short, double Events,
    bool HasEnoughEvents, AlertProgress Progress, string? UnknownBecause)
{
    /// <summary>A page is P1, a ticket P2.</summary>
    public Severity Severity => Severities.FromUrgency(Tier.Urgency);

    /// <summary>True when both windows exceed the factor and there are events enough. Equal is not above.</summary>
    public bool Burns => HasEnoughEvents && Long.Exceeds(Tier.Factor) && Short.Exceeds(Tier.Factor);

    /// <summary>Evaluates every tier that applies, most urgent first.</summary>
    /// <param name="slo">The objective's id.</param>
    /// <param name="policy">Its policy.</param>
    /// <param name="target">The share that must be good.</param>
    /// <param name="over">What was counted in a window of the policy; <see cref="SloSeries.Over"/>.</param>
    /// <param name="before">The evaluation before; empty at first.</param>
    /// <param name="staleBecause">Why the series is not fresh; null when it is. A stale series neither starts nor ends an alert.</param>
    /// <param name="now">The time of the evaluation.</param>
    public static ImmutableArray<BurnAlert> Evaluate(
        SloId slo, BurnRatePolicy policy, Ratio target, Func<TimeSpan, Tally> over,
        ImmutableArray<BurnAlert> before, string? staleBecause, DateTimeOffset now) =>
    [
        .. policy.Accepted.Select(tier =>
        {
            var counted = over(tier.LongWindow);
            var seen = new BurnAlert(
                slo, target, tier, BurnRate.Of(counted, target), BurnRate.Of(over(tier.ShortWindow), target),
                counted.Total, counted.Total >= policy.MinimumEvents, AlertProgress.Inactive, staleBecause);
            var known = before.FirstOrDefault(alert => alert.Slo == slo && alert.Target == target && alert.Tier == tier);
            bool? burns = staleBecause is null ? seen.Burns : null;
            return seen with { Progress = (known?.Progress ?? AlertProgress.Inactive).Next(burns, TimeSpan.Zero, policy.KeepFiringFor, now) };
        }),
    ];
}
