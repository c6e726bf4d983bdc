using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.Domain.Cards;

/// <summary>A card against live evidence.</summary>
/// <param name="Card">The card.</param>
/// <param name="Symptoms">Its symptoms, in the card's order.</param>
/// <param name="ExitCriteria">Its exit criteria, in the card's order.</param>
public sealed record CardState(Card Card, ImmutableArray<ConditionState> Symptoms, ImmutableArray<ConditionState> ExitCriteria)
{
    /// <summary>Symptoms that are seen now.</summary>
    public int Matching => Symptoms.Count(symptom => symptom.Verdict == Verdict.Holds);

    /// <summary>Symptoms that cannot be told.</summary>
    public int Untold => Symptoms.Count(symptom => symptom.Verdict == Verdict.Unknown);

    /// <summary>True when every exit criterion holds.</summary>
    public bool Done => ExitCriteria.All(criterion => criterion.Verdict == Verdict.Holds);

    /// <summary>True when every exit criterion that needs no person holds.</summary>
    public bool MeasuredCriteriaHold =>
        ExitCriteria.Where(criterion => criterion.Condition is SignalCondition).All(criterion => criterion.Verdict == Verdict.Holds);

    /// <summary>Since when at least one symptom has been seen without a break; null when none is seen.</summary>
    public DateTimeOffset? Since => Symptoms.Where(symptom => symptom.Verdict == Verdict.Holds).Select(symptom => (DateTimeOffset?)symptom.Since).Min();

    /// <summary>The state after a look at the board.</summary>
    /// <param name="previous">The state before; null at the first look.</param>
    /// <param name="card">The card.</param>
    /// <param name="board">The figures.</param>
    /// <param name="answers">Answers to human conditions, keyed <c>card/condition</c>.</param>
    /// <param name="now">The instant of the look.</param>
    public static CardState Next(
        CardState? previous, Card card, SignalBoard board, IReadOnlyDictionary<string, HumanAnswer> answers, DateTimeOffset now)
    {
        ImmutableArray<ConditionState> Judge(ImmutableArray<Condition> conditions, ImmutableArray<ConditionState>? before) =>
            [.. conditions.Select((condition, index) => ConditionState.Next(
                before is { } states && index < states.Length && states[index].Condition == condition ? states[index] : null,
                condition, board, answers.GetValueOrDefault($"{card.Id}/{condition.Id}"), now))];

        return new CardState(card, Judge(card.Symptoms, previous?.Symptoms), Judge(card.ExitCriteria, previous?.ExitCriteria));
    }
}
