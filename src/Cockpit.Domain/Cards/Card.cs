using System.Collections.Immutable;

namespace Cockpit.Domain.Cards;

/// <summary>A quick-action card: how a known failure shows itself, what to do about it at once, and when it is over.</summary>
/// <remarks>
/// Symptoms and exit criteria carry thresholds of their own. The exit threshold is the stricter one, so that a figure which
/// hovers at the symptom's edge does not open and close the card again and again.
/// </remarks>
/// <param name="Id">Stable id, for example <c>degraded-websockets</c>.</param>
/// <param name="Number">Position in the index of cards, from 1; unique.</param>
/// <param name="Title">What a person calls the failure.</param>
/// <param name="Summary">One sentence: what users notice.</param>
/// <param name="Services">Ids of the services that the card concerns, the most affected first.</param>
/// <param name="Symptoms">What is seen while the failure lasts.</param>
/// <param name="ExitCriteria">What must hold, all of it, before the card is done.</param>
/// <param name="KeyMetrics">What to look at first.</param>
/// <param name="Actions">Immediate actions in the order in which to try them.</param>
/// <param name="ActWithin">Time in which the immediate actions belong.</param>
/// <param name="Investigation">What to look into afterwards, in order.</param>
/// <param name="InvestigateWithin">Time, counted from the start, in which the investigation belongs.</param>
/// <param name="EscalationScenario">Id of the row of the escalation matrix by scenario.</param>
/// <param name="Runbooks">Ids of the runbooks that go deeper.</param>
public sealed record Card(
    string Id, int Number, string Title, string Summary, ImmutableArray<string> Services,
    ImmutableArray<Condition> Symptoms, ImmutableArray<Condition> ExitCriteria, ImmutableArray<KeyMetric> KeyMetrics,
    ImmutableArray<ActionDefinition> Actions, TimeSpan ActWithin,
    ImmutableArray<InvestigationStep> Investigation, TimeSpan InvestigateWithin,
    string EscalationScenario, ImmutableArray<string> Runbooks)
{
    /// <summary>The action of that id, or null.</summary>
    public ActionDefinition? Action(string id) => Actions.FirstOrDefault(action => action.Id == id);
}

/// <summary>A figure worth a look before acting.</summary>
/// <param name="Label">What a person calls it.</param>
/// <param name="Signal">Signal or derived figure that holds it; null when it is only read by hand.</param>
/// <param name="Command">The command that shows the same by hand; null when there is none.</param>
public sealed record KeyMetric(string Label, string? Signal, string? Command);
