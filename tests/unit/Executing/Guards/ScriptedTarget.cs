using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;
using Cockpit.Tests.Health;
using Cockpit.UseCases.Executing;

namespace Cockpit.Tests.Executing.Guards;

/// <summary>Any target there is, as it must be for no guard to refuse; a test puts something else in its place.</summary>
internal sealed class ScriptedTarget : IActionTarget
{
    public Func<ActionDefinition, TargetPlan, TargetAnswer<TargetPlan>> Script { get; set; } = (_, plan) => new TargetAnswer<TargetPlan>.Done(plan);

    public DryRunResult DryRun { get; set; } = new(true, "The server admits the change.");

    public int Sent { get; private set; }

    public bool Does(ActionKind kind, TargetKind target) => kind != ActionKind.Check;

    public Task<TargetAnswer<TargetPlan>> PlanAsync(ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken) =>
        Task.FromResult(Script(action, PlanOf(action)));

    public Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        Task.FromResult<TargetAnswer<TargetState>>(new TargetAnswer<TargetState>.Failed(new TargetFailure.Unreachable("nobody asked")));

    public Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) => Task.FromResult(DryRun);

    public Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken)
    {
        Sent++;
        return Task.FromResult<TargetAnswer<string>>(new TargetAnswer<string>.Done("done"));
    }

    /// <summary>The state that holds these fields.</summary>
    public static TargetState StateOf(ActionDefinition action, ImmutableArray<FieldChange> fields)
    {
        var replicas = int.TryParse(fields[0].From, NumberStyles.None, CultureInfo.InvariantCulture, out var from) ? from : 3;
        return new TargetState("uid-1", 7, "100", TargetState.FieldsOf(fields.Select(field => new KeyValuePair<string, string?>(field.Name, field.From))))
        {
            Workload = new WorkloadReading(action.Target.Namespace ?? "", action.Target.Name, "uid-1", 7, 7, replicas, replicas, "image:1", 3, null),
            Healthy = 3,
            HealthyAfter = 2,
            Readers = [],
            Endpoints = [new SelectedEndpoints("blue", 3), new SelectedEndpoints("green", 3)],
            Outlook = FailoverOutlook.Of(Platform.Redis(Platform.Master(1_000), Platform.Replica("redis-1:6379", 1_000))),
            Sessions = [new DatabaseSession(1, "2026-11-22T03:00:00.000000Z", DatabaseSession.ClientBackend, "u", "a", TimeSpan.FromMinutes(9), "SELECT 1")],
        };
    }

    private static TargetPlan PlanOf(ActionDefinition action)
    {
        ImmutableArray<FieldChange> fields = action.Kind switch
        {
            ActionKind.ScaleOut or ActionKind.TrafficRestore => Replicas(action, by: -1),
            ActionKind.ScaleDown or ActionKind.TrafficDrain => Replicas(action, by: 1),
            ActionKind.PatchConfigMap => [.. action.Parameters.Select(entry => new FieldChange($"data.{entry.Key}", "before", entry.Value))],
            _ => [new FieldChange("field", "before", "after")],
        };
        return new TargetPlan(StateOf(action, fields), fields, [new DiffLine('+', "as it will be")]);
    }

    private static ImmutableArray<FieldChange> Replicas(ActionDefinition action, int by) =>
        [new FieldChange("replicas", (action.Replicas!.Value + by).ToString(CultureInfo.InvariantCulture), action.Replicas.Value.ToString(CultureInfo.InvariantCulture))];
}
