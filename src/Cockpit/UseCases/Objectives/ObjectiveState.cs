using System.Collections.Immutable;
using Cockpit.Domain.Alerts;
using Cockpit.Domain.Slo;

namespace Cockpit.UseCases.Objectives;

/// <summary>One objective as it stands.</summary>
/// <param name="Facts">What the catalog says.</param>
/// <param name="Assessment">
/// Budget raw and adjusted, exclusions, burn rates of each tier that applies, time to exhaustion with its interval, first and last sample,
/// and why it is unknown.
/// </param>
/// <param name="Refused">The burn-rate tiers that do not apply, each with its reason.</param>
/// <param name="ObservedP95">The observed 95th percentile; null unless it is a latency objective.</param>
/// <param name="Figure">The figure that is held against the bound; null unless it is a threshold objective.</param>
/// <param name="Gap">What the last round found instead of an answer, as a sentence fragment; null when it found one.</param>
/// <param name="ReadAt">When its queries last answered; null when they never did.</param>
/// <param name="Trend">Budget left over the period, oldest first; at most 120 points, the last one is now.</param>
/// <param name="Diagnostics">What its series met besides plain samples.</param>
public sealed record ObjectiveState(
    ObjectiveFacts Facts, SloAssessment Assessment, ImmutableArray<RefusedTier> Refused, ObservedFigure? ObservedP95, ObservedFigure? Figure,
    string? Gap, DateTimeOffset? ReadAt, ImmutableArray<BudgetPoint> Trend, SeriesDiagnostics Diagnostics)
{
    /// <summary>Its name in addresses.</summary>
    public string Key => Facts.Key;

    /// <summary>True when its figures may be relied upon.</summary>
    public bool IsKnown => Assessment.UnknownBecause is null;

    /// <summary>The tier that stands worst: firing before pending before resolved, then the most urgent; null when every tier is quiet.</summary>
    public BurnAlert? Alert => Assessment.Burns
        .Where(burn => burn.Progress.Phase != AlertPhase.Inactive)
        .OrderBy(burn => burn.Progress.Phase switch { AlertPhase.Firing => 0, AlertPhase.Pending => 1, _ => 2 })
        .ThenBy(burn => burn.Severity)
        .FirstOrDefault();

    /// <summary>True while a tier fires.</summary>
    public bool IsFiring => Alert?.Progress.Phase == AlertPhase.Firing;
}

/// <summary>A figure shown beside an objective.</summary>
/// <param name="Value">The figure in the indicator's unit, seconds for a percentile; null when it is not known.</param>
/// <param name="Missing">Why it is not known, as a sentence fragment; null when it is.</param>
public sealed record ObservedFigure(double? Value, string? Missing);

/// <summary>How much of a budget was left.</summary>
/// <param name="At">When.</param>
/// <param name="Remaining">Share left, at most 1; negative when overspent.</param>
public sealed record BudgetPoint(DateTimeOffset At, double Remaining);
