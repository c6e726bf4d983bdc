namespace Cockpit.Domain.Slo;

/// <summary>One promise of an SLO: the share that must be good.</summary>
/// <param name="Target">The share that must be good, in [0, 1]. At 1 there is no budget: the first bad event misses it.</param>
/// <param name="DisplayName">What this objective is called among others of the same SLO; null when it needs no name.</param>
/// <param name="Op">How a threshold indicator's figure must stand to <paramref name="Value"/>; null falls back to the indicator's
/// own.</param>
/// <param name="Value">The bound of a threshold indicator in its unit; null falls back to the indicator's own.</param>
/// <param name="TimeSliceTarget">The share of a slice's events that makes the slice good, in [0, 1]; null where slices have none.</param>
/// <param name="TimeSliceWindow">Length of a slice, above zero; null unless the method counts slices.</param>
/// <param name="Indicator">This objective's own indicator where it differs from the SLO's (OpenSLO composites); null otherwise.</param>
/// <param name="CompositeWeight">Weight of this objective in an OpenSLO composite; null outside one. Carried, not computed with.</param>
public sealed record Objective(
    Ratio Target,
    string? DisplayName = null,
    Comparison? Op = null,
    double? Value = null,
    Ratio? TimeSliceTarget = null,
    TimeSpan? TimeSliceWindow = null,
    Indicator? Indicator = null,
    double? CompositeWeight = null);
