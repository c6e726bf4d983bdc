using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Takes one execution a step further: sends what was held back and the next step of what is made in steps, closes what a crash left half done and what nobody approved, reads lost
/// outcomes back, and proves the effect and the recovery.
/// </summary>
public sealed class ExecutionFollower(
    PlatformModel model, SnapshotFeed feed, ActionDispatcher dispatcher, ActionSender sender, StepFollower stepping, IActors actors, TimeProvider clock)
{
    /// <summary>After this long, whoever was sending is not any more.</summary>
    private static readonly TimeSpan Abandoned = TimeSpan.FromSeconds(20);

    /// <summary>By how much a clock may move without anybody drawing conclusions.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromSeconds(2);

    /// <summary>The next fact, or null while there is nothing new to say or it has been recorded already.</summary>
    public async Task<ExecutionEvent?> NextAsync(Execution execution, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return execution.State switch
        {
            ExecutionState.Cancellable => await HeldBackAsync(execution, now, cancellationToken),
            ExecutionState.AwaitingApproval when execution.Approval!.IsOver(now) => new ExecutionEvent.ApprovalExpired(),
            ExecutionState.Requested when IsAbandoned(execution.ChangedAt, now) =>
                new ExecutionEvent.Refused("The cockpit stopped before sending it. Nothing was sent."),
            ExecutionState.Dispatching when IsAbandoned(execution.DispatchedAt!.Value, now) =>
                new ExecutionEvent.OutcomeUnknown("the cockpit stopped while sending it"),
            ExecutionState.Stepping => await stepping.NextAsync(execution, now, cancellationToken),
            ExecutionState.Unknown => await dispatcher.ReadBackAsync(execution, cancellationToken),
            ExecutionState.Accepted or ExecutionState.EffectSeen when feed.Current.Health is { } health && HaveSpoken(health.Readings) =>
                Verification.Next(
                    execution, execution.State == ExecutionState.Accepted ? await dispatcher.ObserveAsync(execution, cancellationToken) : null,
                    health.Card(execution.Preview.CardId), now, Expected(execution, health, now)),
            _ => null,
        };
    }

    private ConditionState? Expected(Execution execution, PlatformHealth health, DateTimeOffset now) =>
        model.Action(execution.Preview.CardId, execution.ActionId)?.ExpectedEffect is { } expected ? ConditionState.Next(null, expected, health.Board, null, now) : null;

    /// <summary>True as well when the clock went back to long before: nobody can tell any more how long ago it was, and the target must not stay held.</summary>
    private static bool IsAbandoned(DateTimeOffset at, DateTimeOffset now) => now - at > Abandoned || at - now > Abandoned;

    /// <summary>What was held back is sent when its moment has come; long after it, or when the clock went back, nobody expects it any more.</summary>
    private async Task<ExecutionEvent?> HeldBackAsync(Execution execution, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var due = execution.SendAt!.Value;
        if (due - now > Execution.CancelWindow + ClockSlack || now - due > Abandoned)
            return new ExecutionEvent.Refused("The cockpit was not there when it was to be sent, or its clock moved. Nothing was sent.");
        if (now < due) return null;
        var preview = execution.Preview;
        if (model.Action(preview.CardId, preview.ActionId) is not { } known)
            return new ExecutionEvent.Refused(new ActionRefusal.NoSuchAction(preview.CardId, preview.ActionId).Sentence);
        if (await actors.FindAsync(execution.RequestedById, cancellationToken) is not { } requester)
            return new ExecutionEvent.Refused($"{execution.RequestedBy} may not act any more.");

        // The moment to cancel must not cost the preview its validity.
        var prepared = await sender.PrepareAsync(
            requester, ActionInputs.Fill(known, preview.Inputs), preview with { ValidUntil = due + Abandoned + ClockSlack }, cancellationToken);
        if (prepared.IsRefused) return new ExecutionEvent.Refused(new ActionRefusal.Guarded(prepared.Judgement.Verdicts).Sentence);
        await sender.SendAsync(execution, prepared.Claims, prepared.Judgement.Plan!.State.Version, requester, cancellationToken);
        return null;
    }

    /// <summary>Right after a start nothing has been seen yet: a deadline that passed in between proves nothing.</summary>
    private static bool HaveSpoken(PlatformReadings readings) => HasSpoken(readings.Cluster) && HasSpoken(readings.Metrics);

    private static bool HasSpoken<T>(SourceState<T> source) => !source.Configured || source.Latest is not null || source.Failure is not null;
}
