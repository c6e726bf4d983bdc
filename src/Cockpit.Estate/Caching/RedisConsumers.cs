using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Caching;

/// <summary>
/// The services that keep a connection to the Redis master. After a failover most ask Sentinel again within seconds;
/// order-manager and risk-engine hold on to the address they cached, until they are restarted or minutes have passed.
/// </summary>
internal sealed class RedisConsumers
{
    private const double ErrorsPerSecond = 14;

    private readonly Dice _dice;
    private readonly Consumer[] _consumers;

    public RedisConsumers(Dice dice, EstateCluster cluster)
    {
        _dice = dice;
        _consumers =
        [
            new(cluster.Find(EstateCluster.Quantx, "api-gateway")!, 8),
            new(cluster.Find(EstateCluster.Quantx, "user")!, 10),
            new(cluster.Find(EstateCluster.Quantx, "market-data")!, 9),
            new(cluster.Find(EstateCluster.Quantx, "trading")!, 12),
            new(cluster.Find(EstateCluster.Bondx, "websocket-manager")!, 10),
            new(cluster.Find(EstateCluster.Bondx, "order-manager")!, 420),
            new(cluster.Find(EstateCluster.Bondx, "risk-engine")!, 540),
            new(cluster.Find(EstateCluster.Bondx, "notification-service")!, 15),
        ];
    }

    public IReadOnlyList<(string Service, double Errors)> Errors => [.. _consumers.Select(consumer => (consumer.Service, consumer.Errors))];

    public double ConnectedShare => (double)_consumers.Count(consumer => consumer.LostAtRevision is null) / _consumers.Length;

    public bool IsConnected(string service)
    {
        foreach (var consumer in _consumers)
        {
            if (consumer.Service == service) return consumer.LostAtRevision is null;
        }

        return true;
    }

    public void Step(Moment moment, string master, bool masterAnswers)
    {
        foreach (var consumer in _consumers)
        {
            var deployment = consumer.Deployment;
            consumer.Master ??= master;
            if (consumer.LostAtRevision is null && (!masterAnswers || consumer.Master != master))
                consumer.LostAtRevision = deployment.Template.Number;
            if (consumer.LostAtRevision is not { } lost || !masterAnswers) continue;

            var restarted = deployment.Template.Number > lost && deployment.RolledOut;
            if (!restarted && consumer.Master != master && !_dice.Strikes(moment.Seconds, consumer.ReconnectSeconds)) continue;
            consumer.Master = master;
            consumer.LostAtRevision = null;
        }
    }

    public void ReconnectAll(string master)
    {
        foreach (var consumer in _consumers) (consumer.Master, consumer.LostAtRevision) = (master, null);
    }

    public void CountErrors(double seconds)
    {
        foreach (var consumer in _consumers)
        {
            if (consumer.LostAtRevision is not null) consumer.Errors += ErrorsPerSecond * seconds;
        }
    }

    private sealed class Consumer(EstateDeployment deployment, double reconnectSeconds)
    {
        public EstateDeployment Deployment => deployment;

        public string Service => deployment.Name;

        public double ReconnectSeconds => reconnectSeconds;

        public string? Master { get; set; }

        /// <summary>The template revision at which the connection was lost; null while connected.</summary>
        public int? LostAtRevision { get; set; }

        public double Errors { get; set; }
    }
}
