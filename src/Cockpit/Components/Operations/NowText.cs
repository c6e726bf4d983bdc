using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Health;

namespace Cockpit.Components.Operations;

/// <summary>Words for the card that fits what is going on.</summary>
public static class NowText
{
    /// <summary>The card with the largest share of its symptoms present; of equals the one that began first. Null when none is present.</summary>
    public static CardState? Fitting(ImmutableArray<CardState> cards) => cards
        .Where(card => card.Matching > 0)
        .OrderByDescending(card => (double)card.Matching / card.Symptoms.Length)
        .ThenBy(card => card.Since)
        .FirstOrDefault();

    /// <summary>The present symptoms with their figures, two at most.</summary>
    public static string Headline(CardState state) => string.Join(", ", state.Symptoms
        .Where(symptom => symptom.Verdict == Verdict.Holds)
        .Take(2)
        .Select(symptom => symptom is { Condition: SignalCondition condition, Signal: { } signal }
            ? $"{condition.Label}: {FigureText.Write(signal.Value, condition.Unit)}"
            : symptom.Condition.Label));

    /// <summary>How many of the symptoms are present.</summary>
    public static string Match(CardState state) =>
        $"{state.Matching} of {state.Symptoms.Length} symptoms" + (state.Untold == 0 ? "" : $" ({state.Untold} cannot be told)");
}
