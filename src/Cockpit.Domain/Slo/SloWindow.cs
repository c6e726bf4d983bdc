namespace Cockpit.Domain.Slo;

/// <summary>The period over which an objective is judged. Closed: <see cref="Rolling"/> and <see cref="Calendar"/>.</summary>
public abstract record SloWindow
{
    private SloWindow() { }

    /// <summary>The length that burn-rate windows scale with; it does not change from one calendar period to the next.</summary>
    public abstract TimeSpan NominalLength { get; }

    /// <summary>The period in which the instant lies: up to it for a rolling window, the whole calendar period for the other.</summary>
    public abstract Period PeriodAt(DateTimeOffset now);

    /// <summary>A window that moves with the clock: [now − length, now).</summary>
    public sealed record Rolling : SloWindow
    {
        /// <summary>Creates a rolling window.</summary>
        /// <exception cref="ArgumentOutOfRangeException">The length is not above zero.</exception>
        public Rolling(TimeSpan length)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
            Length = length;
        }

        /// <summary>How far back it reaches.</summary>
        public TimeSpan Length { get; }

        /// <inheritdoc/>
        public override TimeSpan NominalLength => Length;

        /// <inheritdoc/>
        public override Period PeriodAt(DateTimeOffset now) => new(now - Length, now);
    }

    /// <summary>Periods of whole calendar units that tile all of time, before and after the start they are counted from.</summary>
    /// <remarks>
    /// Bounds are wall time in the zone. A bound that a clock change skips is the first instant after the gap; one that occurs twice is the
    /// first of the two. Months count from the start itself, so a start on the 31st gives 28 or 29 February and 31 March again.
    /// </remarks>
    public sealed record Calendar : SloWindow
    {
        /// <summary>Creates a calendar window.</summary>
        /// <param name="unit">The unit.</param>
        /// <param name="count">Units in one period, at least one.</param>
        /// <param name="localStart">Wall time in the zone at which one of the periods starts. Its <see cref="DateTime.Kind"/> is
        /// ignored.</param>
        /// <param name="zone">The zone whose wall time is meant.</param>
        /// <exception cref="ArgumentOutOfRangeException">The count is below one.</exception>
        public Calendar(CalendarUnit unit, int count, DateTime localStart, TimeZoneInfo zone)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
            ArgumentNullException.ThrowIfNull(zone);
            (Unit, Count, LocalStart, Zone) = (unit, count, DateTime.SpecifyKind(localStart, DateTimeKind.Unspecified), zone);
        }

        /// <summary>The unit.</summary>
        public CalendarUnit Unit { get; }

        /// <summary>Units in one period, at least one.</summary>
        public int Count { get; }

        /// <summary>Wall time at which one of the periods starts.</summary>
        public DateTime LocalStart { get; }

        /// <summary>The zone whose wall time is meant.</summary>
        public TimeZoneInfo Zone { get; }

        /// <summary>Count × 1, 7, 30, 90 or 365 days.</summary>
        public override TimeSpan NominalLength => TimeSpan.FromDays(Count * Unit switch
        {
            CalendarUnit.Day => 1,
            CalendarUnit.Week => 7,
            CalendarUnit.Month => 30,
            CalendarUnit.Quarter => 90,
            _ => 365,
        });

        /// <inheritdoc/>
        public override Period PeriodAt(DateTimeOffset now)
        {
            var local = TimeZoneInfo.ConvertTime(now, Zone).DateTime;
            var index = Estimate(local);
            while (Bound(index) > now) index--;
            while (Bound(index + 1) <= now) index++;
            return new Period(Bound(index), Bound(index + 1));
        }

        private int Estimate(DateTime local) => Unit switch
        {
            CalendarUnit.Day => (int)Math.Floor((local - LocalStart).TotalDays / Count),
            CalendarUnit.Week => (int)Math.Floor((local - LocalStart).TotalDays / (7 * Count)),
            _ => (int)Math.Floor((((local.Year - LocalStart.Year) * 12) + local.Month - LocalStart.Month) / (double)(MonthsPerUnit * Count)),
        };

        private int MonthsPerUnit => Unit switch { CalendarUnit.Month => 1, CalendarUnit.Quarter => 3, _ => 12 };

        private DateTimeOffset Bound(int index) => ToInstant(Unit switch
        {
            CalendarUnit.Day => LocalStart.AddDays((double)index * Count),
            CalendarUnit.Week => LocalStart.AddDays(7.0 * index * Count),
            _ => LocalStart.AddMonths(index * Count * MonthsPerUnit),
        });

        private DateTimeOffset ToInstant(DateTime local)
        {
            if (Zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, Zone.GetAmbiguousTimeOffsets(local).Max()).ToUniversalTime();
            if (!Zone.IsInvalidTime(local)) return new DateTimeOffset(local, Zone.GetUtcOffset(local)).ToUniversalTime();
            return EndOfGap(local);
        }

        private DateTimeOffset EndOfGap(DateTime local)
        {
            var before = new DateTimeOffset(local, Zone.GetUtcOffset(local - TimeSpan.FromDays(1))).ToUniversalTime();
            var low = before - TimeSpan.FromDays(1);
            var high = before;
            while (high - low > TimeSpan.FromTicks(1))
            {
                var middle = low + ((high - low) / 2);
                if (TimeZoneInfo.ConvertTime(middle, Zone).DateTime > local) high = middle;
                else low = middle;
            }

            return high;
        }

        /// <inheritdoc/>
        public bool Equals(Calendar? other) =>
            other is not null && (Unit, Count, LocalStart, Zone.Id) == (other.Unit, other.Count, other.LocalStart, other.Zone.Id);

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Unit, Count, LocalStart, Zone.Id);
    }
}

/// <summary>A calendar unit.</summary>
public enum CalendarUnit
{
    /// <summary>From one wall time to the same wall time a day later: 23, 24 or 25 hours.</summary>
    Day,

    /// <summary>Seven days.</summary>
    Week,

    /// <summary>One calendar month.</summary>
    Month,

    /// <summary>Three calendar months.</summary>
    Quarter,

    /// <summary>One calendar year.</summary>
    Year,
}
