using System.Globalization;
using Cockpit.Domain.Health;

namespace Cockpit.Estate.Cluster;

/// <summary>The simulated cluster: what an API server would hold and its controllers would do.</summary>
public sealed class EstateCluster
{
    public const string Bondx = "bondx";
    public const string Quantx = "quantx-production";

    private static readonly TimeSpan AutoscalerPeriod = TimeSpan.FromSeconds(15);

    private readonly List<EstateDeployment> _deployments = [];
    private readonly Dictionary<(string Namespace, string Name), EstateConfigMap> _configMaps = [];
    private readonly Dictionary<(string Namespace, string Name), EstateService> _services = [];
    private long _resourceVersion = 48_200;
    private DateTimeOffset _now;
    private DateTimeOffset _autoscaledAt;

    internal EstateCluster(Dice dice, DateTimeOffset startAt)
    {
        _now = _autoscaledAt = startAt;
        foreach (var (@namespace, name, image, replicas) in InitialEstate.Deployments)
            _deployments.Add(new EstateDeployment(dice, NextResourceVersion, @namespace, name, image, replicas));
        foreach (var (@namespace, name, data) in InitialEstate.ConfigMaps)
            _configMaps[(@namespace, name)] = new(@namespace, name, $"uid-{@namespace}-{name}", NextResourceVersion(), data);
        foreach (var (@namespace, name, selector, affinity) in InitialEstate.Services)
            _services[(@namespace, name)] = new(@namespace, name, $"uid-{@namespace}-{name}", NextResourceVersion(), selector, affinity);
    }

    public ClusterReading Read() => new([.. _deployments.Select(deployment => deployment.Read())]);

    /// <summary>All Deployments. For reading; change them through this cluster.</summary>
    public IReadOnlyList<EstateDeployment> Deployments => _deployments;

    /// <summary>The Deployment, or null. For reading; change it through this cluster.</summary>
    public EstateDeployment? Find(string @namespace, string name) =>
        _deployments.Find(deployment => deployment.Namespace == @namespace && deployment.Name == name);

    public EstateConfigMap? FindConfigMap(string @namespace, string name) => _configMaps.GetValueOrDefault((@namespace, name));

    public EstateService? FindService(string @namespace, string name) => _services.GetValueOrDefault((@namespace, name));

    /// <summary>Reads one Deployment.</summary>
    public ClusterOutcome<WorkloadReading> ReadDeployment(string @namespace, string name) =>
        Change(@namespace, name, null, null, dryRun: true, deployment => deployment.Read());

    /// <summary>Sets the replica count, or with <paramref name="dryRun"/> says what would become of it.</summary>
    public ClusterOutcome<WorkloadReading> Scale(string @namespace, string name, int replicas, string? resourceVersion, bool dryRun) =>
        Change(@namespace, name, resourceVersion, replicas < 0 ? $"spec.replicas: Invalid value: {replicas}: must be at least 0" : null, dryRun, deployment =>
        {
            if (dryRun) return deployment.ReadAsScaled(replicas);
            deployment.Scale(replicas, _now);
            return deployment.Read();
        });

    /// <summary>Replaces every pod by one of the same template; the mark tells whose restart it was.</summary>
    public ClusterOutcome<WorkloadReading> RestartRollout(string @namespace, string name, string mark, string? resourceVersion, bool dryRun) =>
        ChangeTemplate(@namespace, name, resourceVersion, dryRun, template => template with { Mark = mark });

    /// <summary>Sets one environment entry of the container, which replaces every pod.</summary>
    public ClusterOutcome<WorkloadReading> SetEnvironment(
        string @namespace, string name, string key, string value, string? resourceVersion, bool dryRun) =>
        PatchTemplate(@namespace, name, new Dictionary<string, string?> { [key] = value }, new Dictionary<string, string?>(), null, resourceVersion, dryRun);

    /// <summary>Sets environment entries and limits of the container, null removing one, and marks the template; every pod is replaced.</summary>
    public ClusterOutcome<WorkloadReading> PatchTemplate(
        string @namespace, string name, IReadOnlyDictionary<string, string?> environment, IReadOnlyDictionary<string, string?> limits,
        string? mark, string? resourceVersion, bool dryRun) =>
        ChangeTemplate(@namespace, name, resourceVersion, dryRun, template => template with
        {
            Environment = Merge(template.Environment, environment),
            Limits = Merge(template.Limits, limits),
            Mark = mark ?? template.Mark,
        });

    /// <summary>Sets the image, which replaces every pod.</summary>
    public ClusterOutcome<WorkloadReading> SetImage(string @namespace, string name, string image, string? resourceVersion, bool dryRun) =>
        ChangeTemplate(@namespace, name, resourceVersion, dryRun, template => template with { Image = image });

    /// <summary>Goes back to an earlier template, by default the one before.</summary>
    public ClusterOutcome<WorkloadReading> UndoRollout(string @namespace, string name, int? toRevision, string? resourceVersion, bool dryRun)
    {
        var deployment = Find(@namespace, name);
        var wanted = toRevision is null
            ? deployment?.Revisions.SkipLast(1).LastOrDefault()
            : deployment?.Revisions.FirstOrDefault(revision => revision.Number == toRevision);
        if (deployment is not null && wanted is null)
            return new ClusterOutcome<WorkloadReading>.Invalid($"deployment {name} has no such earlier revision");
        return ChangeTemplate(@namespace, name, resourceVersion, dryRun, _ => wanted!);
    }

    /// <summary>Deletes one pod; its controller starts another. False when there is none of that name.</summary>
    public bool DeletePod(string @namespace, string pod) =>
        _deployments.Exists(deployment => deployment.Namespace == @namespace && deployment.DeletePod(pod));

    /// <summary>Merges entries into a ConfigMap; null removes one.</summary>
    public ClusterOutcome<EstateConfigMap> PatchConfigMap(
        string @namespace, string name, IReadOnlyDictionary<string, string?> entries, string? resourceVersion, bool dryRun)
    {
        if (FindConfigMap(@namespace, name) is not { } found)
            return new ClusterOutcome<EstateConfigMap>.NotFound($"configmaps \"{name}\" not found in {@namespace}");
        if (resourceVersion is not null && resourceVersion != found.ResourceVersion)
            return new ClusterOutcome<EstateConfigMap>.Conflict($"configmaps \"{name}\" has been modified since it was read");
        var patched = found with { Data = Merge(found.Data, entries) };
        if (dryRun) return new ClusterOutcome<EstateConfigMap>.Done(patched, found.ResourceVersion);
        patched = patched with { ResourceVersion = NextResourceVersion() };
        _configMaps[(@namespace, name)] = patched;
        return new ClusterOutcome<EstateConfigMap>.Done(patched, patched.ResourceVersion);
    }

    /// <summary>Replaces a Service's selector: who gets its traffic.</summary>
    public ClusterOutcome<EstateService> SetSelector(
        string @namespace, string name, IReadOnlyDictionary<string, string> selector, string? resourceVersion, bool dryRun)
    {
        if (FindService(@namespace, name) is not { } found)
            return new ClusterOutcome<EstateService>.NotFound($"services \"{name}\" not found in {@namespace}");
        if (resourceVersion is not null && resourceVersion != found.ResourceVersion)
            return new ClusterOutcome<EstateService>.Conflict($"services \"{name}\" has been modified since it was read");
        var patched = found with { Selector = new Dictionary<string, string>(selector) };
        if (dryRun) return new ClusterOutcome<EstateService>.Done(patched, found.ResourceVersion);
        patched = patched with { ResourceVersion = NextResourceVersion() };
        _services[(@namespace, name)] = patched;
        return new ClusterOutcome<EstateService>.Done(patched, patched.ResourceVersion);
    }

    /// <summary>Gives a Deployment an autoscaler or takes it away; it undoes counts outside its bounds within 15 s.</summary>
    public void SetAutoscaler(string @namespace, string name, Autoscaler? autoscaler)
    {
        if (Find(@namespace, name) is { } deployment) deployment.Autoscaler = autoscaler;
    }

    /// <summary>One entry of a ConfigMap, or null.</summary>
    internal string? Setting(string name, string key) => FindConfigMap(Bondx, name)?.Data.GetValueOrDefault(key);

    internal void MirrorDeployment(string @namespace, string name, MirroredWorkload workload, IReadOnlyList<(string Name, bool Ready)> pods) =>
        Find(@namespace, name)?.Mirror(workload, pods);

    internal void MirrorConfigMap(string @namespace, string name, IReadOnlyDictionary<string, string> data)
    {
        if (_configMaps.TryGetValue((@namespace, name), out var found)) _configMaps[(@namespace, name)] = found with { Data = data };
    }

    internal void Step(Moment moment)
    {
        _now = moment.Now;
        foreach (var deployment in _deployments) deployment.Step(moment.Now);
        if (moment.Now - _autoscaledAt < AutoscalerPeriod) return;
        _autoscaledAt = moment.Now;
        foreach (var deployment in _deployments)
        {
            if (deployment.Autoscaler is { } autoscaler)
                deployment.Scale(Math.Clamp(deployment.Replicas, autoscaler.MinReplicas, autoscaler.MaxReplicas), moment.Now);
        }
    }

    private ClusterOutcome<WorkloadReading> ChangeTemplate(
        string @namespace, string name, string? resourceVersion, bool dryRun, Func<TemplateRevision, TemplateRevision> change) =>
        Change(@namespace, name, resourceVersion, null, dryRun, deployment =>
        {
            if (dryRun) return deployment.Read() with { Generation = deployment.Generation + 1, Image = change(deployment.Template).Image };
            deployment.ChangeTemplate(change, _now);
            return deployment.Read();
        });

    private ClusterOutcome<WorkloadReading> Change(
        string @namespace, string name, string? resourceVersion, string? invalid, bool dryRun, Func<EstateDeployment, WorkloadReading> change)
    {
        if (Find(@namespace, name) is not { } deployment)
            return new ClusterOutcome<WorkloadReading>.NotFound($"deployments.apps \"{name}\" not found in {@namespace}");
        if (resourceVersion is not null && resourceVersion != deployment.ResourceVersion)
            return new ClusterOutcome<WorkloadReading>.Conflict($"deployments.apps \"{name}\" has been modified since it was read");
        if (invalid is not null) return new ClusterOutcome<WorkloadReading>.Invalid(invalid);
        var before = deployment.ResourceVersion;
        var reading = change(deployment);
        return new ClusterOutcome<WorkloadReading>.Done(reading, dryRun ? before : deployment.ResourceVersion);
    }

    private static Dictionary<string, string> Merge(IReadOnlyDictionary<string, string> held, IReadOnlyDictionary<string, string?> wished)
    {
        var merged = new Dictionary<string, string>(held);
        foreach (var (key, value) in wished)
        {
            if (value is null) merged.Remove(key);
            else merged[key] = value;
        }

        return merged;
    }

    private string NextResourceVersion() => (++_resourceVersion).ToString(CultureInfo.InvariantCulture);
}
