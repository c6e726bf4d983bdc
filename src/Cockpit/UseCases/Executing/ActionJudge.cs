using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.Live;

namespace Cockpit.UseCases.Executing;

/// <summary>What the judge found: the target as it is now, and every guard's verdict.</summary>
/// <param name="Action">The action, its risk lowered when the catalog's relief applies.</param>
/// <param name="Plan">What the action would make of the target; null when it could not be read.</param>
/// <param name="Verdicts">Every guard's verdict.</param>
/// <param name="DryRun">What the target said to a dry run.</param>
public sealed record Judgement(ActionDefinition Action, TargetPlan? Plan, ImmutableArray<GuardVerdict> Verdicts, DryRunResult DryRun);

/// <summary>Reads the target now, asks it for a dry run and lets every guard judge: the same way at preview and at dispatch.</summary>
public sealed class ActionJudge(
    ActionTargets targets, PlatformModel model, ChangeFreezes freezes, SnapshotFeed feed, ExecutionBook book, CatalogVersion catalog, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Judges an action whose inputs are filled in.</summary>
    /// <param name="actor">Who wants to run it.</param>
    /// <param name="action">The action.</param>
    /// <param name="inputs">What they supplied.</param>
    /// <param name="cardId">The card it belongs to.</param>
    /// <param name="confirming">The preview that is being confirmed; null while previewing.</param>
    /// <param name="begun">True for a later step of what has begun: its symptoms may be gone by then.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<Judgement> JudgeAsync(
        Actor actor, ActionDefinition action, ImmutableArray<InputValue> inputs, string cardId, ActionPreview? confirming, bool begun,
        CancellationToken cancellationToken)
    {
        var target = targets.Find(action.Kind, action.Target.Kind)
            ?? throw new InvalidOperationException($"Nothing here does {action.Kind} on {action.Target.Kind}.");
        var answer = await TargetPatience.AskAsync(token => target.PlanAsync(action, inputs, token), Patience, clock, cancellationToken);
        var plan = (answer as TargetAnswer<TargetPlan>.Done)?.Value;
        var health = feed.Current.Health;
        var context = new GuardContext(
            actor, action, plan?.State, (answer as TargetAnswer<TargetPlan>.Failed)?.Why.Words, plan?.Fields ?? [], health?.Card(cardId),
            book.Recent.RemoveAll(execution => execution.Id == confirming?.Id), null, confirming, catalog.Version, clock.GetUtcNow())
        {
            Board = health?.Board,
            HasSymptoms = !begun && model.Cards.Any(card => card.Id == cardId),
            Freezes = freezes.All,
        };

        var refused = GuardList.JudgeBeforeDryRun(context).Any(verdict => verdict.Outcome == GuardOutcome.Refuses);
        if (refused || plan is null)
            return new Judgement(Relieved(action, plan), plan, GuardList.JudgeAll(context), new DryRunResult(null, "not asked"));

        var change = new TargetChange(action.Kind, action.Target, plan.State.Uid, plan.Fields);
        var dryRun = await TargetPatience.TryAsync(token => target.DryRunAsync(change, plan.State.Version, token), Patience, clock, cancellationToken);
        return new Judgement(Relieved(action, plan), plan, GuardList.JudgeAll(context with { DryRun = dryRun }), dryRun);
    }

    private static ActionDefinition Relieved(ActionDefinition action, TargetPlan? plan) =>
        action.Relief is { When: RiskCircumstance.MasterUnreachable } relief && plan?.State.Outlook is { MasterAnswers: false }
            ? action with { Risk = relief.Risk } : action;
}

/// <summary>The change freezes that the catalog declares.</summary>
public sealed record ChangeFreezes(ImmutableArray<ChangeFreeze> All);

/// <summary>The catalog's version, as previews pin it.</summary>
public sealed record CatalogVersion(string Version);
