using System.Collections.Immutable;

namespace Cockpit.Domain.Health;

/// <summary>Turns readings into one board of signals: the measured ones as they came, the derived ones computed.</summary>
public static class SignalDerivation
{
    /// <summary>The board at an instant.</summary>
    public static SignalBoard Derive(PlatformReadings readings, PlatformFacts facts, DateTimeOffset now) =>
        new(Measured(readings.Metrics, now)
            .Concat(WorstOfSplit(readings.Metrics, now))
            .Concat(WebSocket(readings, facts, now))
            .Concat(Redis(readings.Redis, now))
            .Concat(Replication(readings.Replication, now)), Missing(readings.Metrics, now));

    private static IEnumerable<Signal> Measured(SourceState<MetricsReading> metrics, DateTimeOffset now)
    {
        var freshness = metrics.At(now);
        var doubt = metrics.Doubt(now);
        return metrics.Latest is not { } latest
            ? []
            : latest.Value.Signals.Select(entry =>
                new Signal(entry.Key, entry.Value.Value, entry.Value.Gap ?? doubt, latest.ObservedAt,
                    entry.Value.Value is null && freshness == Freshness.Fresh ? Freshness.Unknown : freshness, metrics.Name));
    }

    /// <summary>A split signal asked for without a label answers with its largest: the worst error ratio, the slowest service.</summary>
    private static IEnumerable<Signal> WorstOfSplit(SourceState<MetricsReading> metrics, DateTimeOffset now) =>
        metrics.Latest is not { } latest ? [] : latest.Value.Signals
            .Where(entry => entry.Key.EndsWith('}'))
            .GroupBy(entry => entry.Key[..entry.Key.IndexOf('{', StringComparison.Ordinal)])
            .Select(split => Of(metrics, now, split.Key, split.Max(entry => entry.Value.Value), "no label of it has a figure"));

    /// <summary>Which figures there are is only known from an answer; before the first, all of them lack for the same reason.</summary>
    private static Signal? Missing(SourceState<MetricsReading> metrics, DateTimeOffset now) =>
        metrics.Latest is null ? new Signal("", null, metrics.Doubt(now), null, metrics.At(now), metrics.Name) : null;

    private static IEnumerable<Signal> WebSocket(PlatformReadings readings, PlatformFacts facts, DateTimeOffset now)
    {
        var managers = readings.Cluster.Latest?.Value.Find(facts.ManagersNamespace, facts.Managers);
        var missing = managers is null && readings.Cluster.Latest is not null
            ? $"the cluster has no Deployment {facts.ManagersNamespace}/{facts.Managers}" : null;
        Signal FromCluster(string id, double? value) => Of(readings.Cluster, now, id, value, missing);

        var capacity = managers is null ? (long?)null
            : Math.Min((long)managers.ReadyReplicas * facts.ConnectionsPerManager, facts.ConnectionCeiling);
        yield return FromCluster(SignalIds.ManagersReady, managers?.ReadyReplicas);
        yield return FromCluster(SignalIds.ManagersWanted, managers?.Replicas);
        yield return FromCluster(SignalIds.Capacity, capacity);

        var connections = Of(readings.Metrics, now, SignalIds.Connections, readings.Metrics.Latest?.Value[SignalIds.Connections].Value,
            readings.Metrics.Latest?.Value[SignalIds.Connections].Gap);
        var use = connections.Value is { } open && capacity is > 0 ? open / capacity : null;
        var whyNone = capacity == 0 ? "no manager is ready" : null;
        yield return Combine(SignalIds.CapacityUse, use, whyNone, connections, FromCluster(SignalIds.Capacity, capacity));
    }

    private static IEnumerable<Signal> Redis(SourceState<RedisReading> redis, DateTimeOffset now)
    {
        var reading = redis.Latest?.Value;
        Signal From(string id, double? value, string? gap = null) => Of(redis, now, id, value, gap);

        var master = reading?.Nodes.FirstOrDefault(node => node.Endpoint == reading.Master);
        var replicas = reading?.Nodes.Where(node => node.Endpoint != reading.Master).ToImmutableArray();
        var inSync = replicas?.Where(node => node is { Role: "slave", LinkUp: true }).ToImmutableArray();
        var agreed = reading is not null && master is { Role: "master" } && reading.SentinelsAgreeing * 2 > reading.SentinelsTotal;
        yield return From(SignalIds.RedisMasterAgreed, reading is null ? null : agreed || (master is { Role: "master" } && reading.SentinelsTotal == 0) ? 1 : 0);
        yield return From(SignalIds.RedisNodesUnreachable, reading?.Nodes.Count(node => node.Failure is not null));
        yield return From(SignalIds.RedisReplicasUnlinked, replicas?.Count(node => node.LinkUp is not true));
        yield return From(SignalIds.RedisPing, reading?.Nodes.Max(node => node.PingTime?.TotalSeconds), "no node answers");
        yield return From(SignalIds.RedisReplicas, replicas?.Length);
        yield return From(SignalIds.RedisReplicasInSync, inSync?.Length);
        yield return From(SignalIds.Sentinels, reading?.SentinelsTotal);
        yield return From(SignalIds.SentinelsAgreeing, reading?.SentinelsAgreeing);
        yield return From(SignalIds.RedisFailover, reading is null ? null : reading.FailoverInProgress ? 1 : 0);

        var best = inSync?.Where(node => node.ReplicationOffset is not null).MaxBy(node => node.ReplicationOffset);
        var gap = master?.ReplicationOffset is { } written && best?.ReplicationOffset is { } copied ? Math.Max(0, written - copied) : (long?)null;
        yield return From(SignalIds.RedisOffsetGap, gap,
            reading is null ? null : master?.ReplicationOffset is null ? "the master does not answer" : best is null ? "no replica is in sync" : null);
    }

    private static IEnumerable<Signal> Replication(SourceState<ReplicationReading> replication, DateTimeOffset now)
    {
        var reading = replication.Latest?.Value;
        Signal From(string id, double? value, string? gap = null) => Of(replication, now, id, value, gap);

        var standbys = reading?.Standbys ?? [];
        var present = standbys.Where(standby => standby is { State: not null, Failure: null }).ToImmutableArray();
        var absent = standbys.FirstOrDefault(standby => standby.State is null || standby.Failure is not null);
        var why = absent is null ? null : $"{absent.Name}: {absent.Failure ?? "the primary does not stream to it"}";
        yield return From(SignalIds.Replicas, reading is null ? null : standbys.Length);
        yield return From(SignalIds.ReplicasMissing, reading is null ? null : standbys.Length - present.Length);
        yield return From(SignalIds.ReplicasPresent, reading is null ? null : present.Length, why);
        yield return From(SignalIds.ReplicaLag, standbys.Max(standby => standby.Behind?.TotalSeconds), why ?? "no standby reports a lag");
        yield return From(SignalIds.ReplicaBytesBehind, standbys.Max(standby => (double?)standby.BytesBehind), why ?? "no standby reports a position");
        yield return From(SignalIds.ReplicaLongestQuery, reading is null ? null : standbys.Max(standby => standby.LongestQuery?.TotalSeconds) ?? 0);
        yield return From(SignalIds.PrimaryConnectionUse, reading?.ConnectionUse.Value);
    }

    private static Signal Of<T>(SourceState<T> source, DateTimeOffset now, string id, double? value, string? gap)
    {
        var freshness = source.At(now);
        return new Signal(id, value, source.Doubt(now) ?? (value is null ? gap : null), source.Latest?.ObservedAt,
            value is null && freshness is Freshness.Fresh or Freshness.Stale ? Freshness.Unknown : freshness, source.Name);
    }

    /// <summary>A figure made of two is as old as the older and as trustworthy as the weaker.</summary>
    private static Signal Combine(string id, double? value, string? gap, Signal left, Signal right)
    {
        var weaker = Rank(left.Freshness) <= Rank(right.Freshness) ? left : right;
        return new Signal(id, value, weaker.Gap ?? gap, Min(left.ObservedAt, right.ObservedAt),
            value is null && weaker.Freshness != Freshness.NotConfigured ? Freshness.Unknown : weaker.Freshness,
            left.Source == right.Source ? left.Source : $"{left.Source} and {right.Source}");
    }

    private static int Rank(Freshness freshness) => freshness switch
    {
        Freshness.NotConfigured => 0,
        Freshness.Unknown => 1,
        Freshness.Stale => 2,
        _ => 3,
    };

    private static DateTimeOffset? Min(DateTimeOffset? left, DateTimeOffset? right) =>
        left is null || right is null ? null : left < right ? left : right;
}
