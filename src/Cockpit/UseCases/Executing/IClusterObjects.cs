using System.Collections.Immutable;
using Cockpit.Domain.Executions;
using Cockpit.Domain.Health;

namespace Cockpit.UseCases.Executing;

/// <summary>An object of a cluster by name; the namespace is always explicit.</summary>
public sealed record ObjectName(string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Namespace}/{Name}";
}

/// <summary>A ConfigMap as it was read.</summary>
public sealed record ConfigSeen(string Uid, string Version, ImmutableSortedDictionary<string, string> Data, ImmutableArray<ConfigReader> Readers);

/// <summary>One container of a workload's pod template. A variable that refers elsewhere has the value <c>(set from elsewhere)</c>.</summary>
public sealed record ContainerSeen(
    string Name, string? Image, ImmutableSortedDictionary<string, string> Environment, ImmutableSortedDictionary<string, string> Limits);

/// <summary>A Deployment with its pod template.</summary>
/// <param name="Reading">The Deployment.</param>
/// <param name="Version">The version it was read at.</param>
/// <param name="Containers">Its containers.</param>
/// <param name="TemplateDigest">Hash of the whole pod template: the same for the same revision.</param>
/// <param name="Mark">Id of the execution that changed the template last; null when it carries none.</param>
/// <param name="RolledOut">Every pod is of this template.</param>
/// <param name="Gradual">Pods are replaced a few at a time; false when all go first.</param>
public sealed record WorkloadSeen(
    WorkloadReading Reading, string Version, ImmutableArray<ContainerSeen> Containers, string TemplateDigest, string? Mark, bool RolledOut, bool Gradual);

/// <summary>A revision that a Deployment can return to.</summary>
public sealed record RevisionSeen(int Number, string TemplateDigest, string? Image, DateTimeOffset? CreatedAt);

/// <summary>A pod.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Uid">Its identity.</param>
/// <param name="Ready">It takes traffic and is not about to end.</param>
/// <param name="Workload">The Deployment that keeps it; null for a pod that nobody would replace.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record PodSeen(
    string Name, string Uid, bool Ready, string? Workload, ImmutableSortedDictionary<string, string> Labels, DateTimeOffset? CreatedAt);

/// <summary>A Service.</summary>
public sealed record ServiceSeen(string Uid, string Version, ImmutableSortedDictionary<string, string> Selector, string SessionAffinity);

/// <summary>An autoscaler that owns a workload's replica count.</summary>
public sealed record AutoscalerSeen(string Name, string Uid, string Version, int Min, int Max);

/// <summary>A change to an object of a cluster: absolute values, so that making it twice is making it once.</summary>
/// <param name="Object">The object; for an autoscaler's minimum the workload that it owns.</param>
public abstract record ClusterChange(ObjectName Object)
{
    /// <summary>Sets entries of a ConfigMap; null removes one.</summary>
    public sealed record ConfigData(ObjectName Object, ImmutableSortedDictionary<string, string?> Entries) : ClusterChange(Object);

    /// <summary>Sets variables and limits of a container and marks the pod template, which replaces the pods; null removes a value.</summary>
    public sealed record Template(
        ObjectName Object, string? Container, ImmutableSortedDictionary<string, string?> Environment,
        ImmutableSortedDictionary<string, string?> Limits, string Mark) : ClusterChange(Object);

    /// <summary>Returns to the revision whose pod template has that digest.</summary>
    public sealed record Revision(ObjectName Object, string TemplateDigest) : ClusterChange(Object);

    /// <summary>Deletes a pod.</summary>
    public sealed record PodGone(ObjectName Object) : ClusterChange(Object);

    /// <summary>Sets labels of a Service's selector; null removes one.</summary>
    public sealed record Selector(ObjectName Object, ImmutableSortedDictionary<string, string?> Labels) : ClusterChange(Object);

    /// <summary>Sets the count that a workload's autoscaler keeps at least.</summary>
    public sealed record AutoscalerMinimum(ObjectName Object, int Minimum) : ClusterChange(Object);
}

/// <summary>Reads and changes objects of a cluster for actions. Used by previews, dispatches and checks, never by pages' everyday figures.</summary>
public interface IClusterObjects
{
    /// <summary>Reads a ConfigMap and who reads it.</summary>
    Task<TargetAnswer<ConfigSeen>> ReadConfigAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Reads a Deployment with its pod template.</summary>
    Task<TargetAnswer<WorkloadSeen>> ReadWorkloadAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Names of the Deployments of a namespace, in ordinal order.</summary>
    Task<TargetAnswer<ImmutableArray<string>>> ListWorkloadsAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Revisions of a Deployment, the newest first.</summary>
    Task<TargetAnswer<ImmutableArray<RevisionSeen>>> ListRevisionsAsync(ObjectName workload, CancellationToken cancellationToken);

    /// <summary>Pods of a namespace, by name.</summary>
    Task<TargetAnswer<ImmutableArray<PodSeen>>> ListPodsAsync(string @namespace, CancellationToken cancellationToken);

    /// <summary>Reads a Service.</summary>
    Task<TargetAnswer<ServiceSeen>> ReadServiceAsync(ObjectName name, CancellationToken cancellationToken);

    /// <summary>Reads the autoscaler that owns a workload's replicas; not found when none does.</summary>
    Task<TargetAnswer<AutoscalerSeen>> ReadAutoscalerAsync(ObjectName workload, CancellationToken cancellationToken);

    /// <summary>The last lines of a pod's log.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="lines">At most that many.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<TargetAnswer<ImmutableArray<string>>> ReadLogAsync(ObjectName pod, int lines, CancellationToken cancellationToken);

    /// <summary>Makes a change, or asks the server to validate and admit it without keeping it.</summary>
    /// <param name="change">The change.</param>
    /// <param name="uid">The identity that the object must have.</param>
    /// <param name="version">The version that it must have; another one is a conflict. Ignored for a pod, whose uid is enough.</param>
    /// <param name="dryRun">True to try without keeping.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version after the change.</returns>
    Task<TargetAnswer<string>> ChangeAsync(ClusterChange change, string uid, string version, bool dryRun, CancellationToken cancellationToken);
}
