namespace Cockpit.Domain.Slo;

/// <summary>How fast a budget is being spent: 1 spends exactly all of it over the whole period.</summary>
/// <param name="Value">Bad share ÷ (1 − target), from 0 to 1 ÷ (1 − target). Null when it cannot be told.</param>
/// <param name="Unknown">Why it cannot be told; null when it can.</param>
/// <remarks>Source of the formula: Google's SRE Workbook, "Alerting on SLOs".</remarks>
public sealed record BurnRate(double? Value, BurnUnknown? Unknown)
{
    /// <summary>The burn rate of what was counted in a window.</summary>
    public static BurnRate Of(Tally tally, Ratio target)
    {
        if (target.Value >= 1) return new BurnRate(null, BurnUnknown.NoBudget);
        return tally.BadShare is { } bad ? new BurnRate(bad.Value / (1 - target.Value), null) : new BurnRate(null, BurnUnknown.NoTraffic);
    }

    /// <summary>The highest burn rate a target knows: everything is bad. Infinite at 100 %.</summary>
    public static double Highest(Ratio target) => 1 / (1 - target.Value);

    /// <summary>True when it is known and above the factor. Equal is not above (numerically, <see cref="Comparisons.Tolerance"/>), as in
    /// the exported rules.</summary>
    public bool Exceeds(double factor) => Value is { } value && Comparisons.Exceeds(value, factor);
}

/// <summary>Why a burn rate cannot be told.</summary>
public enum BurnUnknown
{
    /// <summary>There was no event in the window: nothing was served, nothing was refused.</summary>
    NoTraffic,

    /// <summary>The target is 100 %: there is no budget to spend, the first bad event misses it.</summary>
    NoBudget,
}
