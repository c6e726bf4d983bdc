namespace Cockpit.Domain.Slo;

/// <summary>When a budget will be spent if the burn of late goes on. Closed.</summary>
/// <remarks>
/// Time left = remaining share × period ÷ burn rate; the bad events that meanwhile leave a rolling window are not credited, so the truth
/// is this soon or later.
/// The interval comes from the 95 % Wilson score interval of the bad share in the window looked at. It takes events as independent:
/// failures that come
/// in bursts vary more, and the interval is then too narrow.
/// </remarks>
public abstract record Exhaustion
{
    private const double Z = 1.959963984540054;

    private Exhaustion() { }

    /// <summary>Nothing is left already.</summary>
    public sealed record Already : Exhaustion;

    /// <summary>Too few events in the window looked at to say anything.</summary>
    /// <param name="Events">Events there were.</param>
    /// <param name="Needed">Events needed.</param>
    public sealed record TooFewEvents(double Events, double Needed) : Exhaustion;

    /// <summary>Not at this rate: a rolling budget outlasts a burn of 1 or less, a calendar one that reaches its period's end.</summary>
    /// <param name="SoonestIn">The time left at the upper end of the interval; null when even that does not exhaust it.</param>
    public sealed record NotAtThisRate(TimeSpan? SoonestIn) : Exhaustion;

    /// <summary>Expected.</summary>
    /// <param name="In">Time left at the observed rate.</param>
    /// <param name="SoonestIn">Time left at the upper end of the interval.</param>
    /// <param name="LatestIn">Time left at the lower end; null when that does not exhaust it.</param>
    public sealed record Expected(TimeSpan In, TimeSpan SoonestIn, TimeSpan? LatestIn) : Exhaustion;

    /// <summary>Foretells the end of a budget.</summary>
    /// <param name="budget">The budget as it stands.</param>
    /// <param name="window">The window it is judged over.</param>
    /// <param name="recent">What was counted in the recent window whose burn is taken to go on.</param>
    /// <param name="now">The present.</param>
    /// <param name="minimumEvents">Events the recent window needs, at least 1.</param>
    public static Exhaustion Of(ErrorBudget budget, SloWindow window, Tally recent, DateTimeOffset now, double minimumEvents = 1)
    {
        if (budget.State == BudgetState.Exhausted) return new Already();
        if (recent.IsEmpty || recent.Total < minimumEvents) return new TooFewEvents(recent.Total, minimumEvents);

        var (low, high) = BadShareInterval(recent);
        var soonest = TimeLeft(budget, window, high, now);
        return TimeLeft(budget, window, recent.BadShare!.Value.Value, now) is { } expected
            ? new Expected(expected, soonest ?? expected, TimeLeft(budget, window, low, now))
            : new NotAtThisRate(soonest);
    }

    /// <summary>The 95 % Wilson score interval of the bad share; [0, 1] without an event.</summary>
    public static (double Low, double High) BadShareInterval(Tally tally)
    {
        if (tally.IsEmpty) return (0, 1);
        var (n, p) = (tally.Total, tally.BadShare!.Value.Value);
        var centre = p + (Z * Z / (2 * n));
        var reach = Z * Math.Sqrt((p * (1 - p) / n) + (Z * Z / (4 * n * n)));
        var scale = 1 + (Z * Z / n);
        return (Math.Max(0, (centre - reach) / scale), Math.Min(1, (centre + reach) / scale));
    }

    private static TimeSpan? TimeLeft(ErrorBudget budget, SloWindow window, double badShare, DateTimeOffset now)
    {
        if (budget.Target.Value >= 1) return badShare > 0 ? TimeSpan.Zero : null;
        var burn = badShare / (1 - budget.Target.Value);
        if (window is SloWindow.Rolling && !Comparisons.Exceeds(burn, 1)) return null;
        if (burn <= 0) return null;

        var left = Math.Max(0, budget.RemainingShare) * (budget.Period.Length - budget.Excluded).TotalSeconds / burn;
        if (window is SloWindow.Calendar && left >= (budget.Period.EndAt - now).TotalSeconds) return null;
        return TimeSpan.FromSeconds(left);
    }
}
