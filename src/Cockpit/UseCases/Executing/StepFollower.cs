using System.Globalization;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Takes a change that is made in steps from one step to the next: when its pause is over the target is read again, every guard judges the step, and only
/// when the step before has come about and nobody else has touched the target is the next one sent. What cannot go on stops where it is and says why.
/// </summary>
public sealed class StepFollower(PlatformModel model, ActionSender sender, IActors actors)
{
    /// <summary>How long a step may keep the next one waiting: until it has come about, or until somebody is there to go on.</summary>
    public static readonly TimeSpan Patience = Execution.EffectDeadline;

    /// <summary>A preview of a step is made in the moment in which it is sent.</summary>
    private static readonly TimeSpan Promptly = TimeSpan.FromSeconds(20);

    /// <summary>Why it goes no further; null when the step was sent or its time has not come.</summary>
    public async Task<ExecutionEvent?> NextAsync(Execution execution, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (execution is not { NextStepAt: { } due, Preview: { Walk: { } walk } preview } || now < due) return null;
        if (model.Action(preview.CardId, preview.ActionId) is not { } known)
            return new ExecutionEvent.Stopped(new ActionRefusal.NoSuchAction(preview.CardId, preview.ActionId).Sentence);
        if (await actors.FindAsync(execution.RequestedById, cancellationToken) is not { } requester)
            return new ExecutionEvent.Stopped($"{execution.RequestedBy} may not act any more.");

        var step = walk.StepAfter(preview.Pinned, execution.StepsMade);
        var action = ActionInputs.Fill(known, preview.Inputs);
        action = action with { Parameters = action.Parameters.SetItem(walk.Field, step.Fields[0].To!) };
        var prepared = await sender.PrepareStepAsync(requester, action, preview with { Pinned = step, ValidUntil = now + Promptly }, cancellationToken);
        var judgement = prepared.Judgement;
        if (WaitsFor(walk, judgement) is { } awaited)
            return now - due < Patience ? null : new ExecutionEvent.Stopped($"{awaited} for {FigureText.Duration(now - due)}.");
        if (prepared.IsRefused) return new ExecutionEvent.Stopped(new ActionRefusal.Guarded(judgement.Verdicts).Sentence);
        if (now - due >= Patience)
            return new ExecutionEvent.Stopped($"The cockpit was not there for {FigureText.Duration(now - due)} when the next step was due; the platform may have moved on.");

        await sender.SendAsync(execution, prepared.Claims, judgement.Plan!.State.Version, requester, cancellationToken);
        return null;
    }

    /// <summary>What may still come about by itself; null when there is nothing to wait for.</summary>
    private static string? WaitsFor(Walk walk, Judgement judgement)
    {
        if (judgement.Plan is not { State: var state }) return "The target cannot be read";
        var refusals = judgement.Verdicts.Count(verdict => verdict.Outcome == GuardOutcome.Refuses);
        if (refusals == 1 && judgement.DryRun is { Offered: true, Accepted: null }) return $"The target does not answer ({judgement.DryRun.Message})";
        return refusals == 0 && !walk.HasSettled(state)
            ? string.Create(CultureInfo.InvariantCulture, $"{state.Workload!.ReadyReplicas} of {state.Workload.Replicas} replicas are ready")
            : null;
    }
}
