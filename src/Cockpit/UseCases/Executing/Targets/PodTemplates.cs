using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;

namespace Cockpit.UseCases.Executing.Targets;

/// <summary>A Deployment's pod template: variables, limits and restarts, which carry the execution's id as a mark, and the return to an earlier revision.</summary>
public sealed class PodTemplates(IClusterObjects cluster) : ClusterTarget(cluster)
{
    private const string Environment = "env.";
    private const string Limits = "limits.";
    private const string Template = "template";

    /// <inheritdoc/>
    public override bool Does(ActionKind kind, TargetKind target) => target == TargetKind.Deployment
        && kind is ActionKind.EnvPatch or ActionKind.ResourcesPatch or ActionKind.RolloutRestart or ActionKind.Undo;

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetPlan>> PlanAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        var read = await Cluster.ReadWorkloadAsync(NameOf(action.Target), cancellationToken);
        if (read is not TargetAnswer<WorkloadSeen>.Done { Value: var workload }) return read.Select<TargetPlan>(_ => null!);
        if (action.Kind == ActionKind.Undo) return await PlanUndoAsync(action, inputs, workload, cancellationToken);
        if (action.Kind == ActionKind.RolloutRestart) return new TargetAnswer<TargetPlan>.Done(Restart(action, workload));
        if (ContainerOf(workload, action.Target.Container) is not { } container)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid($"{action.Target} has no container “{action.Target.Container}”"));

        var (prefix, held, section) = action.Kind == ActionKind.EnvPatch
            ? (Environment, container.Environment, "env:")
            : (Limits, container.Limits, "resources.limits:");
        ImmutableArray<FieldChange> fields =
            [.. action.Parameters.Select(entry => new FieldChange(prefix + entry.Key, held.GetValueOrDefault(entry.Key), Canonical(prefix, entry.Value)))];
        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            StateOf(workload, fields, action.Target.Container), fields,
            Diff([$"# {action.Target}, container {container.Name}", section], fields, prefix, "  ")));
    }

    /// <inheritdoc/>
    public override async Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        (await Cluster.ReadWorkloadAsync(NameOf(change.Target), cancellationToken)).Select(workload => StateOf(workload, change.Fields, change.Target.Container));

    /// <inheritdoc/>
    protected override ClusterChange ChangeOf(TargetChange change, string mark) => change.To(Template) is { } digest
        ? new ClusterChange.Revision(NameOf(change.Target), digest)
        : new ClusterChange.Template(NameOf(change.Target), change.Target.Container, Wishes(change, Environment), Wishes(change, Limits), mark);

    /// <inheritdoc/>
    protected override string Words(TargetChange change) => change.Kind switch
    {
        ActionKind.RolloutRestart => "its pods are replaced one after another",
        ActionKind.Undo => "its pods are replaced by the earlier revision",
        _ => $"{base.Words(change)}, its pods are replaced",
    };

    /// <summary>The server keeps a whole number of processors as such: 1000m is read back as 1.</summary>
    private static string Canonical(string prefix, string value) =>
        prefix == Limits && value.EndsWith('m') && int.TryParse(value[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var milli) && milli % 1000 == 0
            ? (milli / 1000).ToString(CultureInfo.InvariantCulture) : value;

    private static TargetPlan Restart(ActionDefinition action, WorkloadSeen workload) => new(
        StateOf(workload, [], null), [],
        [
            new(' ', $"# {action.Target}"),
            new(' ', "spec.template.metadata.annotations:"),
            new('+', "  kubectl.kubernetes.io/restartedAt: (the moment it is sent)"),
            new('+', "  cockpit/execution: (this execution)"),
        ]);

    private async Task<TargetAnswer<TargetPlan>> PlanUndoAsync(
        ActionDefinition action, ImmutableArray<InputValue> inputs, WorkloadSeen workload, CancellationToken cancellationToken)
    {
        var wish = inputs.FirstOrDefault(input => action.Inputs.Any(asked => asked.Name == input.Name && asked.Kind == InputKind.Revision))?.Value;
        var listed = await Cluster.ListRevisionsAsync(NameOf(action.Target), cancellationToken);
        if (listed is not TargetAnswer<ImmutableArray<RevisionSeen>>.Done { Value: var revisions }) return listed.Select<TargetPlan>(_ => null!);
        var chosen = revisions.FirstOrDefault(revision => revision.Number.ToString(CultureInfo.InvariantCulture) == wish);
        if (chosen is null) return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid($"{action.Target} keeps no revision {wish}"));
        if (chosen.TemplateDigest == workload.TemplateDigest)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid($"{action.Target} runs what revision {wish} describes already"));

        ImmutableArray<FieldChange> fields = [new(Template, workload.TemplateDigest, chosen.TemplateDigest)];
        return new TargetAnswer<TargetPlan>.Done(new TargetPlan(
            StateOf(workload, fields, null), fields,
            [
                new(' ', $"# {action.Target}"),
                new('-', $"revision: {workload.Reading.Revision}  {workload.Reading.Image}"),
                new('+', $"revision: {chosen.Number}  {chosen.Image}"),
            ],
            string.Create(CultureInfo.InvariantCulture, $"{workload.Reading.Revision} → {chosen.Number}")));
    }

    private static TargetState StateOf(WorkloadSeen workload, ImmutableArray<FieldChange> fields, string? container)
    {
        var held = ContainerOf(workload, container);
        return new TargetState(workload.Reading.Uid, workload.Reading.Generation, workload.Version,
            TargetState.FieldsOf(fields.Select(field => new KeyValuePair<string, string?>(field.Name, ValueOf(field.Name)))))
        {
            Mark = workload.Mark,
            Workload = workload.Reading,
            RolledOut = workload.RolledOut,
            Healthy = workload.Reading.ReadyReplicas,
            HealthyAfter = workload.Gradual ? workload.Reading.ReadyReplicas - (workload.Reading.Replicas / 4) : 0,
        };

        string? ValueOf(string field) =>
            field == Template ? workload.TemplateDigest
            : field.StartsWith(Environment, StringComparison.Ordinal) ? held?.Environment.GetValueOrDefault(field[Environment.Length..])
            : held?.Limits.GetValueOrDefault(field[Limits.Length..]);
    }

    private static ContainerSeen? ContainerOf(WorkloadSeen workload, string? name) =>
        name is null ? workload.Containers.FirstOrDefault() : workload.Containers.FirstOrDefault(container => container.Name == name);
}
