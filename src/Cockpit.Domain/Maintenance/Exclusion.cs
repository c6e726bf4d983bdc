using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Maintenance;

/// <summary>How much of a maintenance window is taken out of a budget, and why not more.</summary>
/// <param name="Window">The window.</param>
/// <param name="Counted">The stretches taken out, in order; empty when none is.</param>
/// <param name="Shortfalls">Why some or all of it stays in; empty when all of it is taken out.</param>
public sealed record Exclusion(MaintenanceWindow Window, ImmutableArray<Period> Counted, ImmutableArray<ExclusionShortfall> Shortfalls)
{
    /// <summary>Time taken out.</summary>
    public TimeSpan Length => Counted.Aggregate(TimeSpan.Zero, (sum, period) => sum + period.Length);

    /// <summary>True when some of it is taken out and some stays in.</summary>
    public bool IsPartial => !Counted.IsEmpty && !Shortfalls.IsEmpty;

    /// <inheritdoc/>
    public bool Equals(Exclusion? other) =>
        other is not null && Window == other.Window && Counted.SequenceEqual(other.Counted) && Shortfalls.SequenceEqual(other.Shortfalls);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Window.Id, Counted.Length, Shortfalls.Length);
}

/// <summary>Why maintenance, or a part of it, stays in the budget. Closed; <see cref="Reason"/> is a sentence for the screen.</summary>
public abstract record ExclusionShortfall
{
    private ExclusionShortfall() { }

    /// <summary>Why, as a sentence.</summary>
    public abstract string Reason { get; }

    private static string Minutes(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0.#} min");

    /// <summary>It was not declared early enough; none of it is taken out.</summary>
    /// <param name="Notice">How long before its start it was declared; negative when afterwards.</param>
    /// <param name="Needed">How long is needed.</param>
    public sealed record DeclaredTooLate(TimeSpan Notice, TimeSpan Needed) : ExclusionShortfall
    {
        /// <inheritdoc/>
        public override string Reason => Notice < TimeSpan.Zero
            ? "It was declared after it had begun."
            : string.Create(
                CultureInfo.InvariantCulture,
                $"It was declared {Math.Floor(Notice.TotalHours * 10) / 10:0.#} h ahead; {Needed.TotalHours:0.#} h are needed.");
    }

    /// <summary>It was called off before it began.</summary>
    public sealed record CalledOff : ExclusionShortfall
    {
        /// <inheritdoc/>
        public override string Reason => "It was called off before it began.";
    }

    /// <summary>The month's allowance did not reach.</summary>
    /// <param name="Month">Start of the month.</param>
    /// <param name="Over">Time that stays in.</param>
    /// <param name="Allowance">What a month allows.</param>
    public sealed record AllowanceSpent(DateOnly Month, TimeSpan Over, TimeSpan Allowance) : ExclusionShortfall
    {
        /// <inheritdoc/>
        public override string Reason => string.Create(
            CultureInfo.InvariantCulture, $"{Minutes(Over)} exceed the {Allowance.TotalHours:0.#} h that {Month:yyyy-MM} allows.");
    }

    /// <summary>Another window had already taken that time out.</summary>
    /// <param name="OtherId">Its id.</param>
    /// <param name="Time">Time shared.</param>
    public sealed record Overlaps(string OtherId, TimeSpan Time) : ExclusionShortfall
    {
        /// <inheritdoc/>
        public override string Reason => $"{Minutes(Time)} are already taken out by {OtherId}.";
    }
}
