using Cockpit.Domain.Health;

namespace Cockpit.Domain.Cards;

/// <summary>What a person answered to a question that no sensor can answer.</summary>
/// <param name="Yes">True when the condition holds.</param>
/// <param name="By">Who answered.</param>
/// <param name="At">When.</param>
public sealed record HumanAnswer(bool Yes, string By, DateTimeOffset At);

/// <summary>Whether a condition holds, as far as can be told.</summary>
public enum Verdict
{
    /// <summary>It cannot be told: no figure, an old one, or nobody has answered.</summary>
    Unknown,

    /// <summary>It does not hold.</summary>
    DoesNotHold,

    /// <summary>The reading is right, but not yet for as long as the condition asks.</summary>
    Pending,

    /// <summary>It holds.</summary>
    Holds,
}

/// <summary>A condition at an instant: verdict, since when, and on what evidence.</summary>
/// <param name="Condition">The condition.</param>
/// <param name="Verdict">Whether it holds.</param>
/// <param name="Since">When the reading began to be as it is; a pending condition counts from here.</param>
/// <param name="Signal">The figure it was judged by; null for a human condition.</param>
/// <param name="Answer">The answer it was judged by; null when there is none.</param>
public sealed record ConditionState(Condition Condition, Verdict Verdict, DateTimeOffset Since, Signal? Signal, HumanAnswer? Answer)
{
    /// <summary>How long a person's answer is believed; after that it must be asked again.</summary>
    public static readonly TimeSpan AnswerLasts = TimeSpan.FromHours(1);

    /// <summary>The state after a look at the board.</summary>
    /// <param name="previous">The state before, which carries since when; null at the first look.</param>
    /// <param name="condition">What to judge.</param>
    /// <param name="board">The figures.</param>
    /// <param name="answer">What a person said; ignored for a figure.</param>
    /// <param name="now">The instant of the look.</param>
    public static ConditionState Next(ConditionState? previous, Condition condition, SignalBoard board, HumanAnswer? answer, DateTimeOffset now)
    {
        var signal = condition is SignalCondition asked ? board[asked.Signal] : null;
        if (condition is not HumanCondition || now - answer?.At > AnswerLasts) answer = null;
        bool? holds = condition switch
        {
            SignalCondition measured => signal!.Fresh is { } value ? measured.HoldsAt(value) : null,
            _ => answer?.Yes,
        };
        var since = holds == ReadingOf(previous) && previous is not null && previous.Since <= now ? previous.Since : answer?.At ?? now;
        var verdict = holds switch
        {
            null => Verdict.Unknown,
            false => Verdict.DoesNotHold,
            true => condition.For is { } needed && now - since < needed ? Verdict.Pending : Verdict.Holds,
        };
        return new ConditionState(condition, verdict, since, signal, answer);
    }

    private static bool? ReadingOf(ConditionState? state) => state?.Verdict switch
    {
        Verdict.Holds or Verdict.Pending => true,
        Verdict.DoesNotHold => false,
        _ => null,
    };
}
