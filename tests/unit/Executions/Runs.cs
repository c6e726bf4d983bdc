using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Cards;
using Cockpit.Tests.Health;

namespace Cockpit.Tests.Executions;

/// <summary>Scaling the WebSocket managers from four to eight, and the people who may or may not.</summary>
internal static class Runs
{
    public static readonly DateTimeOffset At = Platform.Now;

    public static readonly Actor Sam = new("sam", "Sam Okafor", [Role.Viewer, Role.Responder], IsPerson: true);

    public static readonly Actor Ada = new("ada", "Ada Lindqvist", [Role.Viewer, Role.Responder, Role.Admin], IsPerson: true);

    public static readonly Actor Ines = new("ines", "Ines Duarte", [Role.Viewer, Role.Responder, Role.Approver], IsPerson: true);

    public static readonly Actor Noor = new("noor", "Noor Haddad", [Role.Viewer, Role.Approver], IsPerson: true);

    public static readonly Actor Robot = new("token-1", "token ci", [Role.Viewer, Role.Responder, Role.Approver, Role.Admin], IsPerson: false);

    public static readonly Actor Erin = new("erin", "Erin Vale", [Role.Viewer], IsPerson: true);

    public static readonly ActionPreview Preview = new(
        "p-1", Tiles.WebSocket, "scale-out", "Scale out the WebSocket managers 4 → 8", ActionKind.ScaleOut,
        WebSocketCard.ScaleOut.Target, ReadBack.Value, [], new PinnedTarget("v1", "uid-1", 7, [new FieldChange("replicas", "4", "8")]), At, At + ActionPreview.Validity, [], [], new DryRunResult(true, "admitted"), [],
        "Connections spread.", "Nobody is disconnected.", "Scale back.", "kubectl scale", ActionRisk.Medium, NeedsReason: false);

    /// <summary>The managers as an action's target.</summary>
    public static TargetState Managers(int replicas, int? ready = null) => Target(Platform.Managers(replicas, ready));

    public static TargetState Target(WorkloadReading workload) =>
        new(workload.Uid, workload.Generation, "100", TargetState.FieldsOf([new("replicas", $"{workload.Replicas}")])) { Workload = workload };

    public static GuardContext Context(
        Actor? actor = null, ActionDefinition? action = null, int desired = 8, CardState? card = null, ActionPreview? preview = null,
        DryRunResult? dryRun = null, params ImmutableArray<Execution> others) => new(
        actor ?? Sam, action ?? WebSocketCard.ScaleOut, Managers(4), null, [new FieldChange("replicas", "4", $"{desired}")], card ?? WebSocketCard.Seen(0.91, 0.05, At),
        others.IsDefault ? [] : others, dryRun ?? new DryRunResult(true, "The server admits the change."), preview, "v1", At);

    /// <summary>An execution after these events, one second apart.</summary>
    public static Execution After(params ExecutionEvent[] events) => events
        .Select((fact, index) => (fact, index))
        .Aggregate(Execution.Apply(null, new ExecutionEvent.Requested(Preview), Sam, At),
            (execution, next) => Execution.Apply(execution, next.fact, Sam, At.AddSeconds(next.index + 1)));

    public static Execution Sent(params ExecutionEvent[] events) =>
        After([new ExecutionEvent.Confirmed("held the button", null), new ExecutionEvent.DispatchIntended(1), .. events]);
}
