using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Runbooks;

namespace Cockpit.UseCases.Executing;

/// <summary>Every guarded action of the catalog: those of its cards and those of its runbooks.</summary>
public sealed class ActionBook(ImmutableArray<Card> cards, ImmutableArray<Runbook> runbooks)
{
    /// <summary>The action, or null when the catalog has no such.</summary>
    /// <param name="owner">Id of the card or runbook.</param>
    /// <param name="action">Id of the action within it.</param>
    public ActionDefinition? Find(string owner, string action) =>
        cards.FirstOrDefault(card => card.Id == owner)?.Action(action)
        ?? runbooks.FirstOrDefault(runbook => runbook.Id == owner)?.Actions.FirstOrDefault(each => each.Id == action);

    /// <summary>True when the owner is a card, whose symptoms are evidence for acting.</summary>
    public bool IsCard(string owner) => cards.Any(card => card.Id == owner);
}
