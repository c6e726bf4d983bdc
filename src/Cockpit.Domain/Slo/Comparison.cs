namespace Cockpit.Domain.Slo;

/// <summary>How a value is held against a bound.</summary>
public enum Comparison
{
    /// <summary>The value is below the bound (OpenSLO <c>lt</c>).</summary>
    LessThan,

    /// <summary>The value is at most the bound (OpenSLO <c>lte</c>).</summary>
    LessOrEqual,

    /// <summary>The value is above the bound (OpenSLO <c>gt</c>).</summary>
    GreaterThan,

    /// <summary>The value is at least the bound (OpenSLO <c>gte</c>).</summary>
    GreaterOrEqual,

    /// <summary>The value is the bound; not part of OpenSLO, alert rules use it.</summary>
    Equal,

    /// <summary>The value is not the bound; not part of OpenSLO, alert rules use it.</summary>
    NotEqual,
}

/// <summary>Comparison of measured numbers: two that differ by less than a billionth of the larger one are the same.</summary>
public static class Comparisons
{
    /// <summary>The relative difference under which two numbers are the same; absolute for numbers below one.</summary>
    public const double Tolerance = 1e-9;

    /// <summary>True when the numbers differ by no more than <see cref="Tolerance"/> × max(1, |left|, |right|). An infinity is only
    /// itself, NaN is nothing.</summary>
    public static bool Same(double left, double right) =>
        left == right
        || (double.IsFinite(left) && double.IsFinite(right)
            && Math.Abs(left - right) <= Tolerance * Math.Max(1, Math.Max(Math.Abs(left), Math.Abs(right))));

    /// <summary>True when the left number is greater and not the <see cref="Same"/>.</summary>
    public static bool Exceeds(double left, double right) => left > right && !Same(left, right);

    /// <summary>True when the value stands to the bound as the comparison asks. NaN satisfies nothing but
    /// <see cref="Comparison.NotEqual"/>.</summary>
    public static bool Holds(this Comparison comparison, double value, double bound) => comparison switch
    {
        Comparison.LessThan => Exceeds(bound, value),
        Comparison.LessOrEqual => value < bound || Same(value, bound),
        Comparison.GreaterThan => Exceeds(value, bound),
        Comparison.GreaterOrEqual => value > bound || Same(value, bound),
        Comparison.Equal => Same(value, bound),
        Comparison.NotEqual => !Same(value, bound),
        _ => throw new ArgumentOutOfRangeException(nameof(comparison), comparison, "No such comparison."),
    };
}
