using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing;

/// <summary>Cancels what has not been sent yet, and keeps a change that is made in steps from its next one. Whoever asked may, and any responder.</summary>
public sealed class CancelExecutionHandler(ExecutionRecord record)
{
    public async Task<DecisionOutcome> HandleAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || actor == Actor.Anonymous) return new DecisionOutcome.Refused(new ActionRefusal.NotSignedIn());
        return await record.DecideAsync(id, actor, execution =>
            execution.RequestedById != actor.Id && !actor.May(Role.Responder)
                ? (null, new ActionRefusal.RoleMissing(actor.Name, Role.Responder, "Ask one to cancel it."))
                : execution.CanBeCancelled ? (new ExecutionEvent.Cancelled(Words.OrNull(reason)), null)
                : execution.CanBeStopped ? (new ExecutionEvent.StopAsked(Words.OrNull(reason)), null)
                : (null, new ActionRefusal.TooLateToCancel(execution.StateSentence)), cancellationToken);
    }
}

/// <summary>Closes an execution whose outcome nobody but a person can find out.</summary>
public sealed class ResolveExecutionHandler(ExecutionRecord record, PressLimit presses)
{
    public async Task<DecisionOutcome> HandleAsync(string id, bool done, string? note, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || actor == Actor.Anonymous) return new DecisionOutcome.Refused(new ActionRefusal.NotSignedIn());
        if (!actor.May(Role.Responder))
            return new DecisionOutcome.Refused(new ActionRefusal.RoleMissing(actor.Name, Role.Responder, "Ask one to find out and say so."));
        if (!actor.IsPerson) return new DecisionOutcome.Refused(new ActionRefusal.NotAPerson());
        if (presses.Take(actor) is { } tooOften) return new DecisionOutcome.Refused(tooOften);
        return await record.DecideAsync(id, actor, execution =>
            execution.State != ExecutionState.Unknown
                ? (null, new ActionRefusal.NothingToResolve(execution.StateSentence))
                : Words.OrNull(note) is { } said
                    ? (new ExecutionEvent.Resolved(done, said), null)
                    : (null, new ActionRefusal.ReasonNeeded("how you know")), cancellationToken);
    }
}

/// <summary>What people type.</summary>
internal static class Words
{
    private const int Longest = 500;

    /// <summary>The text without blanks around it and not longer than a ledger wants; null when there is none.</summary>
    public static string? OrNull(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : text.Trim() is { Length: > Longest } much ? much[..Longest] : text.Trim();
}
