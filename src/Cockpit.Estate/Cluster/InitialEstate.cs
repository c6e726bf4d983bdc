namespace Cockpit.Estate.Cluster;

/// <summary>What runs on an ordinary day.</summary>
internal static class InitialEstate
{
    public static readonly (string Namespace, string Name, string Image, int Replicas)[] Deployments =
    [
        (EstateCluster.Bondx, "websocket-manager", "bondx/websocket-manager:1.4.2", 4),
        (EstateCluster.Bondx, "order-manager", "bondx/order-manager:1.9.0", 2),
        (EstateCluster.Bondx, "risk-engine", "bondx/risk-engine:2.3.1", 2),
        (EstateCluster.Bondx, "data-adapter", "bondx/data-adapter:1.2.7", 2),
        (EstateCluster.Bondx, "notification-service", "bondx/notification-service:1.0.5", 1),
        (EstateCluster.Quantx, "api-gateway", "quantx/api-gateway:3.1.0", 4),
        (EstateCluster.Quantx, "user", "quantx/user:2.6.0", 3),
        (EstateCluster.Quantx, "market-data", "quantx/market-data:2.8.3", 4),
        (EstateCluster.Quantx, "trading", "quantx/trading:4.0.1", 4),
        (EstateCluster.Quantx, "analytics", "quantx/analytics:1.11.0", 3),
        (EstateCluster.Quantx, "quantx-api-blue", "quantx-api:v2.0.0", 3),
        (EstateCluster.Quantx, "quantx-api-green", "quantx-api:v2.1.0", 0),
    ];

    public static readonly (string Namespace, string Name, Dictionary<string, string> Data)[] ConfigMaps =
    [
        (EstateCluster.Bondx, "websocket-config", new() { ["compression_enabled"] = "false", ["max_connections_per_pod"] = "3125" }),
        (EstateCluster.Bondx, "database-config", new() { ["read_from_replica"] = "true", ["pool_size"] = "40" }),
        (EstateCluster.Bondx, "data-provider-config", new()
        {
            ["primary_provider"] = "primary", ["fallback_mode"] = "false", ["mock_data"] = "false",
        }),
        (EstateCluster.Bondx, "risk-config", new() { ["alert_threshold_multiplier"] = "1.0", ["max_alerts_per_minute"] = "1000" }),
    ];

    public static readonly (string Namespace, string Name, Dictionary<string, string> Selector, string Affinity)[] Services =
    [
        (EstateCluster.Bondx, "websocket-service", new() { ["app"] = "websocket-manager" }, "ClientIP"),
        (EstateCluster.Quantx, "quantx-api-service", new() { ["app"] = "quantx-api", ["version"] = "blue" }, "None"),
    ];
}
