using Cockpit.Estate.Databases;
using Cockpit.Estate.Traffic;

namespace Cockpit.Estate.Exporter;

/// <summary>The whole estate as one scrape.</summary>
public static class MetricsExposition
{
    public static string Write(SimulatedEstate estate)
    {
        var page = new ExpositionWriter();
        Services(page, estate);
        WebSockets(page, estate);
        Stores(page, estate);
        Business(page, estate);
        Nodes(page, estate);
        return page.ToString();
    }

    private static void Services(ExpositionWriter page, SimulatedEstate estate)
    {
        var services = estate.Services.Services;
        page.Family("http_requests_total", "counter", "Requests answered, by service, path and status.");
        foreach (var (service, endpoint) in Endpoints(services))
        {
            page.Counter("http_requests_total", endpoint.Succeeded, ("service", service.Name), ("path", endpoint.Path), ("status", "200"));
            page.Counter("http_requests_total", endpoint.Refused, ("service", service.Name), ("path", endpoint.Path), ("status", "404"));
            page.Counter("http_requests_total", endpoint.Failed, ("service", service.Name), ("path", endpoint.Path), ("status", "500"));
            page.Counter("http_requests_total", endpoint.Unavailable, ("service", service.Name), ("path", endpoint.Path), ("status", "503"));
        }

        page.Family("http_request_duration_seconds", "histogram", "Time to answer a request.");
        foreach (var (service, endpoint) in Endpoints(services))
            page.Histogram("http_request_duration_seconds", endpoint.Duration, ("service", service.Name), ("path", endpoint.Path));
        page.Family("http_connections_active", "gauge", "Connections open at the moment.");
        foreach (var service in services) page.Sample("http_connections_active", Math.Round(service.ActiveConnections), ("service", service.Name));
        page.Family("service_up", "gauge", "Whether any pod of the service is ready.");
        foreach (var service in services) page.Sample("service_up", service.Up ? 1 : 0, ("service", service.Name));
    }

    private static void WebSockets(ExpositionWriter page, SimulatedEstate estate)
    {
        page.Family("websocket_connections", "gauge", "Open WebSocket connections, by pod.");
        foreach (var (pod, connections) in estate.WebSockets.Managers) page.Sample("websocket_connections", Math.Round(connections), ("pod", pod));
        (string, string)[] Container(string pod) => [("namespace", "bondx"), ("pod", pod), ("container", "websocket-manager")];
        page.Family("container_cpu_usage_seconds_total", "counter", "Processor time that a container has used.");
        foreach (var pod in estate.Managers.Pods) page.Sample("container_cpu_usage_seconds_total", Math.Round(pod.CoreSeconds, 3), Container(pod.Pod));
        page.Family("container_memory_working_set_bytes", "gauge", "Memory that a container holds and cannot give back.");
        foreach (var pod in estate.Managers.Pods) page.Sample("container_memory_working_set_bytes", Math.Round(pod.Bytes), Container(pod.Pod));
        page.Family("websocket_message_delivery_seconds", "histogram", "Time from a message's publication to its client.");
        page.Histogram("websocket_message_delivery_seconds", estate.WebSockets.Delivery);
        page.Family("websocket_reconnects_total", "counter", "Reconnects, by result.");
        page.Counter("websocket_reconnects_total", estate.WebSockets.ReconnectsSucceeded, ("result", "success"));
        page.Counter("websocket_reconnects_total", estate.WebSockets.ReconnectsFailed, ("result", "failure"));
    }

    private static void Stores(ExpositionWriter page, SimulatedEstate estate)
    {
        page.Family("redis_operation_seconds", "histogram", "Time of a Redis operation as its caller sees it.");
        page.Histogram("redis_operation_seconds", estate.Redis.Operation);
        page.Family("redis_connection_errors_total", "counter", "Failed Redis operations and connection attempts, by service.");
        foreach (var (service, errors) in estate.Redis.ConnectionErrors) page.Counter("redis_connection_errors_total", errors, ("service", service));
        page.Family("pg_up", "gauge", "Whether the database answers.");
        page.Sample("pg_up", 1);
        page.Family("pg_query_duration_seconds", "histogram", "Time of a read query.");
        page.Histogram("pg_query_duration_seconds", estate.Postgres.Query);
        page.Family("pg_commit_duration_seconds", "histogram", "Time of a commit on the primary.");
        page.Histogram("pg_commit_duration_seconds", estate.Postgres.Commit);
        var (inUse, max) = estate.Postgres.Pool;
        Gauge("db_pool_connections_in_use", "Connections that clients' pools hold.", Math.Round(inUse));
        Gauge("db_pool_connections_max", "Connections that clients' pools may hold.", max);
        Gauge("pg_stat_activity_count", "Client connections of the primary.", estate.Postgres.ConnectionsUsed);
        Gauge("pg_settings_max_connections", "Connections that the primary accepts.", PostgresPair.MaxConnections);
        Gauge("pg_replication_lag_seconds", "How far the replica is behind.", estate.Postgres.Behind.TotalSeconds);
        page.Family("pg_stat_database_blks_hit", "counter", "Blocks found in memory.");
        page.Counter("pg_stat_database_blks_hit", estate.Postgres.Blocks.Hit);
        page.Family("pg_stat_database_blks_read", "counter", "Blocks read from disk.");
        page.Counter("pg_stat_database_blks_read", estate.Postgres.Blocks.Read);
        page.Family("risk_data_age_seconds", "gauge", "Age of the data that risk-engine calculates on.");
        page.Sample("risk_data_age_seconds", estate.Postgres.RiskDataAge.TotalSeconds);

        void Gauge(string name, string help, double value)
        {
            page.Family(name, "gauge", help);
            page.Sample(name, value);
        }
    }

    private static void Business(ExpositionWriter page, SimulatedEstate estate)
    {
        var business = estate.Business;
        page.Family("active_users", "gauge", "People signed in.");
        page.Sample("active_users", Math.Round(business.ActiveUsers));
        page.Family("active_trading_sessions", "gauge", "Trading sessions open.");
        page.Sample("active_trading_sessions", Math.Round(business.TradingSessions));
        page.Family("portfolio_calculations_total", "counter", "Portfolios calculated.");
        page.Counter("portfolio_calculations_total", business.PortfolioCalculations);
        page.Family("user_logins_total", "counter", "Sign-ins, by result.");
        page.Counter("user_logins_total", business.LoginsSucceeded, ("result", "success"));
        page.Counter("user_logins_total", business.LoginsFailed, ("result", "failure"));
        page.Family("orders_total", "counter", "Orders, by result.");
        page.Counter("orders_total", business.OrdersAccepted, ("result", "success"));
        page.Counter("orders_total", business.OrdersFailed, ("result", "failure"));
        page.Family("market_data_updates_total", "counter", "Market data updates published.");
        page.Counter("market_data_updates_total", business.MarketDataUpdates);
        page.Family("market_data_age_seconds", "gauge", "Time from a quote's source to the platform.");
        page.Sample("market_data_age_seconds", estate.Provider.QuoteAgeSeconds);
        page.Family("provider_data_age_seconds", "gauge", "Time since a data provider last delivered.");
        page.Sample("provider_data_age_seconds", estate.Provider.AgeSeconds);
        page.Family("data_quality_checks_total", "counter", "Checks of the platform's data, by result.");
        foreach (var check in estate.Quality.Checks)
        {
            page.Counter("data_quality_checks_total", check.Passed, ("domain", check.Domain), ("check", check.Check), ("result", "pass"));
            page.Counter("data_quality_checks_total", check.Failed, ("domain", check.Domain), ("check", check.Check), ("result", "fail"));
        }

        page.Family("risk_alerts_total", "counter", "Alerts raised by the risk engine.");
        page.Counter("risk_alerts_total", estate.Risk.Total);
    }

    private static void Nodes(ExpositionWriter page, SimulatedEstate estate)
    {
        var machines = estate.Nodes.Machines;
        Percent("cpu_usage_percent", "Processor time in use.", machine => machine.Cpu);
        Percent("memory_usage_percent", "Memory in use.", machine => machine.Memory);
        Percent("disk_usage_percent", "Disk space in use.", machine => machine.Disk);
        Percent("network_usage_percent", "Network bandwidth in use.", machine => machine.Network);
        Percent("disk_io_usage_percent", "Disk throughput in use.", machine => machine.DiskIo);

        void Percent(string name, string help, Func<NodeUse, double> read)
        {
            page.Family(name, "gauge", help);
            foreach (var machine in machines) page.Sample(name, Math.Round(read(machine), 2), ("instance", machine.Instance));
        }
    }

    private static IEnumerable<(SimulatedService Service, ServiceEndpoint Endpoint)> Endpoints(IReadOnlyList<SimulatedService> services) =>
        services.SelectMany(service => service.Endpoints.Select(endpoint => (service, endpoint)));
}
