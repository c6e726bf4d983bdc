using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;

namespace Cockpit.UseCases.Executing;

/// <summary>Lays an action open: evidence, guards, dry run, difference, expected effect, and how to do it by hand.</summary>
public sealed class PreviewActionHandler(
    PlatformModel model, ActionTargets targets, ActionJudge judge, PreviewDesk desk, SnapshotFeed feed, CatalogVersion catalog,
    PressLimit presses, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<PreviewOutcome> HandleAsync(
        string cardId, string actionId, ImmutableArray<InputValue> inputs, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Viewer)) return Refuse(new ActionRefusal.NotSignedIn());
        return presses.Take(actor) is { } tooOften ? Refuse(tooOften) : await LayOpenAsync(cardId, actionId, inputs, actor, cancellationToken);
    }

    /// <summary>Lays it open again for somebody who did not press: what they asked for is to be approved anew.</summary>
    internal async Task<PreviewOutcome> LayOpenAsync(
        string cardId, string actionId, ImmutableArray<InputValue> inputs, Actor actor, CancellationToken cancellationToken)
    {
        if (model.Action(cardId, actionId) is not { } known)
            return Refuse(new ActionRefusal.NoSuchAction(cardId, actionId));
        var action = ActionInputs.Fill(known, inputs);
        if (!targets.CanRun(action)) return Refuse(new ActionRefusal.NotRunnable(action.CommandFor(ImmutableDictionary<string, string>.Empty)));
        if (ActionInputs.Missing(known, inputs) is [var missing, ..]) return Refuse(new ActionRefusal.InputMissing(missing.Question));

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var judgement = await judge.JudgeAsync(actor, action, inputs, cardId, null, begun: false, bounded.Token);
        var preview = Compose(cardId, judgement.Action, inputs, judgement);
        desk.Put(preview, actor);
        return new PreviewOutcome.Previewed(preview);
    }

    private ActionPreview Compose(string cardId, ActionDefinition action, ImmutableArray<InputValue> inputs, Judgement judgement)
    {
        var (now, plan) = (clock.GetUtcNow(), judgement.Plan);
        var card = feed.Current.Health?.Card(cardId);
        return new ActionPreview(
            Guid.NewGuid().ToString("N"), cardId, action.Id, plan?.Values is { } values ? $"{action.Title} {values}" : action.Title,
            action.Kind, action.Target, action.ReadBack, inputs,
            new PinnedTarget(catalog.Version, plan?.State.Uid ?? "", plan?.State.Generation ?? 0, plan?.Fields ?? [], plan?.State.Digest),
            now, now + ActionPreview.Validity, judgement.Verdicts,
            card is null ? [] : Verification.FiguresOf(card.Symptoms), judgement.DryRun, plan?.Diff ?? [],
            action.Effect, action.BlastRadius, action.Inverse, action.CommandFor(ImmutableDictionary<string, string>.Empty),
            GuardList.RiskAfter(action.Risk, judgement.Verdicts), judgement.Verdicts.Any(verdict => verdict.Outcome == GuardOutcome.Costs))
        { Walk = plan?.Walk };
    }

    private static PreviewOutcome.Refused Refuse(ActionRefusal why) => new(why);
}
