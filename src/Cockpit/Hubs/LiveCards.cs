using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.Hubs;

/// <summary>A card against live evidence. Sections <c>card/{id}</c>.</summary>
/// <param name="Number">Position in the index of cards.</param>
/// <param name="Title">What a person calls the failure.</param>
/// <param name="Matching">Symptoms that are seen.</param>
/// <param name="Untold">Symptoms that cannot be told.</param>
/// <param name="Done">Whether every exit criterion holds and nothing temporary is left of it.</param>
/// <param name="Since">Since when a symptom has been seen without a break, milliseconds since 1970.</param>
/// <param name="Symptoms">Its symptoms, in the card's order.</param>
/// <param name="ExitCriteria">Its exit criteria, in the card's order.</param>
public sealed record LiveCard(
    int Number, string Title, int Matching, int Untold, bool Done, long? Since,
    IReadOnlyList<LiveCondition> Symptoms, IReadOnlyList<LiveCondition> ExitCriteria)
{
    public static LiveCard Of(CardState state, CardEnd end) => new(
        state.Card.Number, state.Card.Title, state.Matching, state.Untold, end.Done, state.Since?.ToUnixTimeMilliseconds(),
        [.. state.Symptoms.Select(LiveCondition.Of)], [.. state.ExitCriteria.Select(LiveCondition.Of)]);
}

/// <summary>A symptom or an exit criterion. The figure behind it travels apart, because it moves far more often than the verdict.</summary>
/// <param name="Id">Id, unique within its card.</param>
/// <param name="Label">What is looked at, or what is asked.</param>
/// <param name="Verdict">holds, doesNotHold, pending or unknown.</param>
/// <param name="Since">Since when a condition that holds or is about to has read so, milliseconds since 1970.</param>
/// <param name="Figure">Key of the section that holds the figure it is judged by; left out for a question.</param>
/// <param name="Threshold">The bound; left out for a question.</param>
/// <param name="AnsweredBy">Who answered the question.</param>
/// <param name="AnsweredAt">When, milliseconds since 1970.</param>
public sealed record LiveCondition(
    string Id, string Label, string Verdict, long? Since, string? Figure, LiveThreshold? Threshold, string? AnsweredBy, long? AnsweredAt)
{
    public static LiveCondition Of(ConditionState state)
    {
        var asked = state.Condition as SignalCondition;
        return new LiveCondition(
            state.Condition.Id, state.Condition.Label, LiveWords.Of(state.Verdict),
            state.Verdict is Domain.Cards.Verdict.Holds or Domain.Cards.Verdict.Pending ? state.Since.ToUnixTimeMilliseconds() : null,
            asked is null ? null : $"{LiveSections.Figure}/{asked.Signal}",
            asked is null ? null : new LiveThreshold(asked.Threshold, $"{asked.Comparison.Sign()} {FigureText.Write(asked.Threshold, asked.Unit)}"),
            state.Answer?.By, state.Answer?.At.ToUnixTimeMilliseconds());
    }
}

/// <summary>One run of a guarded action. Sections <c>execution/{id}</c>: every open one and the latest that are finished.</summary>
/// <param name="Title">The action as an imperative, with its values.</param>
/// <param name="Target">The target, namespace/name.</param>
/// <param name="CardId">The card it belongs to.</param>
/// <param name="ActionId">The action's id in the catalog.</param>
/// <param name="RequestedBy">Who asked, by name.</param>
/// <param name="RequestedAt">When, milliseconds since 1970.</param>
/// <param name="EndedAt">When it came to its end, milliseconds since 1970.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Sentence">The same as a sentence fragment.</param>
/// <param name="IsOpen">Whether it waits for something.</param>
/// <param name="ApprovalUntil">When its request for approval expires, milliseconds since 1970; left out when it waits for none.</param>
/// <param name="LeaseUntil">When its temporary change is turned back, milliseconds since 1970; left out when none stands.</param>
/// <param name="Steps">Everything that happened, oldest first.</param>
public sealed record LiveExecution(
    string Title, string Target, string CardId, string ActionId, string RequestedBy, long RequestedAt, long? EndedAt,
    string State, string Sentence, bool IsOpen, long? ApprovalUntil, long? LeaseUntil, IReadOnlyList<LiveStep> Steps)
{
    public static LiveExecution Of(Execution execution) => new(
        execution.Title, execution.Target, execution.Preview.CardId, execution.ActionId, execution.RequestedBy,
        execution.RequestedAt.ToUnixTimeMilliseconds(), execution.EndedAt?.ToUnixTimeMilliseconds(),
        LiveWords.Of(execution.State), execution.StateSentence, execution.IsOpen,
        execution.State == ExecutionState.AwaitingApproval ? execution.Approval?.Until.ToUnixTimeMilliseconds() : null,
        execution.HoldsLease ? execution.Lease!.Until.ToUnixTimeMilliseconds() : null,
        [.. execution.Steps.Select(step => new LiveStep(step.At.ToUnixTimeMilliseconds(), step.Text))]);
}

/// <summary>A step on an execution's way.</summary>
public sealed record LiveStep(long At, string Text);
