using System.Collections.Immutable;
using System.Globalization;
using Cockpit.Domain.Cards;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>A Deployment's replica count: scaled out or down, drained or restored, the latter two step by step where the catalog names a pause.</summary>
public sealed class ReplicaCounts(IDeployments deployments) : IActionTarget
{
    /// <summary>The field that holds the count.</summary>
    public const string Field = "replicas";

    /// <inheritdoc/>
    public bool Does(ActionKind kind, TargetKind target) =>
        target == TargetKind.Deployment
        && kind is ActionKind.ScaleOut or ActionKind.ScaleDown or ActionKind.TrafficDrain or ActionKind.TrafficRestore;

    /// <inheritdoc/>
    public async Task<TargetAnswer<TargetPlan>> PlanAsync(ActionDefinition action, ImmutableArray<InputValue> inputs, CancellationToken cancellationToken)
    {
        if (action.Replicas is not { } to)
            return new TargetAnswer<TargetPlan>.Failed(new TargetFailure.Invalid("no whole number of replicas was given"));
        return (await ReadAsync(action.Target, cancellationToken)).Select(state =>
        {
            var from = state[Field]!;
            var wish = to.ToString(CultureInfo.InvariantCulture);
            var walk = action.Pause is { } pause ? Walk.Between(Field, int.Parse(from, CultureInfo.InvariantCulture), to, pause) : null;
            return new TargetPlan(state with { HealthyAfter = Math.Min(to, state.Healthy ?? 0) }, [new(Field, from, wish)],
            [
                new(' ', $"# {action.Target}"),
                new(' ', "spec:"),
                new('-', $"  replicas: {from}"),
                new('+', $"  replicas: {wish}"),
                .. walk is null ? ImmutableArray<DiffLine>.Empty : [new(' ', StepsOf(walk))],
            ], $"{from} → {wish}")
            { Walk = walk };
        });
    }

    /// <inheritdoc/>
    public Task<TargetAnswer<TargetState>> ObserveAsync(TargetChange change, CancellationToken cancellationToken) =>
        ReadAsync(change.Target, cancellationToken);

    /// <inheritdoc/>
    public async Task<DryRunResult> DryRunAsync(TargetChange change, string version, CancellationToken cancellationToken) =>
        await deployments.DryRunScaleAsync(RefOf(change.Target), CountOf(change), version, cancellationToken) switch
        {
            ClusterAnswer.Accepted => new(true, "The server admits the change."),
            (ClusterAnswer.Unreachable or ClusterAnswer.Throttled) and var silent => new(null, FailureOf(silent).Words),
            var refused => new(false, FailureOf(refused).Words),
        };

    /// <inheritdoc/>
    public async Task<TargetAnswer<string>> ApplyAsync(TargetChange change, string mark, string version, CancellationToken cancellationToken) =>
        await deployments.ScaleAsync(RefOf(change.Target), CountOf(change), version, cancellationToken) switch
        {
            ClusterAnswer.Accepted accepted =>
                new TargetAnswer<string>.Done($"{accepted.Workload.Namespace}/{accepted.Workload.Name} asks for {accepted.Workload.Replicas} {(accepted.Workload.Replicas == 1 ? "replica" : "replicas")}"),
            var refused => new TargetAnswer<string>.Failed(FailureOf(refused)),
        };

    private async Task<TargetAnswer<TargetState>> ReadAsync(ActionTarget target, CancellationToken cancellationToken) =>
        await deployments.ReadAsync(RefOf(target), cancellationToken) switch
        {
            ClusterAnswer.Accepted accepted => new TargetAnswer<TargetState>.Done(StateOf(accepted.Workload, accepted.ResourceVersion)),
            var refused => new TargetAnswer<TargetState>.Failed(FailureOf(refused)),
        };

    private static TargetState StateOf(WorkloadReading workload, string version)
    {
        var fields = TargetState.FieldsOf([new(Field, workload.Replicas.ToString(CultureInfo.InvariantCulture))]);
        return new TargetState(workload.Uid, workload.Generation, version, fields) { Workload = workload, Healthy = workload.ReadyReplicas };
    }

    private static string StepsOf(Walk walk) =>
        $"# {walk.Length} steps, {FigureText.Duration(walk.Pause)} apart: {string.Join(", ", walk.Values)}; about {FigureText.Duration(walk.Pause * (walk.Length - 1))}";

    private static DeploymentRef RefOf(ActionTarget target) => new(target.Namespace!, target.Name);

    private static int CountOf(TargetChange change) => int.Parse(change.To(Field)!, NumberStyles.None, CultureInfo.InvariantCulture);

    private static TargetFailure FailureOf(ClusterAnswer answer) => answer switch
    {
        ClusterAnswer.NotFound missing => new TargetFailure.NotFound(missing.Message),
        ClusterAnswer.Unauthenticated stranger => new TargetFailure.Unauthenticated(stranger.Message),
        ClusterAnswer.Forbidden forbidden => new TargetFailure.Forbidden(forbidden.Message),
        ClusterAnswer.Conflict conflict => new TargetFailure.Conflict(conflict.Message),
        ClusterAnswer.Invalid invalid => new TargetFailure.Invalid(invalid.Message),
        ClusterAnswer.Throttled throttled => new TargetFailure.Throttled(throttled.Message, throttled.RetryAfter),
        ClusterAnswer.Unreachable silent => new TargetFailure.Unreachable(silent.Message),
        _ => throw new ArgumentOutOfRangeException(nameof(answer), answer, null),
    };
}
