using System.Globalization;

namespace Cockpit.Domain.Slo;

/// <summary>A share of a whole: a finite number in the closed interval [0, 1].</summary>
/// <remarks>
/// Equality and order are those of the number. The default value is zero. A quantity that can exceed its
/// whole, such as connections over capacity, is not a ratio: it is a plain <see cref="double"/>.
/// </remarks>
public readonly record struct Ratio : IComparable<Ratio>
{
    /// <summary>Nothing of the whole.</summary>
    public static readonly Ratio Zero = new(0);

    /// <summary>The whole.</summary>
    public static readonly Ratio One = new(1);

    /// <summary>Creates a ratio.</summary>
    /// <param name="value">A finite number in [0, 1].</param>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN, infinite or outside [0, 1].</exception>
    public Ratio(double value)
    {
        if (!(value >= 0 && value <= 1)) throw new ArgumentOutOfRangeException(nameof(value), value, "A ratio lies in [0, 1].");
        Value = value;
    }

    /// <summary>The number, in [0, 1].</summary>
    public double Value { get; }

    /// <summary>What is left of the whole: 1 − value.</summary>
    public Ratio Complement => new(1 - Value);

    /// <summary>Part over whole, or nothing when the whole is zero: no traffic has no ratio.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The part is negative or exceeds the whole.</exception>
    public static Ratio? Of(double part, double whole) => whole == 0 ? null : new Ratio(part / whole);

    /// <inheritdoc/>
    public int CompareTo(Ratio other) => Value.CompareTo(other.Value);

    /// <summary>The number in invariant notation.</summary>
    public override string ToString() => Value.ToString(CultureInfo.InvariantCulture);
}
