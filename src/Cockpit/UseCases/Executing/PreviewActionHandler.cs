using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Live;

namespace Cockpit.UseCases.Executing;

/// <summary>Lays an action open: evidence, guards, dry run, difference, expected effect, and how to do it by hand.</summary>
public sealed class PreviewActionHandler(
    PlatformModel model, ActionJudge judge, PreviewDesk desk, SnapshotFeed feed, CatalogVersion catalog, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<PreviewOutcome> HandleAsync(string cardId, string actionId, Actor? actor, CancellationToken cancellationToken)
    {
        if (actor is null || !actor.May(Role.Viewer)) return new PreviewOutcome.Refused(new ActionRefusal.NotSignedIn());
        if (model.Action(cardId, actionId) is not { } action)
            return new PreviewOutcome.Refused(new ActionRefusal.NoSuchAction(cardId, actionId));
        if (!RunnableActions.Includes(action))
            return new PreviewOutcome.Refused(new ActionRefusal.NotRunnable(action.CommandFor(ImmutableDictionary<string, string>.Empty)));

        using var timeout = new CancellationTokenSource(Patience, clock);
        using var bounded = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        var desired = action.Replicas!.Value;
        var judgement = await judge.JudgeAsync(actor, action, cardId, desired, null, bounded.Token);
        var preview = Compose(cardId, action, desired, judgement);
        desk.Put(preview, actor);
        return new PreviewOutcome.Previewed(preview);
    }

    private ActionPreview Compose(string cardId, ActionDefinition action, int desired, Judgement judgement)
    {
        var now = clock.GetUtcNow();
        var from = judgement.Target?.Replicas ?? 0;
        var card = feed.Current.Health?.Card(cardId);
        return new ActionPreview(
            Guid.NewGuid().ToString("N"), cardId, action.Id,
            judgement.Target is null ? action.Title : string.Create(CultureInfo.InvariantCulture, $"{action.Title} {from} → {desired}"),
            action.Target.ToString(),
            new PinnedTarget(catalog.Version, judgement.Target?.Uid ?? "", judgement.Target?.Generation ?? 0, from, desired),
            now, now + ActionPreview.Validity, judgement.Verdicts,
            card is null ? [] : Verification.FiguresOf(card.Symptoms), judgement.DryRun, DiffOf(judgement.Target, desired),
            action.Effect, action.BlastRadius, action.Inverse, action.CommandFor(ImmutableDictionary<string, string>.Empty),
            GuardList.RiskAfter(action.Risk, judgement.Verdicts), judgement.Verdicts.Any(verdict => verdict.Outcome == GuardOutcome.Costs));
    }

    private static ImmutableArray<DiffLine> DiffOf(WorkloadReading? target, int desired) => target is null ? [] :
    [
        new(' ', $"# {target.Namespace}/{target.Name}"),
        new(' ', "spec:"),
        new('-', string.Create(CultureInfo.InvariantCulture, $"  replicas: {target.Replicas}")),
        new('+', string.Create(CultureInfo.InvariantCulture, $"  replicas: {desired}")),
    ];
}

/// <summary>The actions that the cockpit can do itself. What it cannot do, it still shows as a command to copy.</summary>
public static class RunnableActions
{
    public static bool Includes(ActionDefinition action) =>
        action is { Kind: ActionKind.ScaleOut, Target: { Kind: TargetKind.Deployment, Namespace: not null }, Replicas: not null };
}
