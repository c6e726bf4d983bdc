using Cockpit.Estate.Cluster;
using Cockpit.Estate.Signals;

namespace Cockpit.Estate.WebSockets;

/// <summary>
/// Clients and the managers that hold their connections. Load per manager drives latency and failed reconnects; managers above the
/// average ask clients to come again, so that a new pod fills within a minute or two.
/// </summary>
public sealed class WebSocketFleet
{
    /// <summary>Connections one manager holds: eight of them hold the platform's 25,000.</summary>
    public const double ConnectionsPerManager = 3125;

    private const double WaveOfClients = 11_375;
    private const double QuietClients = 4_200;
    private const double ClientsOfBusyDay = 3_300;
    private const double SettlingSeconds = 25;
    private const double MeanConnectionSeconds = 240;
    private const double ShedSeconds = 25;
    private const double RetrySeconds = 3;
    private const double MessagesPerConnection = 0.5;
    private const double CompressionGain = 0.72;

    private readonly Dice _dice;
    private readonly EstateCluster _cluster;
    private readonly EstateDeployment _deployment;
    private readonly Drift _crowd;
    private readonly Drift _latency;
    private readonly List<Manager> _managers = [];
    private int _podsVersion = -1;
    private double _homeless;

    internal WebSocketFleet(Dice dice, EstateCluster cluster)
    {
        _dice = dice;
        _cluster = cluster;
        _deployment = cluster.Find(EstateCluster.Bondx, "websocket-manager")!;
        _crowd = new Drift(dice, 0.006, 90);
        _latency = new Drift(dice, 0.02, 20);
        SyncManagers();
        foreach (var manager in _managers) manager.Connections = QuietClients / _managers.Count;
    }

    /// <summary>Whether far more clients than usual want in.</summary>
    internal bool ClientWave { get; set; }

    /// <summary>Open connections of each ready manager, by pod.</summary>
    public IReadOnlyList<(string Pod, double Connections)> Managers => [.. _managers.Select(manager => (manager.Pod, manager.Connections))];

    /// <summary>Open connections.</summary>
    public double Connections { get; private set; } = QuietClients;

    /// <summary>Connections over what the ready managers may hold; 1 when there is no manager.</summary>
    public double Utilisation => _managers.Count == 0 ? 1 : Connections / (_managers.Count * ConnectionsPerManager);

    /// <summary>Seconds from a message's publication to its client.</summary>
    public LatencyHistogram Delivery { get; } = new(
        0.01, 0.02, 0.03, 0.04, 0.05, 0.06, 0.07, 0.08, 0.09, 0.1, 0.11, 0.12, 0.135, 0.15, 0.165, 0.18, 0.2, 0.225, 0.25, 0.3, 0.4, 0.5, 1, 2);

    public double ReconnectsSucceeded { get; private set; }

    public double ReconnectsFailed { get; private set; }

    /// <summary>Delivery p95 at a manager's load: 60 ms at 46 %, 182 ms at 91 %.</summary>
    internal static double DeliveryP95(double load) => 0.0305 + (0.0483 * Crowding(load));

    /// <summary>Share of reconnects that fail at the fleet's load: 0.2 % at 46 %, 1.6 % at 91 %.</summary>
    internal static double ReconnectFailures(double load) => 0.00145 + (0.001478 * Crowding(load) * Crowding(load));

    internal void Step(Moment moment)
    {
        _crowd.Step(moment.Seconds);
        SyncManagers();
        var open = _managers.Sum(manager => manager.Connections);
        var wanted = (ClientWave ? WaveOfClients : QuietClients + (ClientsOfBusyDay * moment.Load)) * _crowd.Factor;
        var missing = wanted - open - _homeless;
        var settled = moment.Seconds / SettlingSeconds;
        var newcomers = Math.Max(0, missing) * settled;
        var leaversShare = open > 0 ? Math.Max(0, -missing) * settled / open : 0;

        var mean = _managers.Count == 0 ? 0 : open / _managers.Count;
        foreach (var manager in _managers)
        {
            var dropped = manager.Connections * moment.Seconds / MeanConnectionSeconds;
            var shed = Math.Max(0, manager.Connections - (mean * 1.03)) * moment.Seconds / ShedSeconds;
            manager.Connections -= dropped + shed + (manager.Connections * leaversShare);
            _homeless += dropped + shed;
        }

        Connect(newcomers, moment.Seconds);
        Connections = _managers.Sum(manager => manager.Connections);
    }

    internal void Count(Moment moment, bool pubSubServing)
    {
        _latency.Step(moment.Seconds);
        var compression = _cluster.Setting("websocket-config", "compression_enabled") == "true" ? CompressionGain : 1;
        var detour = pubSubServing ? 1 : 1.6;
        foreach (var manager in _managers)
        {
            var p95 = DeliveryP95(manager.Connections / ConnectionsPerManager) * compression * detour * _latency.Factor;
            Delivery.Observe(manager.Connections * MessagesPerConnection * moment.Seconds, p95);
        }
    }

    private static double Crowding(double load)
    {
        var bounded = Math.Min(load, 1.05);
        return bounded / (1.2 - bounded);
    }

    private void Connect(double newcomers, double seconds)
    {
        var attempts = _homeless * (1 - Math.Exp(-seconds / RetrySeconds));
        var free = _managers.Sum(manager => manager.Free);
        var pull = _managers.Sum(manager => manager.Pull);
        var failing = _managers.Count == 0 ? 1 : ReconnectFailures(Utilisation);
        var accepted = Math.Min(attempts * (1 - failing), free);
        ReconnectsSucceeded += accepted;
        ReconnectsFailed += attempts - accepted;
        _homeless -= accepted;

        var entering = Math.Min(newcomers, free - accepted);
        if (pull <= 0) return;
        foreach (var manager in _managers)
            manager.Connections = Math.Min(ConnectionsPerManager, manager.Connections + ((accepted + entering) * manager.Pull / pull));
    }

    private void SyncManagers()
    {
        if (_deployment.PodsVersion == _podsVersion) return;
        _podsVersion = _deployment.PodsVersion;
        var ready = _deployment.Pods.Where(pod => pod.Ready).Select(pod => pod.Name).ToHashSet();
        foreach (var gone in _managers.Where(manager => !ready.Contains(manager.Pod))) _homeless += gone.Connections;
        _managers.RemoveAll(manager => !ready.Contains(manager.Pod));
        foreach (var pod in _deployment.Pods)
        {
            if (pod.Ready && !_managers.Exists(manager => manager.Pod == pod.Name)) _managers.Add(new Manager(pod.Name, _dice.Between(0.9, 1.1)));
        }
    }

    // The balancer is not quite fair: each manager attracts a little more or less than its share.
    private sealed class Manager(string pod, double appeal)
    {
        public string Pod => pod;

        public double Connections { get; set; }

        public double Free => Math.Max(0, ConnectionsPerManager - Connections);

        public double Pull => Free * appeal;
    }
}
