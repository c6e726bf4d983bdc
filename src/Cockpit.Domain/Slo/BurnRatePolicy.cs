using System.Collections.Immutable;

namespace Cockpit.Domain.Slo;

/// <summary>A tier that the objective does not use, and why.</summary>
/// <param name="Tier">The tier as it would have been.</param>
/// <param name="Refusal">Why it is not used.</param>
public sealed record RefusedTier(BurnRateTier Tier, TierRefusal Refusal);

/// <summary>The burn-rate tiers of one objective: those that apply and those that cannot.</summary>
/// <remarks>
/// For 30 days: 14.4× over 1 h and 5 min, 6× over 6 h and 30 min (page), 3× over 1 d and 2 h, 1× over 3 d and 6 h (ticket), as in
/// Google's SRE
/// Workbook. For another period the windows scale with it and the factors stay, and so the budget shares (2 %, 5 %, 10 %, 10 %) stay.
/// Calendar periods
/// scale by their nominal length, so that windows do not change from month to month.
/// </remarks>
public sealed class BurnRatePolicy
{
    private static readonly TimeSpan Base = TimeSpan.FromDays(30);

    private static readonly ImmutableArray<BurnRateTier> BaseTiers =
    [
        Tier(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 0.02, BurnUrgency.Page),
        Tier(TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 0.05, BurnUrgency.Page),
        Tier(TimeSpan.FromDays(1), TimeSpan.FromHours(2), 0.10, BurnUrgency.Ticket),
        Tier(TimeSpan.FromDays(3), TimeSpan.FromHours(6), 0.10, BurnUrgency.Ticket),
    ];

    private BurnRatePolicy(
        ImmutableArray<BurnRateTier> accepted, ImmutableArray<RefusedTier> refused, double minimumEvents, TimeSpan keepFiringFor) =>
        (Accepted, Refused, MinimumEvents, KeepFiringFor) = (accepted, refused, minimumEvents, keepFiringFor);

    /// <summary>The tiers that apply, most urgent first.</summary>
    public ImmutableArray<BurnRateTier> Accepted { get; }

    /// <summary>The tiers that cannot apply, each with its reason.</summary>
    public ImmutableArray<RefusedTier> Refused { get; }

    /// <summary>Events that a long window needs before its tier may burn; at least 0.</summary>
    public double MinimumEvents { get; }

    /// <summary>How long a tier goes on firing after it stopped burning; zero resolves at once.</summary>
    public TimeSpan KeepFiringFor { get; }

    /// <summary>The policy of an objective.</summary>
    /// <param name="window">The period its budget is judged over.</param>
    /// <param name="target">The share that must be good.</param>
    /// <param name="sampleInterval">Time between two samples; anything finer than the engine's bucket of a minute counts as a
    /// minute.</param>
    /// <param name="minimumEvents">Events that a long window needs before its tier may burn.</param>
    /// <param name="keepFiringFor">How long a tier goes on firing after it stopped burning.</param>
    public static BurnRatePolicy For(
        SloWindow window, Ratio target, TimeSpan sampleInterval, double minimumEvents = 0, TimeSpan keepFiringFor = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minimumEvents);
        ArgumentOutOfRangeException.ThrowIfLessThan(keepFiringFor, TimeSpan.Zero);
        var interval = sampleInterval > SeriesPlan.FineBucket ? sampleInterval : SeriesPlan.FineBucket;
        var judged = TiersFor(window).Select(tier => (Tier: tier, Refusal: Judge(tier, target, interval))).ToList();
        return new BurnRatePolicy(
            [.. judged.Where(each => each.Refusal is null).Select(each => each.Tier)],
            [.. judged.Where(each => each.Refusal is not null).Select(each => new RefusedTier(each.Tier, each.Refusal!))],
            minimumEvents, keepFiringFor);
    }

    /// <summary>The four tiers of a period before any is refused.</summary>
    public static ImmutableArray<BurnRateTier> TiersFor(SloWindow window)
    {
        var scale = window.NominalLength / Base;
        return
        [
            .. BaseTiers.Select(tier => tier with
            {
                LongWindow = Scale(tier.LongWindow, scale),
                ShortWindow = Scale(tier.ShortWindow, scale),
            }),
        ];
    }

    private static TierRefusal? Judge(BurnRateTier tier, Ratio target, TimeSpan interval)
    {
        if (target.Value >= 1) return new TierRefusal.NoBudget();
        var highest = BurnRate.Highest(target);
        if (!Comparisons.Exceeds(highest, tier.Factor)) return new TierRefusal.Unreachable(tier.Factor, highest);
        return Comparisons.Exceeds(2 * interval.TotalSeconds, tier.ShortWindow.TotalSeconds)
            ? new TierRefusal.TooFine(tier.ShortWindow, interval)
            : null;
    }

    private static TimeSpan Scale(TimeSpan window, double by) => TimeSpan.FromTicks((long)Math.Round(window.Ticks * by));

    private static BurnRateTier Tier(TimeSpan longWindow, TimeSpan shortWindow, double budgetShare, BurnUrgency urgency) =>
        new(BurnRateTier.FactorOf(new Ratio(budgetShare), Base, longWindow), longWindow, shortWindow, new Ratio(budgetShare), urgency);
}
