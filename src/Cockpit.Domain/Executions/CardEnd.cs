using System.Collections.Immutable;
using Cockpit.Domain.Cards;

namespace Cockpit.Domain.Executions;

/// <summary>Whether a card is done: its criteria hold, and nothing temporary is left of it.</summary>
/// <param name="CriteriaHold">True when every exit criterion holds.</param>
/// <param name="Leases">Executions of the card whose temporary change still stands, the one that ends first before the others.</param>
public sealed record CardEnd(bool CriteriaHold, ImmutableArray<Execution> Leases)
{
    /// <summary>True when the criteria hold and every lease has ended.</summary>
    public bool Done => CriteriaHold && Leases.IsEmpty;

    /// <summary>The end of a card as it stands.</summary>
    /// <param name="card">The card against live evidence.</param>
    /// <param name="executions">Executions, of this card and of others.</param>
    public static CardEnd Of(CardState card, ImmutableArray<Execution> executions) => new(
        card.Done, [.. executions.Where(execution => execution.Preview.CardId == card.Card.Id && execution.HoldsLease).OrderBy(execution => execution.Lease!.Until)]);
}
