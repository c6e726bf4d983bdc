using System.Collections.Immutable;
using Cockpit.Domain.Health;

namespace Cockpit.Tests.Health;

/// <summary>A platform as its sources describe it, healthy unless a test says otherwise.</summary>
internal static class Platform
{
    public static readonly DateTimeOffset Now = new(2026, 11, 22, 3, 12, 0, TimeSpan.Zero);

    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public static readonly PlatformReadings NothingConfigured = new(
        SourceState<MetricsReading>.NotConfigured("Prometheus"), SourceState<ClusterReading>.NotConfigured("Kubernetes"),
        SourceState<RedisReading>.NotConfigured("Redis"), SourceState<ReplicationReading>.NotConfigured("PostgreSQL"));

    public static readonly PlatformReadings Waiting = new(
        SourceState<MetricsReading>.Waiting("Prometheus", Interval), SourceState<ClusterReading>.Waiting("Kubernetes", Interval),
        SourceState<RedisReading>.Waiting("Redis", Interval), SourceState<ReplicationReading>.Waiting("PostgreSQL", Interval));

    public static SourceState<T> Seen<T>(string name, T value, TimeSpan age = default) =>
        SourceState<T>.Waiting(name, Interval).Seen(new Observation<T>(value, Now - age, name));

    public static PlatformReadings Readings(
        MetricsReading? metrics = null, ClusterReading? cluster = null, RedisReading? redis = null, ReplicationReading? replication = null) => new(
        Seen("Prometheus", metrics ?? Metrics()), Seen("Kubernetes", cluster ?? Cluster(Managers(8))),
        Seen("Redis", redis ?? Redis()), Seen("PostgreSQL", replication ?? Replication()));

    /// <summary>The same readings, seen at another instant.</summary>
    public static PlatformReadings At(DateTimeOffset at, PlatformReadings readings) => new(
        Moved(readings.Metrics, at), Moved(readings.Cluster, at), Moved(readings.Redis, at), Moved(readings.Replication, at));

    public static MetricsReading Metrics(params (string Id, double? Value)[] changed)
    {
        var signals = new Dictionary<string, Measurement>
        {
            [SignalIds.Connections] = Measurement.Of(11_375),
            [SignalIds.DeliveryP95] = Measurement.Of(0.042),
            [SignalIds.ReconnectSuccess] = Measurement.Of(0.999),
            [SignalIds.RedisLatency] = Measurement.Of(0.004),
            [SignalIds.ReadLatency] = Measurement.Of(0.02),
        };
        foreach (var (id, value) in changed)
            signals[id] = value is { } figure ? Measurement.Of(figure) : Measurement.Missing("the source returned no such series");
        return new MetricsReading(signals.ToImmutableDictionary(), []);
    }

    public static ClusterReading Cluster(params WorkloadReading[] workloads) => new([.. workloads]);

    public static WorkloadReading Managers(int replicas, int? ready = null) =>
        new("bondx", "websocket-manager", "uid-1", 7, 7, replicas, ready ?? replicas, "ws:1.4", 3, null);

    public static RedisReading Redis(params RedisNode[] nodes) => new("mymaster", "redis-0:6379", 3, 3, false,
        nodes.Length > 0 ? [.. nodes] : [Master(1_000), Replica("redis-1:6379", 1_000), Replica("redis-2:6379", 900)]);

    public static RedisNode Master(long offset) => new("redis-0:6379", "master", offset, null, null, 100, TimeSpan.FromMilliseconds(1), 1, 0, null);

    public static RedisNode Replica(string endpoint, long offset, bool linked = true) =>
        new(endpoint, "slave", offset, linked, linked ? null : TimeSpan.FromSeconds(9), 100, TimeSpan.FromMilliseconds(2), 1, 0, null);

    public static RedisNode Silent(string endpoint) => new(endpoint, null, null, null, null, null, null, null, null, "connection refused");

    public static ReplicationReading Replication(params StandbyReading[] standbys) =>
        new(false, standbys.Length > 0 ? [.. standbys] : [Standby("standby-1", 0.2, 4_096)], 40, 200);

    public static StandbyReading Standby(string name, double behind, long bytes) =>
        new(name, "streaming", bytes, TimeSpan.FromSeconds(behind), false, null, null);

    public static StandbyReading Vanished(string name) => new(name, null, null, null, null, null, null);

    private static SourceState<T> Moved<T>(SourceState<T> source, DateTimeOffset at) =>
        source.Latest is { } latest ? source.Seen(latest with { ObservedAt = at }) : source;
}
