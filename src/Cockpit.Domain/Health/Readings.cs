using System.Collections.Immutable;
using Cockpit.Domain.Slo;

namespace Cockpit.Domain.Health;

/// <summary>One named figure, or the reason why there is none. No data is a gap, never a zero.</summary>
/// <param name="Value">The figure in its signal's unit; always finite. Null when there is a gap.</param>
/// <param name="Gap">Why there is no figure, as a sentence fragment; null when there is one.</param>
public sealed record Measurement(double? Value, string? Gap)
{
    /// <summary>A figure.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is NaN or infinite.</exception>
    public static Measurement Of(double value) =>
        double.IsFinite(value) ? new(value, null) : throw new ArgumentOutOfRangeException(nameof(value), value, "A figure is finite.");

    /// <summary>No figure, and why.</summary>
    public static Measurement Missing(string why) => new(null, why);
}

/// <summary>What one round of metric queries answered.</summary>
/// <param name="Signals">By signal id; a signal that is split by a label has one entry a label value, keyed <c>id{value}</c>.</param>
/// <param name="Warnings">What the source said beside its answer; empty when it said nothing.</param>
public sealed record MetricsReading(ImmutableDictionary<string, Measurement> Signals, ImmutableArray<string> Warnings)
{
    /// <summary>The measurement of a signal; a gap when the source never mentioned it.</summary>
    public Measurement this[string signal] =>
        Signals.TryGetValue(signal, out var measurement) ? measurement : Measurement.Missing("the source returned no such series");

    /// <summary>The measurement of one label value of a signal; the whole signal's gap when it has one.</summary>
    public Measurement this[string signal, string label] =>
        Signals.ContainsKey($"{signal}{{{label}}}") ? this[$"{signal}{{{label}}}"] : this[signal] is { Gap: not null } gap ? gap : Measurement.Missing("the source returned no such series");
}

/// <summary>One Redis node as it describes itself, or why it could not.</summary>
/// <param name="Endpoint">Host and port, as <c>host:port</c>.</param>
/// <param name="Role"><c>master</c>, <c>slave</c> or null when unreachable; the protocol's own words.</param>
/// <param name="ReplicationOffset">Bytes of the replication stream; may exceed 32 bits.</param>
/// <param name="LinkUp">A replica's link to its master; null on a master.</param>
/// <param name="LinkDownFor">How long that link has been down; null when up or never connected.</param>
/// <param name="Priority">Replica priority for election; 0 is never promoted.</param>
/// <param name="PingTime">Round trip of a PING.</param>
/// <param name="UsedMemoryBytes">Bytes in use.</param>
/// <param name="MaxMemoryBytes">Configured limit in bytes; 0 means none.</param>
/// <param name="Failure">Why the node could not be read; null when it could.</param>
public sealed record RedisNode(
    string Endpoint, string? Role, long? ReplicationOffset, bool? LinkUp, TimeSpan? LinkDownFor, int? Priority,
    TimeSpan? PingTime, long? UsedMemoryBytes, long? MaxMemoryBytes, string? Failure);

/// <summary>A Redis group as its Sentinels and its nodes describe it; the two may disagree for seconds during a failover.</summary>
/// <param name="Group">The name under which Sentinel watches the group, for example <c>mymaster</c>.</param>
/// <param name="Master">The master's <c>host:port</c> as the Sentinels say; null when none answered.</param>
/// <param name="SentinelsTotal">Sentinels that should exist: known others plus the one asked.</param>
/// <param name="SentinelsAgreeing">Sentinels that answered and name the same master.</param>
/// <param name="FailoverInProgress">A Sentinel reports an ongoing failover or the master as objectively down.</param>
/// <param name="Nodes">Every node known, the master among them.</param>
public sealed record RedisReading(
    string Group, string? Master, int SentinelsTotal, int SentinelsAgreeing, bool FailoverInProgress, ImmutableArray<RedisNode> Nodes);

/// <summary>One standby, joined from what the primary and the standby itself say.</summary>
/// <param name="Name">The standby's configured name.</param>
/// <param name="State">The walsender's state (<c>streaming</c>, <c>catchup</c>, <c>startup</c> …); null when the primary sees no such standby.</param>
/// <param name="BytesBehind">WAL bytes not yet replayed, at least zero; null when it cannot be measured.</param>
/// <param name="Behind">Age of the newest replayed commit while WAL waits, zero when caught up; null when it cannot be measured.</param>
/// <param name="ReplayPaused">Replay is paused by hand; null when the standby could not be asked.</param>
/// <param name="LongestQuery">Age of the standby's longest running client query; null when none or not asked.</param>
/// <param name="Failure">Why the standby could not be asked; null when it could.</param>
public sealed record StandbyReading(
    string Name, string? State, long? BytesBehind, TimeSpan? Behind, bool? ReplayPaused, TimeSpan? LongestQuery, string? Failure);

/// <summary>A PostgreSQL primary and its standbys.</summary>
/// <param name="PrimaryInRecovery">True when the server configured as primary is itself a standby.</param>
/// <param name="Standbys">Every configured standby, present or not, and any other that the primary streams to.</param>
/// <param name="ConnectionsUsed">Client connections in use on the primary.</param>
/// <param name="ConnectionsMax">Connections the primary accepts.</param>
public sealed record ReplicationReading(
    bool PrimaryInRecovery, ImmutableArray<StandbyReading> Standbys, int ConnectionsUsed, int ConnectionsMax)
{
    /// <summary>Share of the primary's connections in use.</summary>
    public Ratio ConnectionUse => new(ConnectionsMax == 0 ? 1 : Math.Min(1, (double)ConnectionsUsed / ConnectionsMax));
}

/// <summary>A HorizontalPodAutoscaler that owns a workload's replica count.</summary>
/// <param name="Name">Its name in the workload's namespace.</param>
/// <param name="MinReplicas">The count it keeps at least.</param>
/// <param name="MaxReplicas">The count it keeps at most.</param>
public sealed record Autoscaler(string Name, int MinReplicas, int MaxReplicas);

/// <summary>A Deployment as the cluster reports it.</summary>
/// <param name="Namespace">Its namespace.</param>
/// <param name="Name">Its name.</param>
/// <param name="Uid">The identity that a recreated Deployment of the same name does not share.</param>
/// <param name="Generation">Version of the wished-for state.</param>
/// <param name="ObservedGeneration">Version of it that the counts below describe; behind <paramref name="Generation"/> they are old.</param>
/// <param name="Replicas">Replicas asked for.</param>
/// <param name="ReadyReplicas">Replicas ready.</param>
/// <param name="Image">Image of its first container.</param>
/// <param name="Revision">Rollout revision, or null.</param>
/// <param name="Autoscaler">The autoscaler that owns the count, or null.</param>
public sealed record WorkloadReading(
    string Namespace, string Name, string Uid, long Generation, long ObservedGeneration,
    int Replicas, int ReadyReplicas, string? Image, int? Revision, Autoscaler? Autoscaler);

/// <summary>The Deployments of the watched namespaces.</summary>
public sealed record ClusterReading(ImmutableArray<WorkloadReading> Workloads)
{
    /// <summary>The Deployment of that name, or null.</summary>
    public WorkloadReading? Find(string @namespace, string name) =>
        Workloads.FirstOrDefault(workload => workload.Namespace == @namespace && workload.Name == name);
}
