namespace Cockpit.Domain.Cards;

/// <summary>How a figure is compared with a threshold.</summary>
public enum Comparison
{
    /// <summary>Strictly below.</summary>
    Below,

    /// <summary>Below or equal.</summary>
    AtMost,

    /// <summary>Equal.</summary>
    EqualTo,

    /// <summary>Above or equal.</summary>
    AtLeast,

    /// <summary>Strictly above.</summary>
    Above,
}

/// <summary>What comparisons mean and how they are written.</summary>
public static class Comparisons
{
    /// <summary>Whether the value stands to the threshold as the comparison says; NaN never does.</summary>
    public static bool Holds(this Comparison comparison, double value, double threshold) => comparison switch
    {
        Comparison.Below => value < threshold,
        Comparison.AtMost => value <= threshold,
        Comparison.EqualTo => value == threshold,
        Comparison.AtLeast => value >= threshold,
        Comparison.Above => value > threshold,
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };

    /// <summary>The comparison as a mathematical sign.</summary>
    public static string Sign(this Comparison comparison) => comparison switch
    {
        Comparison.Below => "<",
        Comparison.AtMost => "≤",
        Comparison.EqualTo => "=",
        Comparison.AtLeast => "≥",
        Comparison.Above => ">",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, null),
    };
}
