using System.Collections.Immutable;
using Cockpit.Domain.Health;
using Cockpit.Estate.Traffic;

namespace Cockpit.Estate.Signals;

/// <summary>The counters of the last minute, and the signals that the catalog's queries would compute from them.</summary>
internal sealed class SignalWindows
{
    private const string NoTraffic = "no traffic in the last minute";

    private readonly SimulatedEstate _estate;
    private readonly SlidingTotals _delivery;
    private readonly SlidingTotals _redis;
    private readonly SlidingTotals _reads;
    private readonly SlidingTotals _counters = new(8);
    private readonly (SimulatedService Service, SlidingTotals Window)[] _services;

    public SignalWindows(SimulatedEstate estate)
    {
        _estate = estate;
        _delivery = Window(estate.WebSockets.Delivery);
        _redis = Window(estate.Redis.Operation);
        _reads = Window(estate.Postgres.Query);
        _services = [.. estate.Services.Services.Select(service =>
            (service, new SlidingTotals(service.Endpoints[0].Duration.Totals.Length + 1)))];
    }

    public void Record()
    {
        _estate.WebSockets.Delivery.Totals.CopyTo(_delivery.Next());
        _estate.Redis.Operation.Totals.CopyTo(_redis.Next());
        _estate.Postgres.Query.Totals.CopyTo(_reads.Next());
        var business = _estate.Business;
        ReadOnlySpan<double> counters =
        [
            _estate.WebSockets.ReconnectsSucceeded, _estate.WebSockets.ReconnectsFailed, business.PortfolioCalculations,
            business.LoginsSucceeded, business.LoginsFailed, business.OrdersAccepted, business.OrdersFailed, _estate.Risk.Total,
        ];
        counters.CopyTo(_counters.Next());
        foreach (var (service, window) in _services)
        {
            var entry = window.Next();
            entry.Clear();
            foreach (var endpoint in service.Endpoints)
            {
                var totals = endpoint.Duration.Totals;
                for (var i = 0; i < totals.Length; i++) entry[i] += totals[i];
                entry[^1] += endpoint.Failed + endpoint.Unavailable;
            }
        }
    }

    public MetricsReading Read()
    {
        var signals = ImmutableDictionary.CreateBuilder<string, Measurement>();
        signals["websocket.connections"] = Measurement.Of(Math.Round(_estate.WebSockets.Connections));
        signals["websocket.pod.cpu"] = Busiest(pod => pod.Cores * 100);
        signals["websocket.pod.memory"] = Busiest(pod => pod.Bytes);
        signals["websocket.delivery.p95"] = P95(_delivery, _estate.WebSockets.Delivery.Bounds);
        signals["websocket.reconnect.success"] = Share(_counters.Increase(0), _counters.Increase(1));
        signals["redis.operation.p95"] = P95(_redis, _estate.Redis.Operation.Bounds);
        signals["database.read.p95"] = P95(_reads, _estate.Postgres.Query.Bounds);
        signals["users.active"] = Measurement.Of(Math.Round(_estate.Business.ActiveUsers));
        signals["sessions.active"] = Measurement.Of(Math.Round(_estate.Business.TradingSessions));
        signals["portfolio.calculations"] = Rate(_counters.Rate(2) * 60);
        signals["marketdata.age"] = Measurement.Of(_estate.Provider.QuoteAgeSeconds);
        signals["logins.success"] = Share(_counters.Increase(3), _counters.Increase(4));
        signals["orders.rate"] = Rate(_counters.Rate(5) + _counters.Rate(6));
        signals["risk.alerts.rate"] = Rate(_counters.Rate(7) * 60);
        signals["risk.data.age"] = Measurement.Of(_estate.Postgres.RiskDataAge.TotalSeconds);
        signals["provider.age"] = Measurement.Of(_estate.Provider.AgeSeconds);
        signals["connections.active"] = Measurement.Of(Math.Round(_estate.Services.Services.Sum(service => service.ActiveConnections)));
        foreach (var (service, window) in _services)
        {
            var all = window.Increase(window.Width - 2);
            var failed = window.Increase(window.Width - 1);
            signals[$"service.requests{{{service.Name}}}"] = Rate(window.Rate(window.Width - 2));
            signals[$"service.errors{{{service.Name}}}"] = all > 0 ? Measurement.Of(failed / all) : Measurement.Missing(NoTraffic);
            signals[$"service.p95{{{service.Name}}}"] = P95(window, service.Endpoints[0].Duration.Bounds);
            signals[$"service.up{{{service.Name}}}"] = Measurement.Of(service.Up ? 1 : 0);
        }

        foreach (var node in _estate.Nodes.Machines)
        {
            signals[$"node.cpu{{{node.Instance}}}"] = Measurement.Of(node.Cpu);
            signals[$"node.memory{{{node.Instance}}}"] = Measurement.Of(node.Memory);
            signals[$"node.disk{{{node.Instance}}}"] = Measurement.Of(node.Disk);
            signals[$"node.network{{{node.Instance}}}"] = Measurement.Of(node.Network);
        }

        return new MetricsReading(signals.ToImmutable(), []);
    }

    private Measurement Busiest(Func<(string Pod, double Cores, double CoreSeconds, double Bytes), double> use) =>
        _estate.Managers.Pods is { Count: > 0 } pods ? Measurement.Of(pods.Max(use)) : Measurement.Missing("no manager runs");

    private static SlidingTotals Window(LatencyHistogram histogram) => new(histogram.Totals.Length);

    private static Measurement P95(SlidingTotals window, IReadOnlyList<double> bounds) =>
        Quantile.Of(0.95, bounds, window.Increase) is { } value ? Measurement.Of(value) : Measurement.Missing(NoTraffic);

    private static Measurement Share(double good, double bad) =>
        good + bad > 0 ? Measurement.Of(good / (good + bad)) : Measurement.Missing(NoTraffic);

    private static Measurement Rate(double? perSecond) =>
        perSecond is { } value ? Measurement.Of(value) : Measurement.Missing(NoTraffic);
}
