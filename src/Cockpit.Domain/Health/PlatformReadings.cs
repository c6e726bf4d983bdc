namespace Cockpit.Domain.Health;

/// <summary>Everything the pollers hold at one instant: the whole input of the assessment.</summary>
/// <param name="Metrics">Prometheus, or the estate's metrics.</param>
/// <param name="Cluster">Kubernetes.</param>
/// <param name="Redis">Redis through Sentinel.</param>
/// <param name="Replication">PostgreSQL.</param>
public sealed record PlatformReadings(
    SourceState<MetricsReading> Metrics,
    SourceState<ClusterReading> Cluster,
    SourceState<RedisReading> Redis,
    SourceState<ReplicationReading> Replication);

/// <summary>The facts about the platform that turn readings into derived figures.</summary>
/// <param name="Managers">The Deployment of the WebSocket managers.</param>
/// <param name="ManagersNamespace">Its namespace.</param>
/// <param name="ConnectionsPerManager">Connections one ready manager may hold; 3,125 in the reference platform.</param>
/// <param name="ConnectionCeiling">Connections the platform is built for in all; 25,000 in the reference platform.</param>
public sealed record PlatformFacts(string ManagersNamespace, string Managers, int ConnectionsPerManager, int ConnectionCeiling)
{
    /// <summary>The reference platform: eight managers of 3,125 make the ceiling of 25,000.</summary>
    public static readonly PlatformFacts Reference = new("bondx", "websocket-manager", 3_125, 25_000);
}
