using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions.Guards;

/// <summary>At least one symptom of the card is seen. Missing evidence does not block: it costs a reason and one level of risk.</summary>
internal static class SymptomIsPresent
{
    private const string Name = "A symptom is present";

    public static GuardVerdict? Judge(GuardContext context)
    {
        // Going back to normal is for when the symptoms are gone.
        if (!context.HasSymptoms || context.Action.Kind == ActionKind.ScaleDown) return null;
        if (context.Card is not { } card) return GuardVerdict.Cost(Name, "There is no evidence yet. Say why you act without it.");
        if (card.Card.Symptoms.IsEmpty) return GuardVerdict.Pass(Name, "This is planned work: it cures nothing and needs no symptom.");
        if (card.Matching > 0) return GuardVerdict.Pass(Name, $"{card.Matching} of {card.Symptoms.Length} symptoms are seen.");
        var blind = card.Symptoms.FirstOrDefault(symptom => symptom is { Condition: SignalCondition, Verdict: Verdict.Unknown });
        return blind is not null
            ? GuardVerdict.Cost(Name, $"No symptom is seen, but “{blind.Condition.Label}” cannot be told ({blind.Signal?.Gap ?? "no answer"}). Say why you act without it.")
            : GuardVerdict.Refuse(Name, "All measured symptoms are absent: there is nothing for this card to cure.");
    }
}
