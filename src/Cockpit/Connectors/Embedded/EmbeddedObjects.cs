using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Estate.Cluster;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Embedded;

/// <summary>The simulated cluster's objects, changed under the same conditions as a real one's.</summary>
internal sealed class EmbeddedObjects(EmbeddedEstate estate) : IClusterObjects
{
    public Task<TargetAnswer<ConfigSeen>> ReadConfigAsync(ObjectName name, CancellationToken cancellationToken) =>
        Read(cluster => cluster.FindConfigMap(name.Namespace, name.Name), name, config => new ConfigSeen(
            config.Uid, config.ResourceVersion, config.Data.ToImmutableSortedDictionary(StringComparer.Ordinal), EmbeddedReaders.Of(name)));

    public Task<TargetAnswer<WorkloadSeen>> ReadWorkloadAsync(ObjectName name, CancellationToken cancellationToken) =>
        Read(cluster => cluster.Find(name.Namespace, name.Name), name, deployment => new WorkloadSeen(
            deployment.Read(), deployment.ResourceVersion,
            [
                new ContainerSeen(
                    deployment.Namespace == EstateCluster.Quantx ? "app" : deployment.Name, deployment.Template.Image, deployment.Template.Environment.ToImmutableSortedDictionary(StringComparer.Ordinal),
                    deployment.Template.Limits.ToImmutableSortedDictionary(StringComparer.Ordinal)),
            ],
            deployment.Template.Digest, deployment.Template.Mark, deployment.RolledOut, Gradual: true));

    public Task<TargetAnswer<ImmutableArray<string>>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken) =>
        Done(cluster => ImmutableArray.CreateRange(
            cluster.Deployments.Where(deployment => deployment.Namespace == @namespace).Select(deployment => deployment.Name).Order(StringComparer.Ordinal)));

    public Task<TargetAnswer<ImmutableArray<RevisionSeen>>> ListRevisionsAsync(ObjectName workload, CancellationToken cancellationToken) =>
        Read(cluster => cluster.Find(workload.Namespace, workload.Name), workload, deployment => ImmutableArray.CreateRange(
            deployment.Revisions.Reverse().DistinctBy(revision => revision.Digest)
                .Select(revision => new RevisionSeen(revision.Number, revision.Digest, revision.Image, null))));

    public Task<TargetAnswer<ImmutableArray<PodSeen>>> ListPodsAsync(string @namespace, CancellationToken cancellationToken) =>
        Done(cluster => ImmutableArray.CreateRange(
            from deployment in cluster.Deployments
            where deployment.Namespace == @namespace
            from pod in deployment.Pods
            orderby pod.Name
            select new PodSeen(pod.Name, $"uid-{pod.Name}", pod.Ready, deployment.Name, LabelsOf(deployment), null)));

    public Task<TargetAnswer<ServiceSeen>> ReadServiceAsync(ObjectName name, CancellationToken cancellationToken) =>
        Read(cluster => cluster.FindService(name.Namespace, name.Name), name, service => new ServiceSeen(
            service.Uid, service.ResourceVersion, service.Selector.ToImmutableSortedDictionary(StringComparer.Ordinal), service.SessionAffinity));

    public Task<TargetAnswer<AutoscalerSeen>> ReadAutoscalerAsync(ObjectName workload, CancellationToken cancellationToken) =>
        Read(cluster => cluster.Find(workload.Namespace, workload.Name)?.Autoscaler, workload, Seen);

    public Task<TargetAnswer<ImmutableArray<string>>> ReadLogAsync(ObjectName pod, int lines, CancellationToken cancellationToken) =>
        Task.FromResult(estate.Use(simulated => EmbeddedLogs.Of(simulated, pod.Namespace, pod.Name)) is { } log
            ? new TargetAnswer<ImmutableArray<string>>.Done([.. log.TakeLast(lines)])
            : Missing<ImmutableArray<string>>(pod));

    public Task<TargetAnswer<string>> ChangeAsync(
        ClusterChange change, string uid, string version, bool dryRun, CancellationToken cancellationToken) =>
        Task.FromResult(estate.Use(simulated => Change(simulated.Cluster, change, uid, version, dryRun)));

    private static TargetAnswer<string> Change(EstateCluster cluster, ClusterChange change, string uid, string version, bool dryRun)
    {
        var (space, name) = (change.Object.Namespace, change.Object.Name);
        switch (change)
        {
            case ClusterChange.ConfigData config:
                return Translate(cluster.PatchConfigMap(space, name, config.Entries, version, dryRun));
            case ClusterChange.Template template:
                return Translate(cluster.PatchTemplate(space, name, template.Environment, template.Limits, template.Mark, version, dryRun));
            case ClusterChange.Revision revision:
                var wished = cluster.Find(space, name)?.Revisions.LastOrDefault(each => each.Digest == revision.TemplateDigest);
                return wished is null
                    ? new TargetAnswer<string>.Failed(new TargetFailure.Invalid($"{change.Object} does not keep that revision any more"))
                    : Translate(cluster.UndoRollout(space, name, wished.Number, version, dryRun));
            case ClusterChange.Selector selector:
                if (cluster.FindService(space, name) is not { } service) return Missing<string>(change.Object);
                var labels = service.Selector.ToDictionary(label => label.Key, label => label.Value, StringComparer.Ordinal);
                foreach (var (label, value) in selector.Labels)
                {
                    if (value is null) labels.Remove(label);
                    else labels[label] = value;
                }

                return Translate(cluster.SetSelector(space, name, labels, version, dryRun));
            case ClusterChange.PodGone:
                if ($"uid-{name}" != uid) return new TargetAnswer<string>.Failed(new TargetFailure.Conflict("the pod is another one"));
                var there = cluster.Deployments.Any(deployment => deployment.Namespace == space && deployment.Pods.Any(pod => pod.Name == name));
                return (dryRun ? there : cluster.DeletePod(space, name)) ? new TargetAnswer<string>.Done("") : Missing<string>(change.Object);
            case ClusterChange.AutoscalerMinimum minimum:
                if (cluster.Find(space, name)?.Autoscaler is not { } autoscaler) return Missing<string>(change.Object);
                if (Seen(autoscaler).Version != version) return new TargetAnswer<string>.Failed(new TargetFailure.Conflict("the autoscaler has been modified"));
                if (!dryRun) cluster.SetAutoscaler(space, name, autoscaler with { MinReplicas = minimum.Minimum });
                return new TargetAnswer<string>.Done("");
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "No such change.");
        }
    }

    private static AutoscalerSeen Seen(Autoscaler autoscaler) => new(
        autoscaler.Name, $"uid-{autoscaler.Name}", $"{autoscaler.MinReplicas}-{autoscaler.MaxReplicas}", autoscaler.MinReplicas, autoscaler.MaxReplicas);

    private static ImmutableSortedDictionary<string, string> LabelsOf(EstateDeployment deployment) => EmbeddedReaders.LabelsOf(deployment.Name);

    private Task<TargetAnswer<TSeen>> Read<T, TSeen>(Func<EstateCluster, T?> find, ObjectName name, Func<T, TSeen> see) where T : class =>
        Task.FromResult(estate.Use(simulated => find(simulated.Cluster) is { } found ? new TargetAnswer<TSeen>.Done(see(found)) : Missing<TSeen>(name)));

    private Task<TargetAnswer<T>> Done<T>(Func<EstateCluster, T> see) =>
        Task.FromResult<TargetAnswer<T>>(new TargetAnswer<T>.Done(estate.Use(simulated => see(simulated.Cluster))));

    private static TargetAnswer<T> Missing<T>(ObjectName name) => new TargetAnswer<T>.Failed(new TargetFailure.NotFound($"there is no {name}"));

    private static TargetAnswer<string> Translate<T>(ClusterOutcome<T> outcome) => outcome switch
    {
        ClusterOutcome<T>.Done done => new TargetAnswer<string>.Done(done.ResourceVersion),
        ClusterOutcome<T>.NotFound none => new TargetAnswer<string>.Failed(new TargetFailure.NotFound(none.Message)),
        ClusterOutcome<T>.Conflict conflict => new TargetAnswer<string>.Failed(new TargetFailure.Conflict(conflict.Message)),
        ClusterOutcome<T>.Invalid invalid => new TargetAnswer<string>.Failed(new TargetFailure.Invalid(invalid.Message)),
        _ => throw new InvalidOperationException($"The simulated cluster gave an answer nobody knows: {outcome}."),
    };
}
