using System.Globalization;

namespace Cockpit.Domain.Slo;

/// <summary>How many events (or slices) there were and how many of them were good.</summary>
/// <remarks>
/// Counts are kept as whole multiples of 2⁻²⁰ event, so that sums are exact, never drift and can be taken apart again. A count read from a
/// source is rounded once, by at most half of that. Good never exceeds total. The default value is no event at all.
/// </remarks>
public readonly record struct Tally
{
    internal const int FractionBits = 20;
    internal const double UnitsPerEvent = 1 << FractionBits;

    /// <summary>The most events that one tally holds: 2⁴¹, two months of 400,000 a second.</summary>
    public const double MaxEvents = 1L << 41;

    /// <summary>No event at all.</summary>
    public static readonly Tally None;

    internal Tally(long goodUnits, long totalUnits) => (GoodUnits, TotalUnits) = (goodUnits, totalUnits);

    /// <summary>Creates a tally.</summary>
    /// <param name="good">Good events, from 0 to <paramref name="total"/>.</param>
    /// <param name="total">All events, from 0 to <see cref="MaxEvents"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is NaN, negative or too large, or good exceeds total.</exception>
    public static Tally Of(double good, double total)
    {
        if (!(total >= 0 && total <= MaxEvents)) throw new ArgumentOutOfRangeException(nameof(total), total, "A count lies in [0, 2⁴¹].");
        if (!(good >= 0 && good <= total)) throw new ArgumentOutOfRangeException(nameof(good), good, "Good events lie in [0, total].");
        return new Tally(ToUnits(good), ToUnits(total));
    }

    internal long GoodUnits { get; }

    internal long TotalUnits { get; }

    /// <summary>Good events.</summary>
    public double Good => GoodUnits / UnitsPerEvent;

    /// <summary>All events.</summary>
    public double Total => TotalUnits / UnitsPerEvent;

    /// <summary>Bad events: total − good.</summary>
    public double Bad => (TotalUnits - GoodUnits) / UnitsPerEvent;

    /// <summary>True when nothing was counted.</summary>
    public bool IsEmpty => TotalUnits == 0;

    /// <summary>Good of total; nothing when there was no event: no traffic has no ratio.</summary>
    public Ratio? GoodShare => IsEmpty ? null : new Ratio((double)GoodUnits / TotalUnits);

    /// <summary>Bad of total; nothing when there was no event.</summary>
    public Ratio? BadShare => IsEmpty ? null : new Ratio((double)(TotalUnits - GoodUnits) / TotalUnits);

    /// <summary>Both together.</summary>
    public static Tally operator +(Tally left, Tally right) => new(left.GoodUnits + right.GoodUnits, left.TotalUnits + right.TotalUnits);

    /// <summary>The left without the right, which is part of it.</summary>
    public static Tally operator -(Tally left, Tally right) => new(left.GoodUnits - right.GoodUnits, left.TotalUnits - right.TotalUnits);

    /// <summary>"good of total" in invariant notation.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Good} of {Total}");

    internal static long ToUnits(double events) => (long)((events * UnitsPerEvent) + 0.5);
}
