using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.UseCases.Recording;

namespace Cockpit.UseCases.Executing;

/// <summary>
/// Runs what a preview showed: confirms it by its risk, lets the guards judge again, records the request, claims the target,
/// records the intent, and only then sends. Confirming the same preview twice is one execution.
/// </summary>
public sealed class ConfirmActionHandler(
    ActionBook actions, PreviewDesk desk, ActionJudge judge, IEventStore store, LedgerReader ledger, ExecutionBook book,
    ActionDispatcher dispatcher, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public async Task<ConfirmOutcome> HandleAsync(
        string previewId, Confirmation confirmation, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null) return Refuse(new ActionRefusal.NotSignedIn());
        if (book.Find(previewId) is { } existing) return new ConfirmOutcome.Started(existing);
        if (desk.Find(previewId) is not { } held) return Refuse(new ActionRefusal.PreviewGone());
        if (held.ActorId != actor.Id) return Refuse(new ActionRefusal.NotYourPreview());
        var preview = held.Preview;
        if (actions.Find(preview.CardId, preview.ActionId) is not { } known)
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
        var targetStream = new StreamId(Ledger.TargetKind, preview.Target);
        var claims = await store.ReadStreamAsync(targetStream, cancellationToken);
        var head = await store.ReadHeadAsync(cancellationToken);
        await ledger.ReachedAsync(head.Position, cancellationToken);

        var judgement = await judge.JudgeAsync(actor, action, preview.Inputs, preview.CardId, preview, cancellationToken);
        if (judgement.Verdicts.Any(verdict => verdict.Outcome == GuardOutcome.Refuses))
            return Refuse(new ActionRefusal.Guarded(judgement.Verdicts));
        var risk = GuardList.RiskAfter(judgement.Action.Risk, judgement.Verdicts);
        if (ConfirmationRule.Missing(risk, risk > judgement.Action.Risk, preview.Target, confirmation) is { } needed)
            return Refuse(new ActionRefusal.ConfirmOtherwise(risk, needed));

        var stream = new StreamId(Ledger.ExecutionKind, preview.Id);
        var request = new ExecutionEvent.Requested(preview with { Guards = judgement.Verdicts, DryRun = judgement.DryRun, Risk = risk });
        var confirmed = new ExecutionEvent.Confirmed(ConfirmationRule.WayOf(risk), Blank(confirmation.Reason));
        var requested = await store.AppendAsync(stream, 0, [Ledger.Write(request, actor), Ledger.Write(confirmed, actor)], preview.Id, cancellationToken);
        if (requested is not AppendResult.Appended) return new ConfirmOutcome.Started(await ReadAsync(stream, cancellationToken));

        var claim = await store.AppendAsync(targetStream, claims.Count, [Ledger.Write(Ledger.TargetClaimed, new { execution = preview.Id }, actor)],
            cancellationToken);
        if (claim is not AppendResult.Appended claimed)
        {
            var tooLate = new ExecutionEvent.Refused("Somebody else began to change the target in the same moment.");
            await store.AppendAsync(stream, 2, [Ledger.Write(tooLate, Actor.System)], cancellationToken);
            return new ConfirmOutcome.Started(await ReadAsync(stream, cancellationToken));
        }

        var intent = new ExecutionEvent.DispatchIntended(claimed.NewVersion);
        if (await store.AppendAsync(stream, 2, [Ledger.Write(intent, actor)], cancellationToken) is not AppendResult.Appended)
            return new ConfirmOutcome.Started(await ReadAsync(stream, cancellationToken));

        var outcome = await dispatcher.DispatchAsync(preview, judgement.Plan!.State.Version, cancellationToken);
        return new ConfirmOutcome.Started(await TellAsync(stream, [request, confirmed, intent, outcome], actor, cancellationToken));
    }

    /// <summary>Once it is sent, "nothing was done" would be a lie: when storage cannot be read, this tells what is known here.</summary>
    private async Task<Execution> TellAsync(
        StreamId stream, ImmutableArray<ExecutionEvent> known, Actor actor, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadAsync(stream, cancellationToken);
        }
        catch (Exception unread) when (unread is StorageUnavailableException or OperationCanceledException)
        {
            var now = clock.GetUtcNow();
            return known.Aggregate((Execution?)null, (execution, fact) => Execution.Apply(execution, fact, actor.Name, now))!;
        }
    }

    private async Task<Execution> ReadAsync(StreamId stream, CancellationToken cancellationToken)
    {
        var entries = await store.ReadStreamAsync(stream, cancellationToken);
        return entries.Aggregate((Execution?)null, (execution, entry) =>
            Execution.Apply(execution, Ledger.ReadExecution(entry), entry.Actor.Name, entry.RecordedAt))!;
    }

    private static ConfirmOutcome.Refused Refuse(ActionRefusal why) => new(why);

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
