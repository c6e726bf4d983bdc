using Cockpit.Estate.Cluster;

namespace Cockpit.Estate.Traffic;

/// <summary>A service under the day's load, answered by as many pods as are ready.</summary>
public sealed class SimulatedService
{
    private const double EverydayUtilisation = 0.5;

    private readonly EstateDeployment _deployment;
    private readonly Drift _traffic;
    private readonly Drift _latency;
    private readonly double _peakRequests;
    private readonly double _everydayFailures;

    internal SimulatedService(
        Dice dice, EstateCluster cluster, string @namespace, string name, double peakRequests, double everydayFailures,
        params ReadOnlySpan<(string Path, double Share, double P95)> endpoints)
    {
        Name = name;
        _deployment = cluster.Find(@namespace, name)!;
        _peakRequests = peakRequests;
        _everydayFailures = everydayFailures;
        _traffic = new Drift(dice, 0.03, 30);
        _latency = new Drift(dice, 0.03, 25);
        var paths = new List<ServiceEndpoint>();
        foreach (var (path, share, p95) in endpoints) paths.Add(new ServiceEndpoint(path, share, p95));
        Endpoints = paths;
    }

    public string Name { get; }

    public IReadOnlyList<ServiceEndpoint> Endpoints { get; }

    /// <summary>Whether any pod takes traffic.</summary>
    public bool Up => _deployment.ReadyReplicas > 0;

    /// <summary>Connections open at the moment.</summary>
    public double ActiveConnections { get; private set; }

    /// <summary>Work over what the ready pods can take.</summary>
    public double Utilisation { get; private set; } = EverydayUtilisation;

    /// <summary>Share of requests failing at the moment, for those who depend on this service.</summary>
    internal double Failing { get; private set; }

    internal void Count(Moment moment, double bornFailures, double bornSlowness)
    {
        _traffic.Step(moment.Seconds);
        _latency.Step(moment.Seconds);
        var requests = _peakRequests * moment.Load * _traffic.Factor * moment.Seconds;
        var podShare = Up ? (double)_deployment.NominalReplicas / _deployment.ReadyReplicas : 0;
        Utilisation = Up ? Math.Min(1.5, EverydayUtilisation * (0.5 + (0.5 * moment.Load)) * podShare) : 0;
        var overloaded = Math.Max(0, Utilisation - 1) * 0.4;
        var failing = Up ? Math.Min(0.95, _everydayFailures + bornFailures + overloaded) : 0;
        var unavailable = Up ? 0 : 0.99;
        Failing = failing + unavailable;

        // Waiting grows as in a queue; 0.714 is the crowding of an everyday pod at the daily peak.
        var bounded = Math.Min(Utilisation, 1.05);
        var queueing = 0.72 + (0.28 * bounded / (1.2 - bounded) / 0.714);
        var slowness = queueing * bornSlowness * _latency.Factor;
        foreach (var endpoint in Endpoints)
            endpoint.Count(requests * endpoint.Share, failing, unavailable, Up ? endpoint.P95Seconds * slowness : 0.004);
        ActiveConnections = Up ? requests / moment.Seconds * 0.55 * (0.9 + (0.1 * slowness)) : 0;
    }
}
