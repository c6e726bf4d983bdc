namespace Cockpit.Domain.Slo;

/// <summary>Whom a burning budget calls.</summary>
public enum BurnUrgency
{
    /// <summary>Wakes somebody: P1.</summary>
    Page,

    /// <summary>Waits for working hours: P2.</summary>
    Ticket,
}

/// <summary>One tier of a burn-rate policy: it burns when the burn rates of both windows exceed the factor.</summary>
/// <param name="Factor">Burn rate to exceed; does not change with the period.</param>
/// <param name="LongWindow">Shows that a notable share of the budget is spent.</param>
/// <param name="ShortWindow">A twelfth of the long one; shows that it is still being spent.</param>
/// <param name="BudgetShare">Share of the whole period's budget spent when the factor lasts for the long window: factor × long window ÷
/// period.</param>
/// <param name="Urgency">Whom it calls.</param>
public sealed record BurnRateTier(double Factor, TimeSpan LongWindow, TimeSpan ShortWindow, Ratio BudgetShare, BurnUrgency Urgency)
{
    /// <summary>The factor of a budget share spent within a window: share × period ÷ long window.</summary>
    public static double FactorOf(Ratio budgetShare, TimeSpan period, TimeSpan longWindow) => budgetShare.Value * (period / longWindow);
}

/// <summary>Why a tier is not used. Closed; <see cref="Reason"/> is a sentence for the screen.</summary>
public abstract record TierRefusal
{
    private TierRefusal() { }

    /// <summary>Why, as a sentence.</summary>
    public abstract string Reason { get; }

    /// <summary>The target is 100 %.</summary>
    public sealed record NoBudget : TierRefusal
    {
        /// <inheritdoc/>
        public override string Reason => "A target of 100 % leaves no budget to burn; the first bad event misses it.";
    }

    /// <summary>Even when everything is bad, the burn rate does not exceed the factor.</summary>
    /// <param name="Factor">The tier's factor.</param>
    /// <param name="Highest">The highest burn rate of the target.</param>
    public sealed record Unreachable(double Factor, double Highest) : TierRefusal
    {
        /// <inheritdoc/>
        public override string Reason => FormattableString.Invariant(
            $"At this target the burn rate never exceeds {Highest:0.###}, so a factor of {Factor:0.###} can never be passed.");
    }

    /// <summary>The short window holds fewer than two samples.</summary>
    /// <param name="ShortWindow">The tier's short window.</param>
    /// <param name="SampleInterval">Time between two samples, at least the engine's bucket.</param>
    public sealed record TooFine(TimeSpan ShortWindow, TimeSpan SampleInterval) : TierRefusal
    {
        /// <inheritdoc/>
        public override string Reason => FormattableString.Invariant(
            $"Its short window of {ShortWindow.TotalSeconds:0.###} s holds fewer than two samples, which are {SampleInterval.TotalSeconds:0.###} s apart.");
    }
}
