using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Reads and scales Deployments of a real cluster.</summary>
internal sealed class KubernetesDeployments(KubeClient client) : IDeployments
{
    public async Task<ClusterAnswer> ReadAsync(DeploymentRef target, CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(KubeKinds.Deployments, target.Namespace, target.Name, cancellationToken);
        var listing = client.ListAsync(KubeKinds.Autoscalers, target.Namespace, null, cancellationToken);
        await Task.WhenAll(reading, listing);
        return (await reading, await listing) switch
        {
            (KubeResult<Deployment>.Failed failed, _) => Refused(failed.Failure),
            (_, KubeResult<KubeList<HorizontalPodAutoscaler>>.Failed failed) => Refused(failed.Failure),
            (KubeResult<Deployment>.Done { Value: var value }, KubeResult<KubeList<HorizontalPodAutoscaler>>.Done { Value: var list }) =>
                value.Metadata.ResourceVersion is { Length: > 0 } version
                    ? new ClusterAnswer.Accepted(WorkloadReadings.Of(value, list.Items), version)
                    : new ClusterAnswer.Unreachable("the answer names no resourceVersion, so nothing can be built on it"),
            _ => throw new InvalidOperationException("A result is either done or failed."),
        };
    }

    public Task<ClusterAnswer> DryRunScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) =>
        ScaleAsync(target, replicas, resourceVersion, dryRun: true, cancellationToken);

    public Task<ClusterAnswer> ScaleAsync(DeploymentRef target, int replicas, string resourceVersion, CancellationToken cancellationToken) =>
        ScaleAsync(target, replicas, resourceVersion, dryRun: false, cancellationToken);

    /// <remarks>
    /// It reads before and never after: when the server accepts, the object was exactly the one read, so the state after follows from
    /// it, and no failing read can turn a change that happened into an unknown one.
    /// </remarks>
    private async Task<ClusterAnswer> ScaleAsync(
        DeploymentRef target, int replicas, string resourceVersion, bool dryRun, CancellationToken cancellationToken)
    {
        // Without a version the server would take the change unconditionally.
        ArgumentException.ThrowIfNullOrWhiteSpace(resourceVersion);
        var read = await ReadAsync(target, cancellationToken);
        if (read is not ClusterAnswer.Accepted before) return read;
        if (before.ResourceVersion != resourceVersion)
            return new ClusterAnswer.Conflict($"{target} has changed since it was read");

        var wish = new Scale(new(target.Name, target.Namespace, before.Workload.Uid, resourceVersion), new(replicas));
        return await client.ReplaceScaleAsync(KubeKinds.Deployments, wish, dryRun, cancellationToken) switch
        {
            KubeResult<Scale>.Failed failed => Refused(failed.Failure),
            KubeResult<Scale>.Done { Value: var scale } => After(before, scale, resourceVersion),
            _ => throw new InvalidOperationException("A result is either done or failed."),
        };
    }

    private static ClusterAnswer.Accepted After(ClusterAnswer.Accepted before, Scale scale, string resourceVersion)
    {
        var replicas = scale.Spec?.Replicas ?? 0;
        var generation = before.Workload.Generation + (replicas == before.Workload.Replicas ? 0 : 1);
        return new(before.Workload with { Replicas = replicas, Generation = generation }, scale.Metadata.ResourceVersion ?? resourceVersion);
    }

    private static ClusterAnswer Refused(KubeFailure failure) => failure switch
    {
        KubeFailure.NotFound => new ClusterAnswer.NotFound(failure.Message),
        KubeFailure.Unauthenticated => new ClusterAnswer.Unauthenticated(failure.Message),
        KubeFailure.Forbidden => new ClusterAnswer.Forbidden(failure.Message),
        KubeFailure.Conflict => new ClusterAnswer.Conflict(failure.Message),
        KubeFailure.Invalid => new ClusterAnswer.Invalid(failure.Message),
        KubeFailure.Throttled throttled => new ClusterAnswer.Throttled(failure.Message, throttled.RetryAfter),
        KubeFailure.Gone or KubeFailure.Unreachable => new ClusterAnswer.Unreachable(failure.Message),
        _ => throw new InvalidOperationException($"A failure without an answer: {failure.GetType().Name}."),
    };
}
