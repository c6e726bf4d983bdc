using Cockpit.Domain.Executions;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>People make a temporary change last longer, once, or turn it back before its time.</summary>
public sealed class LeaseHandler(ExecutionRecord record, LeaseKeeper keeper, PressLimit presses, TimeProvider clock)
{
    /// <summary>Makes it last once more its length.</summary>
    public async Task<DecisionOutcome> ExtendAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if ((MayNot(actor) ?? presses.Take(actor!)) is { } why) return new DecisionOutcome.Refused(why);
        return await record.DecideAsync(id, actor!, execution =>
            Closed(execution) is { } closed ? (null, closed)
            : execution.Lease!.ExtendedBy is { } by ? (null, new ActionRefusal.ExtendedAlready(by))
            : Words.OrNull(reason) is not { } said ? (null, new ActionRefusal.ReasonNeeded("for leaving it longer"))
            : (new ExecutionEvent.LeaseExtended(execution.Lease.UntilExtended(clock.GetUtcNow()), said, Itself: false), null), cancellationToken);
    }

    /// <summary>Turns it back now. Where that would hurt it takes a reason; somebody else's later change is never overwritten.</summary>
    public async Task<DecisionOutcome> RevertAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if ((MayNot(actor) ?? presses.Take(actor!)) is { } why) return new DecisionOutcome.Refused(why);
        try
        {
            if (await record.ReadAsync(id, cancellationToken) is not { } execution) return new DecisionOutcome.Refused(new ActionRefusal.NoSuchExecution());
            if (Closed(execution) is { } closed) return new DecisionOutcome.Refused(closed);
            var said = Words.OrNull(reason);
            ExecutionEvent? fact = null;
            switch (await keeper.DecideAsync(execution, said is not null, cancellationToken))
            {
                case null:
                    return new DecisionOutcome.Refused(new ActionRefusal.CannotRevertNow("the target cannot be read"));
                case LeaseDecision.Wait wait:
                    return new DecisionOutcome.Refused(new ActionRefusal.CannotRevertNow(wait.Why));
                case LeaseDecision.Stay stay:
                    return new DecisionOutcome.Refused(new ActionRefusal.RevertWouldHurt(stay.Why));
                case LeaseDecision.End end:
                    fact = new ExecutionEvent.LeaseEnded(end.Why);
                    break;
                case LeaseDecision.Revert:
                    fact = new ExecutionEvent.RevertBegun(execution.Lease!.NextRevertId(id), said ?? "it is not needed any more");
                    break;
            }

            return await record.DecideAsync(id, actor!, now =>
                Closed(now) is { } late ? (null, late) : now.Lease != execution.Lease ? (null, new ActionRefusal.Overtaken()) : (fact, null), cancellationToken);
        }
        catch (StorageUnavailableException unavailable)
        {
            return new DecisionOutcome.Refused(new ActionRefusal.StorageDown(unavailable.Message));
        }
    }

    private static ActionRefusal? MayNot(Actor? actor) =>
        actor is null || actor == Actor.Anonymous ? new ActionRefusal.NotSignedIn()
        : actor.May(Role.Responder) ? null
        : new ActionRefusal.RoleMissing(actor.Name, Role.Responder, "Ask one to decide about the lease.");

    private static ActionRefusal? Closed(Execution execution) =>
        execution.Lease is not { IsOpen: true } lease ? new ActionRefusal.NoLease(execution.Lease?.EndedBecause)
        : lease.RevertId is not null ? new ActionRefusal.RevertUnderWay()
        : null;
}
