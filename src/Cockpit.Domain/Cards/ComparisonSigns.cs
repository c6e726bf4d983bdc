using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Cards;

/// <summary>Comparisons as a person reads them.</summary>
public static class ComparisonSigns
{
    /// <summary>The comparison as a mathematical sign.</summary>
    public static string Sign(this Comparison comparison) => comparison switch
    {
        Comparison.LessThan => "<",
        Comparison.LessOrEqual => "≤",
        Comparison.GreaterThan => ">",
        Comparison.GreaterOrEqual => "≥",
        Comparison.Equal => "=",
        Comparison.NotEqual => "≠",
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "No such comparison."),
    };
}
