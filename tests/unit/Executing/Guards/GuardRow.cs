using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Domain.Maintenance;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing.Guards;

/// <summary>A guard and the circumstance in which it refuses.</summary>
/// <param name="Sentence">The guard by the sentence that it enforces.</param>
/// <param name="Concerns">The actions that it concerns.</param>
internal sealed record GuardRow(string Sentence, Func<ActionDefinition, bool> Concerns)
{
    /// <summary>Brings the circumstance about, for every action at once.</summary>
    public Action<GuardedCockpit> Arrange { get; init; } = _ => { };

    /// <summary>Brings it about for one action.</summary>
    public Func<GuardedCockpit, string, ActionDefinition, Task> ArrangeEach { get; init; } = (_, _, _) => Task.CompletedTask;

    /// <summary>Brings it about between preview and confirmation.</summary>
    public Action<GuardedCockpit>? Meanwhile { get; init; }

    /// <summary>Puts things back after <see cref="Meanwhile"/>.</summary>
    public Action<GuardedCockpit> Afterwards { get; init; } = _ => { };

    /// <summary>Freezes that hold.</summary>
    public ImmutableArray<ChangeFreeze> Freezes { get; init; } = [];

    /// <summary>True when it never refuses but raises the price.</summary>
    public bool OnlyCosts { get; init; }

    /// <summary>Those who are refused; default for everybody.</summary>
    public Func<Actor, bool> Refuses { get; init; } = _ => true;

    /// <summary>Every guard by the name of its file.</summary>
    public static readonly IReadOnlyDictionary<string, GuardRow> All = new Dictionary<string, GuardRow>
    {
        ["TargetStateIsFresh"] = new("Target state is fresh", _ => true)
        {
            Arrange = cockpit => cockpit.Target.Script = (_, _) => new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Unreachable("connection refused")),
        },
        ["SymptomIsPresent"] = new("A symptom is present", action => action.Kind != ActionKind.ScaleDown && IsOnACard(action))
        {
            Arrange = cockpit => cockpit.See(Verdict.DoesNotHold),
        },
        ["ActorMayRunIt"] = new("You may run it", _ => true) { Refuses = actor => !actor.May(Role.Responder) },
        ["GoesTheWayItIsMeantTo"] = new("Goes the way it is meant to", Scales)
        {
            Arrange = cockpit => Plan(cockpit, (action, plan) => With(action, [plan.Fields[0] with { From = plan.Fields[0].To }])),
        },
        ["IsInsideBounds"] = new("Is inside its bounds", action => action.Bounds is not null)
        {
            Arrange = cockpit => Plan(cockpit, (action, plan) => With(action, [plan.Fields[0] with { To = $"{(action.Bounds?.Max ?? 0) + 1}" }])),
        },
        ["LeavesAtLeastOneHealthyInstance"] = new("Leaves at least one healthy instance", action => action.Kind is ActionKind.ScaleDown or ActionKind.DeletePod
            or ActionKind.RolloutRestart or ActionKind.EnvPatch or ActionKind.ResourcesPatch or ActionKind.Undo)
        {
            Arrange = cockpit => State(cockpit, state => state with { Healthy = 1, HealthyAfter = 0 }),
        },
        ["NoConflictingExecution"] = new("Nobody else is changing it", _ => true) { ArrangeEach = (cockpit, owner, action) => cockpit.HasBegunAsync(owner, action, andEnded: false) },
        ["IsNotCoolingDown"] = new("Is not cooling down", action => action.Cooldown > TimeSpan.Zero)
        {
            ArrangeEach = (cockpit, owner, action) => cockpit.HasBegunAsync(owner, action, andEnded: true),
        },
        ["IsNotInAChangeFreeze"] = new("Is not in a change freeze", _ => true)
        {
            Freezes = [new ChangeFreeze(Platform.Now - TimeSpan.FromHours(1), Platform.Now + TimeSpan.FromHours(1), "the quarter closes", [])],
        },
        ["NoAutoscalerWillUndoIt"] = new("No autoscaler will undo it", Scales)
        {
            Arrange = cockpit => State(cockpit, state => state with { Workload = state.Workload! with { Autoscaler = new Autoscaler("hpa", 2, 6) } }),
        },
        ["PrimaryHasHeadroom"] = new("The primary has headroom", Asks(ActionGuard.PrimaryHasHeadroom)) { Arrange = cockpit => cockpit.See(primaryUse: 0.9) },
        ["NoRealOrdersFlow"] = new("No real orders flow", Asks(ActionGuard.NoRealOrders)) { Arrange = cockpit => cockpit.See(orders: 12), OnlyCosts = true },
        ["CandidateHasCaughtUp"] = new("The failover candidate has caught up", Asks(ActionGuard.CandidateCaughtUp))
        {
            Arrange = cockpit => State(cockpit, state => state with
            {
                Outlook = FailoverOutlook.Of(Platform.Redis(Platform.Master(50_000_000), Platform.Replica("redis-1:6379", 1_000))),
            }),
        },
        ["TrafficGoesToReadyEndpoints"] = new("Traffic goes to ready endpoints", Asks(ActionGuard.ReadyEndpoints))
        {
            Arrange = cockpit => State(cockpit, state => state with { Endpoints = [new SelectedEndpoints("green", 0)] }),
        },
        ["OnlyClientSessionsEnd"] = new("Only client sessions end", Asks(ActionGuard.ClientBackendsOnly))
        {
            Arrange = cockpit => State(cockpit, state => state with { Sessions = [state.Sessions[0] with { Kind = "walsender" }] }),
        },
        ["PodsRestart"] = new("Pods restart", action => action.Guards.Contains(ActionGuard.RestartsPods) && action.Kind != ActionKind.DeletePod)
        {
            Arrange = cockpit => State(cockpit, state => state with { Workload = null }),
        },
        ["TakesEffectWithoutRestart"] = new("Takes effect without a restart", Asks(ActionGuard.TakesEffectWithoutRestart))
        {
            Arrange = cockpit => State(cockpit, state => state with { Readers = default }),
        },
        ["DryRunIsAccepted"] = new("The dry run is accepted", _ => true) { Arrange = cockpit => cockpit.Target.DryRun = new DryRunResult(false, "the account may not do this") },
        ["PreviewIsStillTrue"] = new("The preview is still true", _ => true)
        {
            Meanwhile = cockpit => State(cockpit, state => state with { Generation = 8, Workload = state.Workload! with { Generation = 8, ObservedGeneration = 8 } }),
            Afterwards = cockpit => State(cockpit, state => state),
        },
    };

    private static bool Scales(ActionDefinition action) =>
        action.Kind is ActionKind.ScaleOut or ActionKind.ScaleDown or ActionKind.TrafficDrain or ActionKind.TrafficRestore;

    private static bool IsOnACard(ActionDefinition action) => GuardedCockpit.Model.Cards.Any(card => card.Actions.Contains(action) && !card.Symptoms.IsEmpty);

    private static Func<ActionDefinition, bool> Asks(ActionGuard guard) => action => action.Guards.Contains(guard);

    private static TargetPlan With(ActionDefinition action, ImmutableArray<FieldChange> fields) => new(ScriptedTarget.StateOf(action, fields), fields, []);

    private static void Plan(GuardedCockpit cockpit, Func<ActionDefinition, TargetPlan, TargetPlan> change) =>
        cockpit.Target.Script = (action, plan) => new TargetAnswer<TargetPlan>.Done(change(action, plan));

    private static void State(GuardedCockpit cockpit, Func<TargetState, TargetState> change) =>
        Plan(cockpit, (_, plan) => plan with { State = change(plan.State) });
}
