using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Maintenance;

namespace Cockpit.Domain.Slo;

/// <summary>Everything that is said about one objective at one moment.</summary>
/// <param name="Slo">The SLO.</param>
/// <param name="Objective">The objective of it.</param>
/// <param name="Raw">Its budget with everything that happened.</param>
/// <param name="Adjusted">Its budget without planned maintenance; equal to the raw one when nothing is excluded.</param>
/// <param name="Exclusions">Each maintenance window that touches the period: what of it is taken out, and why not more.</param>
/// <param name="Burns">Each burn-rate tier that applies. Burn rates are raw: maintenance that burns is still seen.</param>
/// <param name="Exhaustion">When the raw budget will be spent, by the burn of the most urgent tier's long window.</param>
/// <param name="FirstSampleAt">Instant of the oldest sample; what a new objective inherits from before its first look is why its budget
/// may not start at 100 %.</param>
/// <param name="LastSampleAt">When something was last counted; null when never.</param>
/// <param name="UnknownBecause">Why the figures are not fresh; null when they are.</param>
/// <param name="AssessedAt">The moment.</param>
public sealed record SloAssessment(
    SloDefinition Slo, Objective Objective, ErrorBudget Raw, ErrorBudget Adjusted, ImmutableArray<Exclusion> Exclusions,
    ImmutableArray<BurnAlert> Burns, Exhaustion Exhaustion, DateTimeOffset? FirstSampleAt, DateTimeOffset? LastSampleAt,
    string? UnknownBecause, DateTimeOffset AssessedAt)
{
    /// <summary>Assesses an objective.</summary>
    /// <param name="slo">The SLO.</param>
    /// <param name="objective">The objective of it.</param>
    /// <param name="policy">The objective's burn-rate policy.</param>
    /// <param name="series">Its series, advanced to now and told the counted stretches of <paramref name="exclusions"/>.</param>
    /// <param name="exclusions">What the exclusion policy decided for the SLO's service.</param>
    /// <param name="before">The tiers as they stood before; empty at first.</param>
    /// <param name="unknownBecause">Why the series is not fresh; null when it is.</param>
    /// <param name="now">The moment.</param>
    public static SloAssessment Of(
        SloDefinition slo, Objective objective, BurnRatePolicy policy, SloSeries series, ImmutableArray<Exclusion> exclusions,
        ImmutableArray<BurnAlert> before, string? unknownBecause, DateTimeOffset now)
    {
        var period = slo.Window.PeriodAt(now);
        var touching = exclusions.Where(exclusion => exclusion.Window.Declared.Intersect(period) is not null).ToImmutableArray();
        var raw = ErrorBudget.Of(series.OverBudget(), objective.Target, period, now);
        var adjusted = ErrorBudget.Of(
            series.OverBudget() - series.ExcludedOverBudget(), objective.Target, period, now,
            ExcludedTime(touching, new Period(period.StartAt, now)), ExcludedTime(touching, period));
        var recent = policy.Accepted.IsEmpty ? series.OverBudget() : series.Over(policy.Accepted[0].LongWindow);
        return new SloAssessment(
            slo, objective, raw, adjusted, touching,
            BurnAlert.Evaluate(slo.Id, policy, objective.Target, series.Over, before, unknownBecause, now),
            Exhaustion.Of(raw, slo.Window, recent, now, Math.Max(1, policy.MinimumEvents)),
            series.FirstSampleAt, series.LastSampleAt, unknownBecause, now);
    }

    private static TimeSpan ExcludedTime(ImmutableArray<Exclusion> exclusions, Period within) => exclusions
        .SelectMany(exclusion => exclusion.Counted)
        .Aggregate(TimeSpan.Zero, (sum, counted) => sum + (counted.Intersect(within)?.Length ?? TimeSpan.Zero));
}
