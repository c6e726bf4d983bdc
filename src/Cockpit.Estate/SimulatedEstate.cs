using Cockpit.Domain.Health;
using Cockpit.Estate.Caching;
using Cockpit.Estate.Cluster;
using Cockpit.Estate.Databases;
using Cockpit.Estate.Signals;
using Cockpit.Estate.Traffic;
using Cockpit.Estate.WebSockets;

namespace Cockpit.Estate;

/// <summary>The parts of the estate and the order in which one moves the next. Not thread-safe: see <see cref="EstateSimulation"/>.</summary>
public sealed class SimulatedEstate
{
    private static readonly TimeSpan CountingStep = TimeSpan.FromSeconds(1);

    private readonly SignalWindows _windows;
    private readonly Dictionary<EstateFault, DateTimeOffset> _faults = [];
    private DateTimeOffset _countedAt;

    internal SimulatedEstate(ulong seed, DateTimeOffset startAt)
    {
        Now = startAt;
        _countedAt = startAt;
        Cluster = new EstateCluster(new Dice(seed, "cluster"), startAt);
        WebSockets = new WebSocketFleet(new Dice(seed, "websockets"), Cluster);
        Managers = new ManagerUse(this);
        Redis = new RedisGroup(new Dice(seed, "redis"), Cluster);
        Postgres = new PostgresPair(new Dice(seed, "postgres"), Cluster, startAt);
        Provider = new DataProvider(new Dice(seed, "provider"), Cluster);
        Risk = new RiskAlerts(new Dice(seed, "risk"), Cluster);
        Services = new ServiceTraffic(new Dice(seed, "services"), this);
        Business = new Business(new Dice(seed, "business"), this);
        Nodes = new NodeLoad(new Dice(seed, "nodes"), this);
        Quality = new DataQuality(new Dice(seed, "quality"), this);
        _windows = new SignalWindows(this);
    }

    public DateTimeOffset Now { get; private set; }

    public EstateCluster Cluster { get; }

    public WebSocketFleet WebSockets { get; }

    public ManagerUse Managers { get; }

    public RedisGroup Redis { get; }

    public PostgresPair Postgres { get; }

    public DataProvider Provider { get; }

    public RiskAlerts Risk { get; }

    public ServiceTraffic Services { get; }

    public Business Business { get; }

    public NodeLoad Nodes { get; }

    public DataQuality Quality { get; }

    /// <summary>What a round of the catalog's queries would answer, over the last simulated minute.</summary>
    public MetricsReading ReadMetrics() => _windows.Read();

    /// <summary>Every fault, on or off.</summary>
    public IReadOnlyList<FaultState> Faults =>
        [.. EstateFaults.All.Select(fault => new FaultState(
            fault.Fault, fault.Name, fault.Summary, _faults.TryGetValue(fault.Fault, out var at) ? at : null))];

    /// <summary>Breaks something; a fault that is on stays as it is.</summary>
    /// <param name="fault">What breaks.</param>
    /// <param name="ago">How long ago it broke, for what shows only with time: a provider that has been silent for a while.</param>
    public void Inject(EstateFault fault, TimeSpan ago = default)
    {
        if (!_faults.TryAdd(fault, Now)) return;
        switch (fault)
        {
            case EstateFault.DegradedWebSockets: WebSockets.ClientWave = true; break;
            case EstateFault.RedisFailover: Redis.FailMaster(Now); break;
            case EstateFault.ReplicaLag: Postgres.StartReport(Now); break;
            case EstateFault.DataProviderOutage: Provider.FailPrimary(ago); break;
            case EstateFault.RiskAlertsStorm: Risk.Storm = true; break;
        }
    }

    /// <summary>Takes the cause away; what it has done heals at its own pace.</summary>
    public void Clear(EstateFault fault)
    {
        if (!_faults.Remove(fault)) return;
        switch (fault)
        {
            case EstateFault.DegradedWebSockets: WebSockets.ClientWave = false; break;
            case EstateFault.RedisFailover: Redis.RestoreFailedNodes(Now); break;
            case EstateFault.ReplicaLag: Postgres.EndReport(); break;
            case EstateFault.DataProviderOutage: Provider.PrimaryDown = false; break;
            case EstateFault.RiskAlertsStorm: Risk.Storm = false; break;
        }
    }

    /// <summary>Takes every cause away, and what heals slowly heals at once: callers that cling to a Redis address let go of it.</summary>
    public void Mend()
    {
        foreach (var (fault, _, _) in EstateFaults.All) Clear(fault);
        Redis.ReconnectEverybody();
    }

    internal void Step(TimeSpan by)
    {
        Now += by;
        var load = DailyCurve.LoadAt(Now);
        var moment = new Moment(Now, by.TotalSeconds, load);
        Cluster.Step(moment);
        WebSockets.Step(moment);
        Redis.Step(moment);
        Postgres.Step(moment);
        Provider.Step(moment);
        if (Now - _countedAt < CountingStep) return;

        var counted = new Moment(Now, (Now - _countedAt).TotalSeconds, load);
        _countedAt = Now;
        Risk.Count(counted);
        WebSockets.Count(counted, Redis.IsServing("websocket-manager"));
        Redis.Count(counted);
        Postgres.Count(counted);
        Services.Count(counted);
        Business.Count(counted);
        Nodes.Count(counted);
        Managers.Count(counted);
        Quality.Count(counted);
        _windows.Record();
    }
}
