namespace Cockpit.Domain.Health;

/// <summary>Ids of the signals that the assessment itself derives or reads; the catalog may name more.</summary>
public static class SignalIds
{
    /// <summary>Client connections on all WebSocket managers, a count.</summary>
    public const string Connections = "websocket.connections";

    /// <summary>Connections over the capacity of the ready managers; may exceed 1. Derived.</summary>
    public const string CapacityUse = "websocket.capacity.use";

    /// <summary>Capacity of the ready managers in connections. Derived.</summary>
    public const string Capacity = "websocket.capacity";

    /// <summary>WebSocket managers ready. Derived.</summary>
    public const string ManagersReady = "websocket.managers.ready";

    /// <summary>WebSocket managers asked for. Derived.</summary>
    public const string ManagersWanted = "websocket.managers.wanted";

    /// <summary>95th percentile of message delivery, seconds.</summary>
    public const string DeliveryP95 = "websocket.delivery.p95";

    /// <summary>Share of reconnect attempts that succeed.</summary>
    public const string ReconnectSuccess = "websocket.reconnect.success";

    /// <summary>95th percentile of Redis operations as clients see them, seconds.</summary>
    public const string RedisLatency = "redis.operation.p95";

    /// <summary>1 when the Sentinels name one master and that node says it is master, else 0. Derived.</summary>
    public const string RedisMasterAgreed = "redis.master.agreed";

    /// <summary>Redis nodes, master and replicas, that did not answer. Derived.</summary>
    public const string RedisNodesUnreachable = "redis.nodes.unreachable";

    /// <summary>Replicas whose link to the master is down or unknown. Derived.</summary>
    public const string RedisReplicasUnlinked = "redis.replicas.unlinked";

    /// <summary>The slowest PING of all nodes that answered, seconds. Derived.</summary>
    public const string RedisPing = "redis.ping";

    /// <summary>Replicas whose link to the master is up. Derived.</summary>
    public const string RedisReplicasInSync = "redis.replicas.insync";

    /// <summary>Replicas that are known. Derived.</summary>
    public const string RedisReplicas = "redis.replicas";

    /// <summary>Sentinels that answer and name the same master. Derived.</summary>
    public const string SentinelsAgreeing = "redis.sentinels.agreeing";

    /// <summary>Sentinels that should exist. Derived.</summary>
    public const string Sentinels = "redis.sentinels";

    /// <summary>1 while a failover runs. Derived.</summary>
    public const string RedisFailover = "redis.failover.in-progress";

    /// <summary>Bytes the best replica lacks: what a failover now would lose at least. Derived.</summary>
    public const string RedisOffsetGap = "redis.offset.gap";

    /// <summary>Lag of the worst standby, seconds. Derived.</summary>
    public const string ReplicaLag = "replica.lag";

    /// <summary>WAL the worst standby has not replayed, bytes. Derived.</summary>
    public const string ReplicaBytesBehind = "replica.lag.bytes";

    /// <summary>Configured standbys that the primary does not stream to or that do not answer. Derived.</summary>
    public const string ReplicasMissing = "replica.missing";

    /// <summary>Standbys that stream and answer. Derived.</summary>
    public const string ReplicasPresent = "replica.present";

    /// <summary>Standbys that are configured or known. Derived.</summary>
    public const string Replicas = "replica.expected";

    /// <summary>Longest client query on any standby, seconds. Derived.</summary>
    public const string ReplicaLongestQuery = "replica.query.longest";

    /// <summary>Share of the primary's connections in use. Derived.</summary>
    public const string PrimaryConnectionUse = "postgres.connections.use";

    /// <summary>95th percentile of database reads, seconds.</summary>
    public const string ReadLatency = "database.read.p95";

    /// <summary>Requests a second, by service.</summary>
    public const string ServiceRequests = "service.requests";

    /// <summary>Share of requests that fail, by service.</summary>
    public const string ServiceErrors = "service.errors";

    /// <summary>95th percentile of responses in seconds, by service.</summary>
    public const string ServiceP95 = "service.p95";

    /// <summary>1 when the service answers its scrape, by service.</summary>
    public const string ServiceUp = "service.up";

    /// <summary>Users active now.</summary>
    public const string ActiveUsers = "users.active";
}
