using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Runs what a preview showed: confirms it by its risk, lets the guards judge again and records the request. Then it is sent, held back
/// for a moment in which it can be cancelled, or waits for another person, as its risk asks. Confirming the same preview twice is one execution.
/// </summary>
public sealed class ConfirmActionHandler(
    PlatformModel model, PreviewDesk desk, ActionSender sender, ExecutionRecord record, IEventStore store, ExecutionBook book,
    OutcomeWatch outcomes, PressLimit presses, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<ConfirmOutcome> HandleAsync(
        string previewId, Confirmation confirmation, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null) return Refuse(new ActionRefusal.NotSignedIn());
        if (book.Find(previewId) is { } existing) return new ConfirmOutcome.Started(existing);
        if (presses.Take(actor) is { } tooOften) return Refuse(tooOften);
        if (desk.Find(previewId) is not { } held) return Refuse(new ActionRefusal.PreviewGone());
        if (held.ActorId != actor.Id) return Refuse(new ActionRefusal.NotYourPreview());
        var preview = held.Preview;
        if (model.Action(preview.CardId, preview.ActionId) is not { } known)
            return Refuse(new ActionRefusal.NoSuchAction(preview.CardId, preview.ActionId));

        // What has begun is finished even if the person who began it closes the page. The patience ends before anything is sent:
        // from there on the dispatcher has its own, and the answer is the execution, whatever became of it.
        using var timeout = new CancellationTokenSource(Patience, clock);
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await RunAsync(preview, ActionInputs.Fill(known, preview.Inputs), confirmation, actor, timeout.Token);
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

    private async Task<ConfirmOutcome> RunAsync(
        ActionPreview preview, ActionDefinition action, Confirmation confirmation, Actor actor, CancellationToken cancellationToken)
    {
        var prepared = await sender.PrepareAsync(actor, action, preview, cancellationToken);
        var judgement = prepared.Judgement;
        if (prepared.IsRefused) return Refuse(new ActionRefusal.Guarded(judgement.Verdicts));
        var risk = GuardList.RiskAfter(judgement.Action.Risk, judgement.Verdicts);
        if (ConfirmationRule.Missing(risk, risk > judgement.Action.Risk, preview.Target, confirmation) is { } needed)
            return Refuse(new ActionRefusal.ConfirmOtherwise(risk, needed));

        var now = clock.GetUtcNow();
        List<ExecutionEvent> facts =
        [
            new ExecutionEvent.Requested(preview with { Guards = judgement.Verdicts, DryRun = judgement.DryRun, Risk = risk }, LeaseRule.LengthOf(action),
                Before: outcomes.Look(OutcomeMoment.Before, preview.CardId)),
            new ExecutionEvent.Confirmed(ConfirmationRule.WayOf(risk), Words.OrNull(confirmation.Reason)),
        ];
        if (risk == ActionRisk.Critical) facts.Add(new ExecutionEvent.ApprovalAsked(now + Approval.Waits));
        if (risk == ActionRisk.Low) facts.Add(new ExecutionEvent.HeldBack(now + Execution.CancelWindow));

        var requested = await store.AppendAsync(
            ExecutionRecord.StreamOf(preview.Id), 0, [.. facts.Select(fact => Ledger.Write(fact, actor))], preview.Id, cancellationToken);
        if (requested is not AppendResult.Appended) return new ConfirmOutcome.Started((await record.ReadAsync(preview.Id, cancellationToken))!);
        var execution = facts.Aggregate((Execution?)null, (before, fact) => Execution.Apply(before, fact, actor, now))!;
        return new ConfirmOutcome.Started(execution.CanBeCancelled
            ? execution
            : await sender.SendAsync(execution, prepared.Claims, judgement.Plan!.State.Version, actor, cancellationToken));
    }

    private static ConfirmOutcome.Refused Refuse(ActionRefusal why) => new(why);
}
