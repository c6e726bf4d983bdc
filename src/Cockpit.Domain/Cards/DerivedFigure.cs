using System.Collections.Immutable;

namespace Cockpit.Domain.Cards;

/// <summary>A figure that no single query yields: it is computed from several readings.</summary>
/// <param name="Id">Id in the vocabulary of signals.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Meaning">What it is computed from.</param>
public sealed record DerivedFigure(string Id, FigureUnit Unit, string Meaning)
{
    /// <summary>Open WebSocket connections over ready managers × connections each may hold.</summary>
    public static readonly DerivedFigure WebSocketCapacityUse = new("websocket.capacity.use", FigureUnit.Ratio,
        "open connections over ready managers times the connections each may hold");

    /// <summary>Redis nodes that could not be read.</summary>
    public static readonly DerivedFigure RedisNodesUnreachable = new("redis.nodes.unreachable", FigureUnit.Count,
        "Redis nodes, master and replicas, that did not answer");

    /// <summary>1 when Sentinels agree on a master that answers as master, else 0.</summary>
    public static readonly DerivedFigure RedisMasterAgreed = new("redis.master.agreed", FigureUnit.Count,
        "1 when the Sentinels name one master and that node says it is master, else 0");

    /// <summary>1 while a failover runs, else 0.</summary>
    public static readonly DerivedFigure RedisFailoverInProgress = new("redis.failover.in-progress", FigureUnit.Count,
        "1 while a Sentinel reports a failover or the master as objectively down, else 0");

    /// <summary>Replicas whose link to the master is down.</summary>
    public static readonly DerivedFigure RedisReplicasUnlinked = new("redis.replicas.unlinked", FigureUnit.Count,
        "replicas whose link to the master is down or unknown");

    /// <summary>The slowest PING answer of the group.</summary>
    public static readonly DerivedFigure RedisPing = new("redis.ping", FigureUnit.Seconds, "the slowest PING of all nodes that answered");

    /// <summary>The largest time a standby is behind.</summary>
    public static readonly DerivedFigure ReplicaLag = new("replica.lag", FigureUnit.Seconds,
        "age of the newest replayed commit while WAL waits, of the standby furthest behind");

    /// <summary>The largest number of bytes a standby is behind.</summary>
    public static readonly DerivedFigure ReplicaLagBytes = new("replica.lag.bytes", FigureUnit.Bytes,
        "WAL bytes not yet replayed, of the standby furthest behind");

    /// <summary>Configured standbys that the primary does not see.</summary>
    public static readonly DerivedFigure ReplicasMissing = new("replica.missing", FigureUnit.Count,
        "configured standbys that the primary does not stream to; a vanished standby is bad, not absent");

    /// <summary>Connections in use on the primary over those it accepts.</summary>
    public static readonly DerivedFigure PrimaryConnectionUse = new("postgres.connections.use", FigureUnit.Ratio,
        "client connections on the primary over the connections it accepts");

    /// <summary>Longest running statement on any standby: it holds replay back.</summary>
    public static readonly DerivedFigure ReplicaLongestQuery = new("replica.query.longest", FigureUnit.Seconds,
        "the longest running statement of all standbys");

    /// <summary>Every derived figure.</summary>
    public static readonly ImmutableArray<DerivedFigure> All =
    [
        WebSocketCapacityUse, RedisNodesUnreachable, RedisMasterAgreed, RedisFailoverInProgress, RedisReplicasUnlinked,
        RedisPing, ReplicaLag, ReplicaLagBytes, ReplicasMissing, PrimaryConnectionUse,
        ReplicaLongestQuery,
    ];
}
