namespace Cockpit.Estate.WebSockets;

/// <summary>What each WebSocket manager's pod takes of its machine: it grows with the connections that it holds.</summary>
public sealed class ManagerUse
{
    private const double IdleCores = 0.12;
    private const double CoresWhenFull = 0.95;
    private const double CompressionCores = 0.1;
    private const double IdleBytes = 190e6;
    private const double BytesPerConnection = 96_000;

    private readonly SimulatedEstate _estate;
    private Dictionary<string, double> _coreSeconds = [];

    internal ManagerUse(SimulatedEstate estate) => _estate = estate;

    /// <summary>The pods with the cores that they keep busy, the core seconds since they began and the memory that they hold in bytes.</summary>
    public IReadOnlyList<(string Pod, double Cores, double CoreSeconds, double Bytes)> Pods =>
        [.. _estate.WebSockets.Managers.Select(manager => (
            manager.Pod, Cores(manager.Connections), _coreSeconds.GetValueOrDefault(manager.Pod), IdleBytes + (BytesPerConnection * manager.Connections)))];

    internal void Count(Moment moment) => _coreSeconds = _estate.WebSockets.Managers.ToDictionary(
        manager => manager.Pod, manager => _coreSeconds.GetValueOrDefault(manager.Pod) + (Cores(manager.Connections) * moment.Seconds), StringComparer.Ordinal);

    private double Cores(double connections)
    {
        var compression = _estate.Cluster.Setting("websocket-config", "compression_enabled") == "true" ? CompressionCores : 0;
        return IdleCores + (CoresWhenFull * connections / WebSocketFleet.ConnectionsPerManager) + compression;
    }
}
