using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Slo;
using Cockpit.Live;

namespace Cockpit.UseCases.Executing;

/// <summary>Looks at a card's symptoms and at the budgets of its services, before an action and after it.</summary>
public sealed class OutcomeWatch(SnapshotFeed feed, TimeProvider clock)
{
    /// <summary>What is seen now.</summary>
    public Outcome Look(OutcomeMoment moment, string cardId)
    {
        var snapshot = feed.Current;
        if (snapshot.Health?.Card(cardId) is not { } card) return new Outcome(moment, [], [], "the platform had not been measured yet");
        var burns = snapshot.Objectives.Objectives
            .Where(objective => card.Card.Services.Contains(objective.Facts.Slo.Service, StringComparer.Ordinal))
            .Select(objective => (objective, Tier: objective.Assessment.Burns.FirstOrDefault(burn => burn.Tier.Urgency == BurnUrgency.Page)))
            .Where(entry => entry.Tier is not null)
            .Select(entry => new ObservedBurn(entry.objective.Facts.Title, entry.objective.IsKnown ? entry.Tier!.Long.Value : null, entry.Tier!.Burns))
            .ToImmutableArray();
        return new Outcome(moment, Verification.FiguresOf(card.Symptoms), burns, null);
    }

    /// <summary>The look that an execution waits for; null when none is due. One that comes too late says so instead of passing for its moment.</summary>
    public ExecutionEvent? Next(Execution execution)
    {
        var now = clock.GetUtcNow();
        if (Outcome.DueOf(execution, now) is not { } moment) return null;
        var late = now - execution.DispatchedAt!.Value - Outcome.DueAfter(moment) > Outcome.Tolerance;
        return new ExecutionEvent.Observed(late
            ? new Outcome(moment, [], [], "the cockpit was not running then")
            : Look(moment, execution.Preview.CardId));
    }
}
