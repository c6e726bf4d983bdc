using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>The count that an autoscaler keeps at least: how a workload is scaled out when an autoscaler owns its replicas.</summary>
public sealed class AutoscalerMinimums(IClusterObjects cluster) : ClusterTarget(cluster)
{
    private const string Field = "minReplicas";

    /// <inheritdoc/>
    public override bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.RaiseMinimum && target == TargetKind.Deployment;

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        if (action.Replicas is not { } to)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid("no whole number of replicas was given"));
        var read = await Cluster.ReadAutoscalerAsync(NameOf(action.Target), cancellationToken);
        if (read is not TargetAnswer<AutoscalerSeen>.Done { Value: var autoscaler }) return read.Select<TargetPlan>(_ => null!);
        if (to > autoscaler.Max)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid($"the autoscaler {autoscaler.Name} keeps at most {autoscaler.Max} replicas"));

        ImmutableArray<FieldChange> fields = [new(Field, Text(autoscaler.Min), Text(to))];
        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            StateOf(autoscaler), fields, Diff([$"# {action.Target.Namespace}/{autoscaler.Name}, autoscaler of {action.Target.Name}", "spec:"], fields, "", "  "),
            $"{Text(autoscaler.Min)} → {Text(to)}"));
    }

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await Cluster.ReadAutoscalerAsync(NameOf(change.Target), cancellationToken)).Select(StateOf);

    /// <inheritdoc/>
    protected override ClusterChange ChangeOf(TargetChange change, string mark) =>
        new ClusterChange.AutoscalerMinimum(NameOf(change.Target), int.Parse(change.To(Field)!, NumberStyles.None, CultureInfo.InvariantCulture));

    /// <inheritdoc/>
    protected override string Words(TargetChange change) => $"its autoscaler keeps at least {change.To(Field)} replicas";

    private static TargetState StateOf(AutoscalerSeen autoscaler) =>
        new(autoscaler.Uid, 0, autoscaler.Version, TargetState.FieldsOf([new(Field, Text(autoscaler.Min))]));

    private static string Text(int count) => count.ToString(CultureInfo.InvariantCulture);
}
