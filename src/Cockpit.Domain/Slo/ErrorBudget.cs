namespace Cockpit.Domain.Slo;

/// <summary>What an objective may lose over its period, what it has lost and what is left, in share, events and time.</summary>
/// <remarks>
/// With bad share b, target t, period length L and elapsed time E (all of L for a rolling window, the time since its start for a calendar
/// one):
/// allowed time = (1 − t) × L, consumed time = b × E, share consumed = consumed ÷ allowed. So 99.95 % of 30 days allows 21.6 minutes, and
/// a calendar
/// budget is that of the whole period from its first day. Events are counted in the same proportion: the period's total is projected at
/// the traffic so far.
/// <para>No traffic consumes nothing. At 100 % nothing is allowed: the share consumed is 0 before and 1 after the first bad event.</para>
/// </remarks>
/// <param name="Target">The share that must be good.</param>
/// <param name="Period">The period judged; a rolling one ends now.</param>
/// <param name="Excluded">Time within the period that was taken out of it, together with its events.</param>
/// <param name="Counted">What was counted in it so far.</param>
/// <param name="State">Where the budget stands.</param>
/// <param name="AllowedEvents">Bad events that the period allows, projected at the traffic so far.</param>
/// <param name="AllowedTime">Time for which everything may be bad.</param>
/// <param name="ConsumedTime">Time for which everything would have had to be bad to cost as much.</param>
/// <param name="ConsumedShare">Consumed of allowed, at least 0; above 1 when overspent.</param>
public sealed record ErrorBudget(
    Ratio Target, Period Period, TimeSpan Excluded, Tally Counted, BudgetState State,
    double AllowedEvents, TimeSpan AllowedTime, TimeSpan ConsumedTime, double ConsumedShare)
{
    /// <summary>Bad events so far.</summary>
    public double ConsumedEvents => Counted.Bad;

    /// <summary>Bad events left; negative when overspent.</summary>
    public double RemainingEvents => AllowedEvents - ConsumedEvents;

    /// <summary>Time left; negative when overspent.</summary>
    public TimeSpan RemainingTime => AllowedTime - ConsumedTime;

    /// <summary>Share left, at most 1; negative when overspent.</summary>
    public double RemainingShare => 1 - ConsumedShare;

    /// <summary>The share that was good; null without traffic.</summary>
    public Ratio? Compliance => Counted.GoodShare;

    /// <summary>True when the share that was good reaches the target; null without traffic.</summary>
    public bool? IsMet => Meets(Counted, Target);

    /// <summary>Whether a tally reaches a target: at 100 % only without a single bad event, whatever the number; null without
    /// traffic.</summary>
    public static bool? Meets(Tally counted, Ratio target)
    {
        if (counted.GoodShare is not { } share) return null;
        return target.Value >= 1 ? counted.Bad == 0 : Comparison.GreaterOrEqual.Holds(share.Value, target.Value);
    }

    /// <summary>Computes a budget.</summary>
    /// <param name="counted">What was counted in the period up to now.</param>
    /// <param name="target">The share that must be good.</param>
    /// <param name="period">The period judged.</param>
    /// <param name="now">The instant up to which was counted, within the period or at its end.</param>
    /// <param name="excludedSoFar">Excluded time of the period that lies before now.</param>
    /// <param name="excluded">Excluded time of the whole period, at least <paramref name="excludedSoFar"/>.</param>
    public static ErrorBudget Of(
        Tally counted, Ratio target, Period period, DateTimeOffset now, TimeSpan excludedSoFar = default, TimeSpan excluded = default)
    {
        var length = period.Length - excluded;
        var elapsed = (now < period.EndAt ? now : period.EndAt) - period.StartAt - excludedSoFar;
        var allowedShare = 1 - target.Value;
        var allowedTime = allowedShare * length;
        var consumedTime = (counted.BadShare?.Value ?? 0) * elapsed;
        var projection = elapsed > TimeSpan.Zero ? length / elapsed : 1;
        var consumedShare = allowedTime > TimeSpan.Zero ? consumedTime / allowedTime : counted.Bad > 0 ? 1 : 0;
        return new ErrorBudget(
            target, period, excluded, counted, StateOf(counted, consumedShare),
            allowedShare * counted.Total * projection, allowedTime, consumedTime, consumedShare);
    }

    private static BudgetState StateOf(Tally counted, double consumedShare) =>
        counted.IsEmpty ? BudgetState.NoTraffic
        : counted.Bad == 0 ? BudgetState.Untouched
        : Comparison.GreaterOrEqual.Holds(consumedShare, 1) ? BudgetState.Exhausted
        : BudgetState.Spending;
}

/// <summary>Where a budget stands.</summary>
public enum BudgetState
{
    /// <summary>Nothing was counted: the objective can be called neither met nor missed.</summary>
    NoTraffic,

    /// <summary>Not one bad event.</summary>
    Untouched,

    /// <summary>Some is spent, some is left.</summary>
    Spending,

    /// <summary>Nothing is left: at 100 % from the first bad event on, elsewhere from the moment all of it is spent.</summary>
    Exhausted,
}
