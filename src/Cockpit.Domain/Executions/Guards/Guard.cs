using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions.Guards;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;

namespace Cockpit.Domain.Executions;

/// <summary>What a guard says.</summary>
public enum GuardOutcome
{
    /// <summary>Nothing speaks against it.</summary>
    Passes,

    /// <summary>It may run, at the price of a reason and one level more of risk.</summary>
    Costs,

    /// <summary>It may not run.</summary>
    Refuses,
}

/// <summary>A guard's verdict.</summary>
/// <param name="Guard">The rule, as the sentence it enforces.</param>
/// <param name="Outcome">What it says.</param>
/// <param name="Reason">Why, for a tired person: what was found, and where it helps what to do.</param>
public sealed record GuardVerdict(string Guard, GuardOutcome Outcome, string Reason)
{
    /// <summary>Nothing speaks against it.</summary>
    public static GuardVerdict Pass(string guard, string reason) => new(guard, GuardOutcome.Passes, reason);

    /// <summary>It may run, at a price.</summary>
    public static GuardVerdict Cost(string guard, string reason) => new(guard, GuardOutcome.Costs, reason);

    /// <summary>It may not run.</summary>
    public static GuardVerdict Refuse(string guard, string reason) => new(guard, GuardOutcome.Refuses, reason);
}

/// <summary>Everything a guard may look at. The same at preview and at dispatch.</summary>
/// <param name="Actor">Who wants to run it, with the roles of this moment.</param>
/// <param name="Action">The action.</param>
/// <param name="Target">The target as read for this preview; null when it could not be read.</param>
/// <param name="TargetDoubt">Why the target could not be read; null when it could.</param>
/// <param name="Fields">The fields the action would set, with what they hold now; empty when the target could not be read.</param>
/// <param name="Card">The card against live evidence; null when there is none yet.</param>
/// <param name="Others">Executions that are not finished, and those that finished lately; never the one that is judged.</param>
/// <param name="DryRun">What the server said to a dry run; null when it was not asked because something else forbids the action.</param>
/// <param name="Preview">The preview that is being confirmed; null while previewing.</param>
/// <param name="CatalogVersion">Hash of the catalog now.</param>
/// <param name="Now">The instant.</param>
public sealed record GuardContext(
    Actor Actor, ActionDefinition Action, TargetState? Target, string? TargetDoubt, ImmutableArray<FieldChange> Fields, CardState? Card,
    ImmutableArray<Execution> Others, DryRunResult? DryRun, ActionPreview? Preview, string CatalogVersion, DateTimeOffset Now)
{
    /// <summary>All figures of the platform; null when there are none yet.</summary>
    public SignalBoard? Board { get; init; }

    /// <summary>False for an action of a runbook: it has no symptoms that could be asked for.</summary>
    public bool HasSymptoms { get; init; } = true;

    /// <summary>The change freezes that are known; default when there are none.</summary>
    public ImmutableArray<ChangeFreeze> Freezes { get; init; }

    /// <summary>The replica count it asks for; null when it sets none.</summary>
    public int? Replicas => Fields.FirstOrDefault(each => each.Name == "replicas")?.To is { } text
        && int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count : null;
}

/// <summary>The guards, in the order in which a person wants to read them.</summary>
public static class GuardList
{
    private static readonly ImmutableArray<Func<GuardContext, GuardVerdict?>> BeforeDryRun =
    [
        TargetStateIsFresh.Judge, SymptomIsPresent.Judge, ActorMayRunIt.Judge, GoesTheWayItIsMeantTo.Judge, IsInsideBounds.Judge,
        LeavesAtLeastOneHealthyInstance.Judge, NoConflictingExecution.Judge, IsNotCoolingDown.Judge, IsNotInAChangeFreeze.Judge,
        NoAutoscalerWillUndoIt.Judge, PrimaryHasHeadroom.Judge, NoRealOrdersFlow.Judge, CandidateHasCaughtUp.Judge,
        TrafficGoesToReadyEndpoints.Judge, OnlyClientSessionsEnd.Judge, PodsRestart.Judge, TakesEffectWithoutRestart.Judge,
    ];

    /// <summary>The guard whose refusal has an alternative: to raise the autoscaler's minimum.</summary>
    public const string AutoscalerGuard = NoAutoscalerWillUndoIt.Name;

    /// <summary>The verdicts that need no dry run, of those guards that concern the action. A refusal among them makes asking the server pointless.</summary>
    public static ImmutableArray<GuardVerdict> JudgeBeforeDryRun(GuardContext context) => [.. BeforeDryRun.Select(judge => judge(context)).OfType<GuardVerdict>()];

    /// <summary>All verdicts, the dry run's and, when confirming, the preview's among them.</summary>
    public static ImmutableArray<GuardVerdict> JudgeAll(GuardContext context)
    {
        var verdicts = JudgeBeforeDryRun(context);
        if (DryRunIsAccepted.Judge(context) is { } dryRun) verdicts = verdicts.Add(dryRun);
        return context.Preview is null ? verdicts : verdicts.Add(PreviewIsStillTrue.Judge(context));
    }

    /// <summary>Why the action may not run, each reason that stands on its own; empty when nothing refuses.</summary>
    public static IEnumerable<string> RefusalsOf(ImmutableArray<GuardVerdict> verdicts)
    {
        var reasons = verdicts.Where(verdict => verdict.Outcome == GuardOutcome.Refuses).Select(verdict => verdict.Reason).ToImmutableArray();
        return reasons.Length == 1 ? reasons : reasons.Where(reason => reason != DryRunIsAccepted.NotAsked);
    }

    /// <summary>The risk after the guards: one level more when any of them costs, never above critical.</summary>
    public static ActionRisk RiskAfter(ActionRisk risk, ImmutableArray<GuardVerdict> verdicts) =>
        verdicts.Any(verdict => verdict.Outcome == GuardOutcome.Costs) && risk < ActionRisk.Critical ? risk + 1 : risk;
}
