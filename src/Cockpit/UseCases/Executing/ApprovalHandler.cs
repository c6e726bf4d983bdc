using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Recording;
using Cockpit.UseCases.SigningIn;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Another person approves or refuses what is critical; with nobody awake an administrator breaks glass. What was asked for is judged
/// again with the requester's roles of this moment: when it is no longer the same it must be approved again.
/// </summary>
public sealed class ApprovalHandler(
    PlatformModel model, PreviewActionHandler previews, ActionSender sender, ExecutionRecord record, IActors actors, PressLimit presses,
    TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>Approves and sends.</summary>
    /// <param name="id">The execution.</param>
    /// <param name="seenRound">The round that the approver looked at; null when they cannot say.</param>
    /// <param name="actor">Who approves.</param>
    /// <param name="cancellationToken">Ends the call before anything is recorded.</param>
    public Task<DecisionOutcome> ApproveAsync(string id, int? seenRound, Actor? actor, CancellationToken cancellationToken) =>
        GoAsync(id, seenRound, actor, execution => MayDecide(execution, actor!), new ExecutionEvent.Approved(), cancellationToken);

    /// <summary>Goes without a second person, and says so to everybody who could have been one.</summary>
    /// <inheritdoc cref="ApproveAsync"/>
    public async Task<DecisionOutcome> BreakGlassAsync(string id, int? seenRound, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (Nobody(actor) is { } nobody) return Refuse(nobody);
        if (Words.OrNull(reason) is not { } why) return Refuse(new ActionRefusal.ReasonNeeded("for going without a second person"));
        return await GoAsync(id, seenRound, actor, execution => MayBreakGlass(execution, actor!), new ExecutionEvent.GlassBroken(why), cancellationToken);
    }

    /// <summary>Says no, with a reason. Nothing is sent.</summary>
    public async Task<DecisionOutcome> RefuseAsync(string id, string? reason, Actor? actor, CancellationToken cancellationToken)
    {
        if (Nobody(actor) is { } nobody) return Refuse(nobody);
        return await record.DecideAsync(id, actor!, execution =>
            MayDecide(execution, actor!) is { } why ? (null, why)
            : Words.OrNull(reason) is { } said ? (new ExecutionEvent.ApprovalRefused(said), null)
            : (null, new ActionRefusal.ReasonNeeded("for refusing")), cancellationToken);
    }

    private async Task<DecisionOutcome> GoAsync(
        string id, int? seenRound, Actor? actor, Func<Execution, ActionRefusal?> mayNot, ExecutionEvent decision, CancellationToken cancellationToken)
    {
        if (Nobody(actor) is { } nobody) return Refuse(nobody);
        if (presses.Take(actor!) is { } tooOften) return Refuse(tooOften);
        cancellationToken.ThrowIfCancellationRequested();
        using var timeout = new CancellationTokenSource(Patience, clock);
        try
        {
            if (await record.ReadAsync(id, timeout.Token) is not { } execution) return Refuse(new ActionRefusal.NoSuchExecution());
            if (mayNot(execution) is { } why) return Refuse(why);
            if (seenRound is { } seen && seen != execution.Approval!.Round)
                return Refuse(new ActionRefusal.ChangedSinceAsked("it was previewed again"));
            return await JudgeAgainAsync(execution, actor!, decision, timeout.Token);
        }
        catch (StorageUnavailableException unavailable)
        {
            return Refuse(new ActionRefusal.StorageDown(unavailable.Message));
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            return Refuse(new ActionRefusal.StorageDown($"no answer within {FigureText.Duration(Patience)}"));
        }
    }

    private async Task<DecisionOutcome> JudgeAgainAsync(Execution execution, Actor actor, ExecutionEvent decision, CancellationToken cancellationToken)
    {
        var preview = execution.Preview;
        if (model.Action(preview.CardId, preview.ActionId) is not { } known)
            return Refuse(new ActionRefusal.NoSuchAction(preview.CardId, preview.ActionId));
        if (await actors.FindAsync(execution.RequestedById, cancellationToken) is not { } requester)
            return Refuse(new ActionRefusal.RoleMissing(execution.RequestedBy, Role.Responder, "They may not act any more; ask for it yourself."));

        var action = ActionInputs.Fill(known, preview.Inputs);
        var prepared = await sender.PrepareAsync(requester, action, preview with { ValidUntil = execution.Approval!.Until }, cancellationToken);
        if (Changed(preview, prepared.Judgement) is { } changed) return await AskAgainAsync(execution, requester, changed, cancellationToken);
        if (!await record.AppendAsync(execution, [decision], actor, cancellationToken)) return await TellWhoWonAsync(execution, cancellationToken);
        var decided = Execution.Apply(execution, decision, actor, clock.GetUtcNow());
        return new DecisionOutcome.Recorded(await sender.SendAsync(decided, prepared.Claims, prepared.Judgement.Plan!.State.Version, actor, cancellationToken));
    }

    /// <summary>What is not as it was when it was asked for; null when everything that matters is.</summary>
    private static string? Changed(ActionPreview asked, Judgement now)
    {
        var before = asked.Guards.ToLookup(verdict => verdict.Guard, verdict => verdict.Outcome, StringComparer.Ordinal);
        return now.Verdicts.FirstOrDefault(verdict =>
            verdict.Outcome == GuardOutcome.Refuses
            || (before.Contains(verdict.Guard) ? !before[verdict.Guard].Contains(verdict.Outcome) : verdict.Outcome != GuardOutcome.Passes)) is { } moved
            ? moved.Reason.TrimEnd('.')
            : null;
    }

    /// <summary>As long as it may still run it is asked for anew, with the difference of now; else the request stays as it is, and the guard's reason is told.</summary>
    private async Task<DecisionOutcome> AskAgainAsync(
        Execution execution, Actor requester, string changed, CancellationToken cancellationToken)
    {
        switch (await previews.LayOpenAsync(execution.Preview.CardId, execution.ActionId, execution.Preview.Inputs, requester, cancellationToken))
        {
            case PreviewOutcome.Refused refused:
                return Refuse(refused.Why);
            case PreviewOutcome.Previewed { Preview: { MayRun: false } now }:
                return Refuse(new ActionRefusal.Guarded(now.Guards));
            case PreviewOutcome.Previewed { Preview: var now }:
                var until = clock.GetUtcNow() + Approval.Waits;
                var again = new ExecutionEvent.ApprovalAskedAgain(now with { Id = execution.Id, Risk = ActionRisk.Critical }, until, changed);
                return await record.AppendAsync(execution, [again], Actor.System, cancellationToken)
                    ? Refuse(new ActionRefusal.ChangedSinceAsked(changed))
                    : await TellWhoWonAsync(execution, cancellationToken);
            default:
                throw new InvalidOperationException("A preview is made or refused.");
        }
    }

    private async Task<DecisionOutcome> TellWhoWonAsync(Execution execution, CancellationToken cancellationToken) =>
        await record.ReadAsync(execution.Id, cancellationToken) is { State: not ExecutionState.AwaitingApproval } decided
            ? Refuse(new ActionRefusal.NotWaiting(LastDecision(decided)))
            : Refuse(new ActionRefusal.Overtaken());

    private ActionRefusal? MayDecide(Execution execution, Actor actor) =>
        !actor.IsPerson ? new ActionRefusal.NotAPerson()
        : !actor.May(Role.Approver) ? new ActionRefusal.RoleMissing(actor.Name, Role.Approver, "Ask one to look at it.")
        : NotWaiting(execution) ?? (execution.RequestedById == actor.Id ? new ActionRefusal.SelfApproval() : null);

    private ActionRefusal? MayBreakGlass(Execution execution, Actor actor) =>
        !actor.IsPerson ? new ActionRefusal.NotAPerson()
        : !actor.May(Role.Admin) ? new ActionRefusal.RoleMissing(actor.Name, Role.Admin, "Only an admin may go without a second person.")
        : NotWaiting(execution);

    private ActionRefusal? NotWaiting(Execution execution) =>
        execution.State != ExecutionState.AwaitingApproval ? new ActionRefusal.NotWaiting(LastDecision(execution))
        : execution.Approval!.IsOver(clock.GetUtcNow()) ? new ActionRefusal.ApprovalOver()
        : null;

    /// <summary>Who decided it, or how far it is where nobody had to.</summary>
    private static string LastDecision(Execution execution) =>
        execution.Steps.LastOrDefault(step => step.Text.Contains(" approved", StringComparison.Ordinal) || step.Text.Contains(" refused, ", StringComparison.Ordinal)
            || step.Text.Contains(" broke glass", StringComparison.Ordinal) || step.Text.Contains(" cancelled it", StringComparison.Ordinal))?.Text
        ?? execution.StateSentence;

    private static ActionRefusal? Nobody(Actor? actor) => actor is null || actor == Actor.Anonymous ? new ActionRefusal.NotSignedIn() : null;

    private static DecisionOutcome.Refused Refuse(ActionRefusal why) => new(why);
}
