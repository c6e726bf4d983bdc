using Cockpit.Domain.Health;
using Cockpit.UseCases.Observing;

namespace Cockpit.Connectors.Embedded;

internal sealed class EmbeddedMetrics(EmbeddedEstate estate) : ISource<MetricsReading>
{
    public string Name => EmbeddedEstate.SourceName;

    public Task<Observation<MetricsReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(estate.Observe(simulated => simulated.ReadMetrics()));
}

internal sealed class EmbeddedRedis(EmbeddedEstate estate) : ISource<RedisReading>
{
    public string Name => EmbeddedEstate.SourceName;

    public Task<Observation<RedisReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(estate.Observe(simulated => simulated.Redis.Read()));
}

internal sealed class EmbeddedReplication(EmbeddedEstate estate) : ISource<ReplicationReading>
{
    public string Name => EmbeddedEstate.SourceName;

    public Task<Observation<ReplicationReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(estate.Observe(simulated => simulated.Postgres.Read()));
}

internal sealed class EmbeddedCluster(EmbeddedEstate estate) : ISource<ClusterReading>
{
    public string Name => EmbeddedEstate.SourceName;

    public Task<Observation<ClusterReading>> ReadAsync(CancellationToken cancellationToken) =>
        Task.FromResult(estate.Observe(simulated => simulated.Cluster.Read()));
}
