using System.Collections.Immutable;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>One pod, deleted so that its controller makes a new one. It is named by its uid: the new pod is never taken for the old.</summary>
public sealed class SinglePods(IClusterObjects cluster) : ClusterTarget(cluster)
{
    private const string Field = "uid";

    /// <inheritdoc/>
    public override bool Does(ActionKind kind, TargetKind target) => kind == ActionKind.DeletePod && target == TargetKind.Pod;

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        var listed = await Cluster.ListPodsAsync(action.Target.Namespace!, cancellationToken);
        if (listed is not TargetAnswer<ImmutableArray<PodSeen>>.Done { Value: var pods }) return listed.Select<TargetPlan>(_ => null!);
        if (pods.FirstOrDefault(pod => pod.Name == action.Target.Name) is not { } chosen)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.NotFound($"{action.Target} is not there any more"));
        if (chosen.Workload is not { } workload)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid($"nothing keeps {action.Target}: no new pod would take its place"));

        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(StateOf(chosen, pods), [new(Field, chosen.Uid, null)],
        [
            new(' ', $"# {action.Target}, kept by {workload}"),
            new('-', $"pod {chosen.Name}  {(chosen.Ready ? "ready" : "not ready")}"),
            new('+', $"pod {workload}-…  (its controller starts another)"),
        ]));
    }

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await Cluster.ListPodsAsync(change.Target.Namespace!, cancellationToken)).Select(pods =>
            pods.FirstOrDefault(pod => pod.Name == change.Target.Name) is { } still
                ? StateOf(still, pods)
                : new TargetState("", 0, "", TargetState.FieldsOf([new(Field, null)])));

    /// <inheritdoc/>
    protected override ClusterChange ChangeOf(TargetChange change, string mark) => new ClusterChange.PodGone(NameOf(change.Target));

    /// <inheritdoc/>
    protected override string Words(TargetChange change) => "the pod ends";

    private static TargetState StateOf(PodSeen pod, ImmutableArray<PodSeen> pods)
    {
        var siblings = pods.Where(each => each.Workload == pod.Workload && each.Ready).ToImmutableArray();
        return new TargetState(pod.Uid, 0, "", TargetState.FieldsOf([new(Field, pod.Uid)]))
        {
            Healthy = siblings.Length,
            HealthyAfter = siblings.Count(each => each.Uid != pod.Uid),
        };
    }
}
