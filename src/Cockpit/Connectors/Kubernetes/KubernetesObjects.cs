using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Nodes;
using Cockpit.Connectors.Kubernetes.Api;
using Cockpit.Domain.Executions;
using Cockpit.UseCases.Executing;

namespace Cockpit.Connectors.Kubernetes;

/// <summary>Reads and changes objects of a real cluster, every change on condition of identity and version.</summary>
internal sealed class KubernetesObjects(KubeClient client, TimeProvider clock) : IClusterObjects
{
    private const string RevisionAnnotation = "deployment.kubernetes.io/revision";

    public async Task<TargetAnswer<ConfigSeen>> ReadConfigAsync(ObjectName name, CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(KubeKinds.ConfigMaps, name.Namespace, name.Name, cancellationToken);
        var listing = client.ListAsync(KubeKinds.TemplatedDeployments, name.Namespace, null, cancellationToken);
        await Task.WhenAll(reading, listing);
        if (await listing is not KubeResult<KubeList<TemplateOwner>>.Done { Value: var deployments })
            return KubeAnswers.Of(await listing, _ => default(ConfigSeen)!);
        return KubeAnswers.Of(await reading, config => new ConfigSeen(
            config.Metadata.Uid ?? "", config.Metadata.ResourceVersion ?? "", Sorted(config.Data),
            [
                .. from deployment in deployments.Items
                   let atStart = Template.ReadsAtStart(deployment.Spec?.Template, name.Name)
                   where atStart is not null
                   orderby deployment.Metadata.Name
                   select new ConfigReader(deployment.Metadata.Name, atStart.Value),
            ]));
    }

    public async Task<TargetAnswer<WorkloadSeen>> ReadWorkloadAsync(ObjectName name, CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(KubeKinds.TemplatedDeployments, name.Namespace, name.Name, cancellationToken);
        var listing = client.ListAsync(KubeKinds.Autoscalers, name.Namespace, null, cancellationToken);
        await Task.WhenAll(reading, listing);
        if (await listing is not KubeResult<KubeList<HorizontalPodAutoscaler>>.Done { Value: var autoscalers })
            return KubeAnswers.Of(await listing, _ => default(WorkloadSeen)!);
        return KubeAnswers.Of(await reading, owner =>
        {
            var containers = Template.ContainersOf(owner.Spec?.Template);
            var plain = new Deployment(
                owner.Metadata, new(owner.Spec?.Replicas, new(new([.. containers.Select(container => new Container(container.Name, container.Image))]))),
                new(owner.Status?.ObservedGeneration ?? 0, owner.Status?.Replicas ?? 0, owner.Status?.ReadyReplicas ?? 0));
            return new WorkloadSeen(
                WorkloadReadings.Of(plain, autoscalers.Items), owner.Metadata.ResourceVersion ?? "", containers, Template.DigestOf(owner.Spec?.Template),
                Template.MarkOf(owner.Spec?.Template), IsRolledOut(owner), owner.Spec?.Strategy?.Type != "Recreate");
        });
    }

    public async Task<TargetAnswer<ImmutableArray<string>>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken) =>
        KubeAnswers.Of(await client.ListAsync(KubeKinds.Deployments, @namespace, null, cancellationToken),
            list => ImmutableArray.CreateRange(list.Items.Select(deployment => deployment.Metadata.Name).Order(StringComparer.Ordinal)));

    public async Task<TargetAnswer<ImmutableArray<RevisionSeen>>> ListRevisionsAsync(ObjectName workload, CancellationToken cancellationToken) =>
        KubeAnswers.Of(await RevisionsAsync(workload, cancellationToken), sets => ImmutableArray.CreateRange(
            from set in sets
            let number = NumberOf(set)
            where number is not null
            orderby number descending
            select new RevisionSeen(
                number.Value, Template.DigestOf(set.Spec?.Template), Template.ContainersOf(set.Spec?.Template).FirstOrDefault()?.Image, set.Metadata.CreationTimestamp)));

    public async Task<TargetAnswer<ImmutableArray<PodSeen>>> ListPodsAsync(string @namespace, CancellationToken cancellationToken) =>
        KubeAnswers.Of(await client.ListAsync(KubeKinds.Pods, @namespace, null, cancellationToken), list => ImmutableArray.CreateRange(
            from pod in list.Items
            orderby pod.Metadata.Name
            select new PodSeen(pod.Metadata.Name, pod.Metadata.Uid ?? "", pod.IsReady, WorkloadOf(pod), Sorted(pod.Metadata.Labels), pod.Metadata.CreationTimestamp)));

    public async Task<TargetAnswer<ServiceSeen>> ReadServiceAsync(ObjectName name, CancellationToken cancellationToken) =>
        KubeAnswers.Of(await client.GetAsync(KubeKinds.Services, name.Namespace, name.Name, cancellationToken), service => new ServiceSeen(
            service.Metadata.Uid ?? "", service.Metadata.ResourceVersion ?? "", Sorted(service.Spec?.Selector), service.Spec?.SessionAffinity ?? "None"));

    public async Task<TargetAnswer<AutoscalerSeen>> ReadAutoscalerAsync(ObjectName workload, CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(KubeKinds.Deployments, workload.Namespace, workload.Name, cancellationToken);
        var listing = client.ListAsync(KubeKinds.Autoscalers, workload.Namespace, null, cancellationToken);
        await Task.WhenAll(reading, listing);
        if (await reading is not KubeResult<Deployment>.Done { Value: var deployment }) return KubeAnswers.Of(await reading, _ => default(AutoscalerSeen)!);
        if (await listing is not KubeResult<KubeList<HorizontalPodAutoscaler>>.Done { Value: var list })
            return KubeAnswers.Of(await listing, _ => default(AutoscalerSeen)!);
        var owner = list.Items.Where(autoscaler => autoscaler.Owns(deployment)).MinBy(autoscaler => autoscaler.Metadata.Name, StringComparer.Ordinal);
        return owner is null
            ? new TargetAnswer<AutoscalerSeen>.Failed(new TargetFailure.NotFound($"no autoscaler owns {workload}"))
            : new TargetAnswer<AutoscalerSeen>.Done(new(
                owner.Metadata.Name, owner.Metadata.Uid ?? "", owner.Metadata.ResourceVersion ?? "", owner.Spec?.MinReplicas ?? 1, owner.Spec?.MaxReplicas ?? 0));
    }

    public async Task<TargetAnswer<ImmutableArray<string>>> ReadLogAsync(ObjectName pod, int lines, CancellationToken cancellationToken) =>
        KubeAnswers.Of(await client.ReadLogAsync(pod.Namespace, pod.Name, lines, cancellationToken), text =>
            ImmutableArray.CreateRange(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).TakeLast(lines)));

    public async Task<TargetAnswer<string>> ChangeAsync(
        ClusterChange change, string uid, string version, bool dryRun, CancellationToken cancellationToken)
    {
        var (space, name) = (change.Object.Namespace, change.Object.Name);
        switch (change)
        {
            case ClusterChange.ConfigData config:
                return await PatchAsync(KubeKinds.ConfigMaps, name, Merge(new() { ["data"] = Template.Values(config.Entries) }));
            case ClusterChange.Template template:
                return await PatchAsync(KubeKinds.TemplatedDeployments, name, KubePatch.Strategic(Template.Patch(template, clock.GetUtcNow())));
            case ClusterChange.Selector selector:
                return await PatchAsync(KubeKinds.Services, name, Merge(new() { ["spec"] = new JsonObject { ["selector"] = Template.Values(selector.Labels) } }));
            case ClusterChange.PodGone:
                return KubeAnswers.Of(await client.DeleteAsync(KubeKinds.Pods, space, name, uid, dryRun, cancellationToken), _ => "");
            case ClusterChange.AutoscalerMinimum minimum:
                var owner = await ReadAutoscalerAsync(change.Object, cancellationToken);
                return owner is TargetAnswer<AutoscalerSeen>.Done { Value: var autoscaler }
                    ? await PatchAsync(KubeKinds.Autoscalers, autoscaler.Name, Merge(new() { ["spec"] = new JsonObject { ["minReplicas"] = minimum.Minimum } }))
                    : owner.Select(_ => "");
            case ClusterChange.Revision revision:
                return await ReturnAsync(revision);
            default:
                throw new ArgumentOutOfRangeException(nameof(change), change, "No such change.");
        }

        async Task<TargetAnswer<string>> PatchAsync<T>(KubeKind<T> kind, string named, KubePatch patch) where T : IKubeObject
        {
            // Without a version the server would take the change unconditionally.
            ArgumentException.ThrowIfNullOrWhiteSpace(version);
            var result = await client.PatchAsync(kind, space, named, patch with { Uid = uid, ResourceVersion = version }, dryRun, cancellationToken);
            return KubeAnswers.Of(result, changed => changed.Metadata.ResourceVersion ?? "");
        }

        async Task<TargetAnswer<string>> ReturnAsync(ClusterChange.Revision revision)
        {
            var reading = client.GetAsync(KubeKinds.TemplatedDeployments, space, name, cancellationToken);
            var sets = await RevisionsAsync(change.Object, cancellationToken);
            if (await reading is not KubeResult<TemplateOwner>.Done { Value.Spec.Template: { } held }) return KubeAnswers.Of(await reading, _ => "");
            if (sets is not KubeResult<ImmutableArray<TemplateOwner>>.Done { Value: var kept }) return KubeAnswers.Of(sets, _ => "");
            return kept.Select(set => set.Spec?.Template).FirstOrDefault(template => Template.DigestOf(template) == revision.TemplateDigest) is not { } wished
                ? new TargetAnswer<string>.Failed(new TargetFailure.Invalid($"{change.Object} does not keep that revision any more"))
                : await PatchAsync(KubeKinds.TemplatedDeployments, name,
                    Merge(new() { ["spec"] = new JsonObject { ["template"] = Template.MergeTo(held, Template.WithoutHash(wished)) } }));
        }
    }

    private async Task<KubeResult<ImmutableArray<TemplateOwner>>> RevisionsAsync(ObjectName workload, CancellationToken cancellationToken)
    {
        var reading = client.GetAsync(KubeKinds.Deployments, workload.Namespace, workload.Name, cancellationToken);
        var listing = client.ListAsync(KubeKinds.ReplicaSets, workload.Namespace, null, cancellationToken);
        await Task.WhenAll(reading, listing);
        return (await reading, await listing) switch
        {
            (KubeResult<Deployment>.Failed failed, _) => new KubeResult<ImmutableArray<TemplateOwner>>.Failed(failed.Failure),
            (_, KubeResult<KubeList<TemplateOwner>>.Failed failed) => new KubeResult<ImmutableArray<TemplateOwner>>.Failed(failed.Failure),
            (KubeResult<Deployment>.Done { Value: var deployment }, KubeResult<KubeList<TemplateOwner>>.Done { Value: var list }) =>
                new KubeResult<ImmutableArray<TemplateOwner>>.Done(
                    [.. list.Items.Where(set => set.Metadata.OwnerReferences?.Any(owner => owner.Uid == deployment.Metadata.Uid) == true)]),
            _ => throw new InvalidOperationException("A result is either done or failed."),
        };
    }

    private static bool IsRolledOut(TemplateOwner deployment) =>
        deployment is { Status: { } status, Spec.Replicas: { } wished }
        && status.ObservedGeneration >= deployment.Metadata.Generation && status.UpdatedReplicas == wished && status.Replicas == wished;

    private static KubePatch Merge(JsonObject change) => KubePatch.Merge(change);

    private static int? NumberOf(TemplateOwner set) =>
        set.Metadata.Annotations?.GetValueOrDefault(RevisionAnnotation) is { } text
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A Deployment's ReplicaSet is named after it and its template's hash.</summary>
    private static string? WorkloadOf(Pod pod)
    {
        if (pod.Metadata.OwnerReferences?.FirstOrDefault(owner => owner.Kind == "ReplicaSet") is not { Name: var set }) return null;
        var hash = pod.Metadata.Labels?.GetValueOrDefault("pod-template-hash");
        return hash is not null && set.EndsWith($"-{hash}", StringComparison.Ordinal) ? set[..^(hash.Length + 1)] : set;
    }

    private static ImmutableSortedDictionary<string, string> Sorted(IEnumerable<KeyValuePair<string, string>>? values) =>
        (values ?? []).ToImmutableSortedDictionary(StringComparer.Ordinal);
}
