namespace Cockpit.Domain.Slo;

/// <summary>What an error budget is counted in, as OpenSLO v1 names it.</summary>
public enum BudgetingMethod
{
    /// <summary>Good events of all events.</summary>
    Occurrences,

    /// <summary>Good slices of all slices; a slice is good when its own share of good events reaches the slice target.</summary>
    Timeslices,

    /// <summary>The mean, over all slices, of each slice's share of good events: every slice weighs the same whatever its
    /// traffic.</summary>
    RatioTimeslices,
}
