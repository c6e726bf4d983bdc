using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Traffic;

/// <summary>Requests, errors and latency of every service, and how one that suffers makes others suffer.</summary>
public sealed class ServiceTraffic
{
    private readonly SimulatedEstate _estate;
    private readonly SimulatedService[] _services;

    internal ServiceTraffic(Dice dice, SimulatedEstate estate)
    {
        _estate = estate;
        _services =
        [
            new(dice, estate.Cluster, EstateCluster.Quantx, "user", 1_400, 0.00015, ("/auth/login", 0.35, 0.11), ("/portfolio", 0.65, 0.24)),
            new(dice, estate.Cluster, EstateCluster.Quantx, "market-data", 3_600, 0.0002, ("/quotes", 1, 0.048)),
            new(dice, estate.Cluster, EstateCluster.Bondx, "order-manager", 420, 0.00006, ("/orders", 1, 0.13)),
            new(dice, estate.Cluster, EstateCluster.Bondx, "risk-engine", 260, 0.0003, ("/risk/calculate", 1, 0.46)),
            new(dice, estate.Cluster, EstateCluster.Quantx, "trading", 620, 0.00005, ("/orders", 0.6, 0.17), ("/positions", 0.4, 0.12)),
            new(dice, estate.Cluster, EstateCluster.Quantx, "analytics", 180, 0.0006,
                ("/reports", 0.03, 2.4), ("/search", 0.67, 0.42), ("/analytics", 0.3, 0.95)),
            new(dice, estate.Cluster, EstateCluster.Bondx, "websocket-manager", 240, 0.0004, ("/connect", 1, 0.09)),
            new(dice, estate.Cluster, EstateCluster.Bondx, "data-adapter", 150, 0.0005, ("/ingest", 1, 0.08)),
            new(dice, estate.Cluster, EstateCluster.Bondx, "notification-service", 40, 0.0006, ("/notify", 1, 0.16)),
            new(dice, estate.Cluster, EstateCluster.Quantx, "api-gateway", 6_200, 0.00003, ("/api", 1, 0.12)),
        ];
    }

    /// <summary>Every service, in the order in which trouble travels.</summary>
    public IReadOnlyList<SimulatedService> Services => _services;

    /// <summary>The service of that name.</summary>
    public SimulatedService this[string name] => Array.Find(_services, service => service.Name == name)
        ?? throw new ArgumentException($"No service is called {name}.", nameof(name));

    internal void Count(Moment moment)
    {
        foreach (var service in _services)
        {
            var (failing, slower) = Borne(service.Name);
            service.Count(moment, failing, slower);
        }
    }

    /// <summary>What a service bears from the things it depends on: failing share and a factor on its latency.</summary>
    private (double Failing, double Slower) Borne(string service)
    {
        var withoutRedis = !_estate.Redis.IsServing(service);
        var replicaSlow = _estate.Postgres.ReadP95() / 0.045;
        return service switch
        {
            "order-manager" => (withoutRedis ? 0.32 : 0, withoutRedis ? 3.5 : 1),
            "risk-engine" => (
                (withoutRedis ? 0.22 : 0) + Math.Min(0.05, _estate.Risk.BreachesPerReplica / 20_000),
                (withoutRedis ? 2.5 : 1) * (1 + (_estate.Risk.BreachesPerReplica / 110)) * Softened(replicaSlow, 0.03)),
            "trading" => ((withoutRedis ? 0.12 : 0) + (this["order-manager"].Failing * 0.5), withoutRedis ? 1.8 : 1 + (this["order-manager"].Failing * 2)),
            "market-data" => ((withoutRedis ? 0.15 : 0) + (_estate.Provider.AgeSeconds > 60 ? 0.02 : 0), withoutRedis ? 2.2 : 1),
            "user" => (withoutRedis ? 0.18 : 0, (withoutRedis ? 1.9 : 1) * Softened(replicaSlow, 0.05)),
            "analytics" => (replicaSlow > 10 ? 0.01 : 0, Softened(replicaSlow, 0.04)),
            "websocket-manager" => (withoutRedis ? 0.05 : _estate.WebSockets.Utilisation > 0.95 ? 0.02 : 0, withoutRedis ? 1.6 : 1),
            "data-adapter" => (_estate.Provider.Delivers ? 0 : 0.85, _estate.Provider.Delivers ? 1 : 12),
            "notification-service" => (withoutRedis ? 0.3 : 0, 1),
            "api-gateway" => (GatewayFailures(withoutRedis), withoutRedis ? 1.4 : 1),
            _ => (0, 1),
        };
    }

    private double GatewayFailures(bool withoutRedis) =>
        (withoutRedis ? 0.02 : 0)
        + (Passed("user") * 0.22) + (Passed("market-data") * 0.55) + (Passed("trading") * 0.1) + (Passed("analytics") * 0.03);

    /// <summary>The gateway retries the odd failure of a service behind it; only more than that reaches its clients.</summary>
    private double Passed(string service) => Math.Max(0, this[service].Failing - 0.002);

    private static double Softened(double factor, double share) => 1 + (Math.Max(0, factor - 1.2) * share);
}
